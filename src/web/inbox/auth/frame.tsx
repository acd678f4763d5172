import { type ReactNode, useEffect, useRef } from 'react';
import { useTitle } from '../app/title.js';
import { COMMON } from '../strings.js';

export interface FrameProps {
  readonly title: string;
  /** « Étape 1 sur 3 » */
  readonly step?: string;
  /** The heading takes the focus when it changes, but for the first one: there a field does. */
  readonly children: ReactNode;
}

/** A page of one column, one thing at a time: signing in, links, the lock. */
export function Frame({ title, step, children }: FrameProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(title);
  useTitle(title);
  useEffect(() => {
    if (shown.current === title) return;
    shown.current = title;
    scrollTo(0, 0);
    heading.current?.focus();
  }, [title]);
  return (
    <main className="lone">
      <p className="lone-brand">
        {COMMON.product} <span className="quiet-words">{COMMON.productLine}</span>
      </p>
      <div className="stack">
        {step && <p className="quiet-words">{step}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </div>
      {children}
    </main>
  );
}
