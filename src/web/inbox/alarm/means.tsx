import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { ALARM_PAGE } from './page-strings.js';

export type Standing = 'on' | 'off' | 'to-do' | 'problem';

const STANDINGS: Readonly<Record<Standing, { readonly icon: LucideIcon; readonly words: string }>> = {
  on: { icon: CircleCheck, words: ALARM_PAGE.on },
  off: { icon: CircleDashed, words: ALARM_PAGE.off },
  'to-do': { icon: CircleDashed, words: ALARM_PAGE.toDo },
  problem: { icon: CircleX, words: ALARM_PAGE.problem },
};

export interface MeansProps {
  readonly title: string;
  readonly standing: Standing;
  /** How it stands, in a sentence. */
  readonly state: string;
  readonly children?: ReactNode;
}

/** One way of being called: its name, how it stands in words, and what can be done. */
export function Means({ title, standing, state, children }: MeansProps): ReactNode {
  const id = useId();
  const { icon: Icon, words } = STANDINGS[standing];
  return (
    <section className="section" aria-labelledby={id}>
      <div className="means-head">
        <h2 id={id}>{title}</h2>
        <p className={`standing ${standing}`}>
          <Icon aria-hidden className="icon" />
          {words}
        </p>
      </div>
      <p>{state}</p>
      {children}
    </section>
  );
}
