import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Block, Heading } from './document.js';

/** What goes on paper. */
export interface Sheet {
  readonly heading: Heading;
  readonly blocks: readonly Block[];
}

export interface Printing {
  readonly sheet: Sheet | undefined;
  /** Makes a sheet of the blocks as they are now. */
  readonly print: (heading: Heading) => void;
}

/**
 * A sheet lasts only as long as the blocks that it was made from: else the browser's own printing would put on paper what
 * has been hidden or left out since.
 */
export function usePrinting(blocks: readonly Block[]): Printing {
  const [made, setMade] = useState<Sheet>();
  const latest = useRef(blocks);
  latest.current = blocks;
  const isCurrent = made !== undefined && areSame(made.blocks, blocks);
  // Dropped at once and for good: one that came back would be printed again by itself.
  if (made && !isCurrent) setMade(undefined);
  return {
    sheet: isCurrent ? made : undefined,
    print: (heading) => setMade({ heading, blocks: latest.current }),
  };
}

/**
 * Prints each sheet that it is given, once. It stays beside the page, where nobody sees it, while it is given: some browsers
 * make their paper only after `print` has returned.
 */
export function PrintSheet({ sheet }: { readonly sheet: Sheet | undefined }): ReactNode {
  useEffect(() => {
    if (sheet) print();
  }, [sheet]);
  if (!sheet) return null;
  const { heading, blocks } = sheet;
  return createPortal(
    <div className="print-sheet report-sheet" aria-hidden>
      <h1>{heading.title}</h1>
      <ul className="plain">
        {heading.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {blocks.map(({ id, kind, title, text }) => (
        <section key={id} className={kind}>
          <h2>{title}</h2>
          <p className="report-text">{text}</p>
        </section>
      ))}
    </div>,
    document.body,
  );
}

function areSame(some: readonly Block[], others: readonly Block[]): boolean {
  return some === others || JSON.stringify(some) === JSON.stringify(others);
}
