import type { JSX, RefObject } from 'preact';
import type { Log } from '../model/log.js';
import { currentSpeaker } from '../model/timeline.js';
import { strings } from '../strings.js';
import { Icon } from './icons.js';
import { nameOf } from './names.js';

export interface HeaderProps {
  readonly title: string;
  readonly log: Log;
  readonly isMenuOpen: boolean;
  readonly toggleMenu: () => void;
  readonly close: () => void;
  readonly quit: () => void;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly menuButton: RefObject<HTMLButtonElement | null>;
}

export function Header(props: HeaderProps): JSX.Element {
  const speaker = currentSpeaker(props.log);
  return (
    <header class="header">
      <div class="names">
        <h2 id="title" tabIndex={-1} ref={props.heading}>
          {props.title}
        </h2>
        <p class="speaker">
          <Icon name={speaker.author === 'bot' ? 'robot' : 'person'} />
          {nameOf(speaker)}
        </p>
      </div>
      <button type="button" class="quit" onClick={props.quit}>
        {strings.quit}
      </button>
      <button
        type="button"
        class="square"
        ref={props.menuButton}
        aria-label={strings.menu.label}
        aria-expanded={props.isMenuOpen}
        aria-controls="menu"
        onClick={props.toggleMenu}
      >
        <Icon name="menu" />
      </button>
      <button type="button" class="square" aria-label={strings.close} onClick={props.close}>
        <Icon name="close" />
      </button>
    </header>
  );
}
