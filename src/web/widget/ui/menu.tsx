import type { JSX } from 'preact';
import { strings } from '../strings.js';
import { useStore } from './hooks.js';
import { Icon } from './icons.js';
import type { Shell } from './shell.js';

export interface MenuProps {
  readonly shell: Shell;
  readonly privacyUrl: string;
  readonly canErase: boolean;
  /** While a delegate speaks: the assistant takes over again. */
  readonly leaveDelegate: (() => void) | undefined;
  readonly erase: () => void;
  readonly quit: () => void;
  readonly dismiss: () => void;
}

export function Menu({ shell, privacyUrl, canErase, leaveDelegate, erase, quit, dismiss }: MenuProps): JSX.Element {
  const { textSize } = useStore(shell);
  const { menu } = strings;
  return (
    <>
      <button type="button" class="scrim" tabIndex={-1} aria-label={menu.close} onClick={dismiss} />
      <div class="menu" id="menu">
        {leaveDelegate && (
          <button type="button" class="item" onClick={leaveDelegate}>
            <Icon name="robot" />
            {strings.waiting.stop}
          </button>
        )}
        {canErase && (
          <button type="button" class="item" onClick={erase}>
            <Icon name="erase" />
            {menu.erase}
          </button>
        )}
        <fieldset class="sizes">
          <legend>
            <Icon name="size" />
            {menu.size}
          </legend>
          {menu.sizes.map((name, size) => (
            <button
              key={name}
              type="button"
              aria-pressed={size === textSize}
              data-size={size}
              onClick={() => shell.setTextSize(size)}
            >
              {name}
            </button>
          ))}
        </fieldset>
        <a class="item" href={privacyUrl} target="_blank" rel="noopener noreferrer">
          <Icon name="lock" />
          {menu.privacy}
          <span class="hidden"> {menu.newWindow}</span>
        </a>
        <button type="button" class="item" onClick={quit}>
          <Icon name="exit" />
          {menu.quit}
        </button>
      </div>
    </>
  );
}
