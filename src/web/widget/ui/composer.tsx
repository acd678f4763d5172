import type { JSX, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { strings } from '../strings.js';
import { Icon } from './icons.js';

export interface ComposerProps {
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly send: (text: string) => void;
  readonly typing: () => void;
  readonly textBox: RefObject<HTMLTextAreaElement | null>;
}

/** The server's limit. */
const LONGEST = 4_000;
const WARN_BELOW = 300;
/** Some browsers report the key that confirms an input method's choice as this one, with `isComposing` false. */
const COMPOSING_KEY = 229;

export function Composer({ draft, setDraft, send, typing, textBox }: ComposerProps): JSX.Element {
  const left = LONGEST - draft.trim().length;
  const canSend = left >= 0 && draft.trim() !== '';

  useLayoutEffect(() => {
    const box = textBox.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  });

  function submit(): void {
    textBox.current?.focus();
    if (!canSend) return;
    send(draft.trim());
    setDraft('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === COMPOSING_KEY) return;
    event.preventDefault();
    submit();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {left < WARN_BELOW && (
        <p id="count" class={left < 0 ? 'count fault' : 'count'} role="status">
          {left < 0 ? strings.composer.over(-left) : strings.composer.left(left)}
        </p>
      )}
      <div class="row">
        <textarea
          ref={textBox}
          rows={1}
          value={draft}
          aria-label={strings.composer.label}
          placeholder={strings.composer.placeholder}
          aria-describedby={left < WARN_BELOW ? 'count' : undefined}
          aria-invalid={left < 0}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => {
            setDraft(event.currentTarget.value);
            if (event.currentTarget.value) typing();
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="square send" aria-label={strings.composer.send} aria-disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
