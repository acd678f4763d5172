import { MessageSquareText, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useDesk, useWriting } from '../live/hooks.js';
import { resumeSeqOf, type Thread } from '../live/state.js';
import { useAnnounce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { CannedDialog } from './canned.js';
import { GuardNotice } from './guard-notice.js';
import { COMPOSER } from './strings.js';

/** As the server takes it. */
const MAX_LENGTH = 4_000;
const TYPING_EVERY_MS = 3_000;
/** At the beginning of a line or a word; « et/ou » and « 24 / 11 » stay what they are. */
const OPENS_CANNED = /(?:^|\n|[^\d\s])\s*$/u;
const IN_A_WORD = /\S$/u;

export interface ComposerProps {
  readonly thread: Thread;
  /** The reader has just asked to write: the box takes the focus. */
  readonly takesFocus: boolean;
  /** Beside « Envoyer ». */
  readonly children?: ReactNode;
}

/** Where a reply is written. Enter goes to a new line; the button and Ctrl + Enter send. */
export function Composer({ thread, takesFocus, children }: ComposerProps): ReactNode {
  const { outbox } = useDesk();
  const { text, guardedAfter } = useWriting(thread.id);
  const announce = useAnnounce();
  const box = useRef<HTMLTextAreaElement>(null);
  const [isChoosing, setChoosing] = useState(false);
  const showTyping = useTyping(thread.id);
  const excess = text.trim().length - MAX_LENGTH;

  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);

  function write(next: string): void {
    outbox.dispatch(thread.id, { kind: 'write', text: next });
    if (next.trim() !== '') showTyping();
  }

  function send(): void {
    if (text.trim() === '' || excess > 0) {
      box.current?.focus();
      return;
    }
    outbox.dispatch(thread.id, { kind: 'send', clientId: crypto.randomUUID(), seenSeq: resumeSeqOf(thread) });
    announce(COMPOSER.sentAnnounced);
    box.current?.focus();
  }

  function insert(words: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    write(text.slice(0, selectionStart) + words + text.slice(selectionEnd));
    setChoosing(false);
    const end = selectionStart + words.length;
    // The box has the new text only once the page has been drawn.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(end, end);
    });
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    const before = event.currentTarget.value.slice(0, event.currentTarget.selectionStart);
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && OPENS_CANNED.test(before) && !IN_A_WORD.test(before)) {
      event.preventDefault();
      setChoosing(true);
    }
  }

  return (
    <div className="composer">
      {guardedAfter !== undefined && <GuardNotice thread={thread} after={guardedAfter} />}
      <TextArea
        label={COMPOSER.label}
        description={COMPOSER.hint}
        rows={2}
        value={text}
        onChange={write}
        textAreaRef={box}
        error={excess > 0 ? COMPOSER.tooLong(excess) : undefined}
        id={COMPOSER_ID}
        area={{ onKeyDown, spellCheck: true, lang: 'fr' }}
      />
      <div className="composer-actions">
        <Button kind="primary" size="large" icon={SendHorizontal} onPress={send}>
          {COMPOSER.send}
        </Button>
        {children}
        <Button kind="quiet" icon={MessageSquareText} onPress={() => setChoosing(true)}>
          {COMPOSER.canned}
          <span className="key-hint">{COMPOSER.cannedKey}</span>
        </Button>
      </div>
      <CannedDialog isOpen={isChoosing} onClose={() => setChoosing(false)} onPick={insert} />
    </div>
  );
}

/** For the shortcut that goes there. */
export const COMPOSER_ID = 'reponse';

/** Tells that the delegate writes, now and then while it lasts. */
function useTyping(id: string): () => void {
  const toldAt = useRef(0);
  return () => {
    const now = Date.now();
    if (now - toldAt.current < TYPING_EVERY_MS) return;
    toldAt.current = now;
    // Nobody misses a sign of typing that was lost.
    call('showTyping', { params: { id } }).catch(() => undefined);
  };
}
