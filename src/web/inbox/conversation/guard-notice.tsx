import type { ReactNode } from 'react';
import { useDesk } from '../live/hooks.js';
import type { Thread } from '../live/state.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { LinkedText } from './linked-text.js';
import { COMPOSER } from './strings.js';

/** A colleague answered first: what they wrote stands right over the composer, to be read before sending. */
export function GuardNotice({ thread, after }: { readonly thread: Thread; readonly after: number }): ReactNode {
  const { me, outbox } = useDesk();
  const theirs = thread.messages.filter(({ author, by, seq }) => author === 'delegate' && by?.id !== me && seq > after);
  const name = theirs.at(-1)?.by?.displayName;
  return (
    <Notice
      kind="warning"
      isAnnounced
      title={name === undefined ? COMPOSER.guardUnknown : COMPOSER.guard(name)}
      actions={<Button onPress={() => outbox.dispatch(thread.id, { kind: 'guard-read' })}>{COMPOSER.guardRead}</Button>}
    >
      {theirs.map(({ seq, text }) => (
        <blockquote key={seq} className="guard-quote">
          <LinkedText text={text} />
        </blockquote>
      ))}
    </Notice>
  );
}
