import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { REDACT } from '../strings-reports.js';
import { Button, TextArea, useAnnounce } from '../ui/index.js';
import type { Block } from './document.js';
import { blackOut } from './masks.js';
import type { Redaction } from './use-redaction.js';

export interface MaskedBlockProps {
  readonly block: Block;
  readonly redaction: Redaction;
}

/** About so many letters on a line of a phone. */
const LINE = 38;
const MOST_ROWS = 16;

/**
 * A part of the text in which one selects: a box that cannot be written in, since there the keyboard, a finger and a mouse
 * all know how to.
 */
export function MaskedBlock({ block: { id, title, text }, redaction }: MaskedBlockProps): ReactNode {
  const announce = useAnnounce();
  const box = useRef<HTMLTextAreaElement>(null);
  const [error, setError] = useState<string>();
  const black = blackOut(text, redaction.masks[id] ?? []);

  const act = (change: Redaction['hide'], done: string) => () => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = box.current ?? {};
    setError(end > start ? undefined : REDACT.nothingSelected);
    if (end <= start) return box.current?.focus();
    change(id, { start, end });
    announce(done);
  };
  return (
    <div className="stack masked-block">
      <TextArea
        label={title}
        value={black}
        isReadOnly
        rows={rowsOf(text)}
        textAreaRef={box}
        error={error}
        boxClass="masked-text"
        area={{ spellCheck: false }}
      />
      <div className="actions">
        <Button icon={EyeOff} onPress={act(redaction.hide, REDACT.hidden)} aria-label={REDACT.hideIn(title)}>
          {REDACT.hide}
        </Button>
        <Button kind="quiet" icon={Eye} onPress={act(redaction.show, REDACT.shown)} aria-label={REDACT.showIn(title)}>
          {REDACT.show}
        </Button>
      </div>
    </div>
  );
}

/** Where the browser does not fit the box to its text. */
function rowsOf(text: string): number {
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
  return Math.min(rows, MOST_ROWS);
}
