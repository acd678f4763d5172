import { Lock, NotebookPen } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { ProblemNotice } from '../ui/notice.js';
import { LinkedText } from './linked-text.js';
import { momentWords } from './paris.js';
import { CONTEXT } from './strings.js';

/** For the shortcut that goes there. */
export const NOTE_ID = 'note';
/** As the server takes it. */
const MAX_LENGTH = 2_000;

/** Between delegates only, on another paper than what is sent, and saying so. */
export function Notes({ detail }: { readonly detail: Detail }): ReactNode {
  const now = useServerNow(60_000);
  return (
    <section className="context-part notes">
      <h3>{CONTEXT.notes}</h3>
      <p className="note-private">
        <Lock aria-hidden className="icon" />
        {CONTEXT.notePrivate}
      </p>
      {detail.notes.length === 0 && <p className="quiet-words">{CONTEXT.noNotes}</p>}
      <ul className="plain stack">
        {detail.notes.map(({ id, by, at, text }) => (
          <li key={id} className="note">
            <p className="quiet-words">{CONTEXT.noteBy(by.displayName, momentWords(at, now))}</p>
            <p className="bubble-text">
              <LinkedText text={text} />
            </p>
          </li>
        ))}
      </ul>
      <NewNote id={detail.card.id} />
    </section>
  );
}

function NewNote({ id }: { readonly id: string }): ReactNode {
  const { live } = useDesk();
  const [text, setText] = useState('');
  // The same id until it is stored: pressed twice, or tried again after a cut, it is one note.
  const noteId = useRef(crypto.randomUUID());
  const add = useAction(async () => {
    live.take(await call('addNote', { params: { id }, body: { id: noteId.current, text: text.trim() } }));
    noteId.current = crypto.randomUUID();
    setText('');
  });
  return (
    <div className="stack">
      <TextArea label={CONTEXT.newNote} rows={2} value={text} maxLength={MAX_LENGTH} onChange={setText} id={NOTE_ID} />
      <ProblemNotice problem={add.problem} />
      <div>
        <Button
          icon={NotebookPen}
          onPress={() => void add.run()}
          isPending={add.isBusy}
          isDisabled={text.trim() === ''}
        >
          {CONTEXT.addNote}
        </Button>
      </div>
    </div>
  );
}
