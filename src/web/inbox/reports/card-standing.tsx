import { CalendarDays, Clock, type LucideIcon, UserRound, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReportCard } from '../api/types.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import { STATUSES } from '../strings-reports.js';
import { type Fact, factsOf } from './standing.js';

const LOOKS: Readonly<Record<Fact['kind'], { readonly icon: LucideIcon; readonly tone: string }>> = {
  waits: { icon: Clock, tone: 'attention' },
  received: { icon: CalendarDays, tone: 'quiet' },
  nobody: { icon: UserRound, tone: 'quiet' },
  held: { icon: UserRoundCheck, tone: 'quiet' },
  mine: { icon: UserRoundCheck, tone: 'delegate' },
};

export interface CardStandingProps {
  readonly card: ReportCard;
  readonly withStatus?: boolean;
}

/** Where a report stands, in words. Nothing of what it says. */
export function CardStanding({ card, withStatus = false }: CardStandingProps): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(30_000);
  return (
    <ul className="plain facts">
      {withStatus && <li className="tag">{STATUSES[card.status]}</li>}
      {factsOf(card, me, now).map(({ kind, text }) => {
        const { icon: Icon, tone } = LOOKS[kind];
        return (
          <li key={kind} className={`fact ${tone}`}>
            <Icon aria-hidden className="icon" />
            {text}
          </li>
        );
      })}
    </ul>
  );
}
