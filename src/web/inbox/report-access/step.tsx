import { type ReactNode, useEffect, useId, useRef } from 'react';
import { GRANT } from '../strings-report-access.js';

const STEPS = 3;

export interface StepProps {
  readonly number: 1 | 2 | 3;
  readonly title: string;
  /** The heading takes the focus when the step comes: but for the first, where the page's heading has it. */
  readonly takesFocus: boolean;
  readonly children: ReactNode;
}

/** One step of a guided page, under a heading that says where one is. */
export function Step({ number, title, takesFocus, children }: StepProps): ReactNode {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <section className="section" aria-labelledby={id}>
      <div>
        <p className="quiet-words">{GRANT.step(number, STEPS)}</p>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
      </div>
      {children}
    </section>
  );
}
