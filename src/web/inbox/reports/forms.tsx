import { Flag, Lock, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { SENT_STATUSES, type SentStatus } from '../../../domain/report.js';
import { LONGEST_ANSWER } from '../../../domain/report-answers.js';
import { ACT, STATUSES } from '../strings-reports.js';
import { Button, Choices, TextArea } from '../ui/index.js';
import type { Draft } from './drafts.js';

interface FormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly isPending: boolean;
}

export interface TextFormProps extends FormProps {
  readonly kind: 'reply' | 'note';
  readonly onSubmit: (text: string) => void;
}

const TEXT_FORMS = {
  reply: { label: ACT.reply, hint: ACT.replyHint, submit: ACT.send, icon: SendHorizontal },
  note: { label: ACT.note, hint: ACT.noteHint, submit: ACT.addNote, icon: Lock },
} as const;

/** An answer to the author, or a note between delegates: the note on the paper of notes. */
export function TextForm({ kind, draft, onChange, onSubmit, isPending }: TextFormProps): ReactNode {
  const { label, hint, submit, icon } = TEXT_FORMS[kind];
  const { error, check, box } = useTextCheck();
  const send = () => check(draft.text, { isNeeded: true }) && onSubmit(draft.text.trim());
  return (
    <div className={`stack act-form ${kind}`}>
      <TextArea
        label={label}
        description={hint}
        rows={4}
        value={draft.text}
        onChange={(text) => onChange({ ...draft, text })}
        error={error(draft.text)}
        textAreaRef={box}
        area={{ lang: 'fr', spellCheck: false, autoComplete: 'off', onKeyDown: sendOnCtrlEnter(send) }}
      />
      <div>
        <Button kind="primary" size="large" icon={icon} onPress={send} isPending={isPending}>
          {submit}
        </Button>
      </div>
    </div>
  );
}

export interface StatusFormProps extends FormProps {
  /** Where it stands. */
  readonly now: SentStatus;
  readonly onSubmit: (status: SentStatus, text: string) => void;
}

export function StatusForm({ now, draft, onChange, onSubmit, isPending }: StatusFormProps): ReactNode {
  const { error, check, box } = useTextCheck();
  const [isSame, setSame] = useState(false);
  const status = draft.status ?? now;
  const save = () => {
    const text = draft.text.trim();
    const changesNothing = status === now && text === '';
    setSame(changesNothing);
    if (!changesNothing && check(text, { isNeeded: false })) onSubmit(status, text);
  };
  return (
    <div className="stack act-form">
      <Choices
        label={ACT.status}
        value={status}
        onChange={(chosen) => {
          setSame(false);
          onChange({ ...draft, status: chosen });
        }}
        options={SENT_STATUSES.map((id) => ({ id, label: STATUSES[id], description: ACT.statusHints[id] }))}
      />
      <TextArea
        label={ACT.sentence}
        description={ACT.sentenceHint}
        rows={2}
        value={draft.text}
        onChange={(text) => onChange({ ...draft, text })}
        error={isSame ? ACT.same : error(draft.text)}
        textAreaRef={box}
        area={{ lang: 'fr', spellCheck: false, autoComplete: 'off', onKeyDown: sendOnCtrlEnter(save) }}
      />
      <div>
        <Button kind="primary" size="large" icon={Flag} onPress={save} isPending={isPending}>
          {ACT.setStatus}
        </Button>
      </div>
    </div>
  );
}

/** What is wrong with a text: said once it was to be sent, and no longer when it is right. */
function useTextCheck() {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const excessOf = (text: string): number => text.trim().length - LONGEST_ANSWER;
  return {
    box,
    error(text: string): string | undefined {
      const excess = excessOf(text);
      if (excess > 0) return ACT.tooLong(excess);
      return isMissing && text.trim() === '' ? ACT.missing : undefined;
    },
    check(text: string, { isNeeded }: { readonly isNeeded: boolean }): boolean {
      const isLacking = isNeeded && text.trim() === '';
      setMissing(isLacking);
      const isFit = !isLacking && excessOf(text) <= 0;
      if (!isFit) box.current?.focus();
      return isFit;
    },
  };
}

function sendOnCtrlEnter(send: () => void) {
  return (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
}
