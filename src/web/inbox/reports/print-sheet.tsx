import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { Block, Heading } from './document.js';

/** What goes on paper. */
export interface Sheet {
  readonly heading: Heading;
  readonly blocks: readonly Block[];
}

/**
 * Prints each sheet that it is given, once. It stays beside the page, where nobody sees it, until the report is left: some
 * browsers make their paper only after `print` has returned.
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
