import { Clock, type LucideIcon, UserRound, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReportCard } from '../api/types.js';
import { momentWords } from '../conversation/paris.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import { durationWords } from '../live/strings.js';
import { REPORTS, STATUSES } from '../strings-reports.js';
import { waitsSince } from './order.js';

interface Fact {
  readonly icon: LucideIcon;
  readonly tone: 'attention' | 'delegate' | 'quiet';
  readonly text: string;
}

export interface CardStandingProps {
  readonly card: ReportCard;
  readonly withStatus?: boolean;
}

/** Where a report stands, in words: whether it waits, since when it is there, who has it. Nothing of what it says. */
export function CardStanding({ card, withStatus = false }: CardStandingProps): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(30_000);
  return (
    <ul className="plain facts">
      {withStatus && <li className="tag">{STATUSES[card.status]}</li>}
      {factsOf(card, me, now).map(({ icon: Icon, tone, text }) => (
        <li key={text} className={`fact ${tone}`}>
          <Icon aria-hidden className="icon" />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** Exported for tests. */
export function factsOf(card: ReportCard, me: string, now: number): readonly Fact[] {
  const { submittedAt, assignee, isUnread, isOverdue } = card;
  const waited = Math.max(60_000, now - waitsSince(card));
  const wait: Fact = {
    icon: Clock,
    tone: 'attention',
    text: (isOverdue ? REPORTS.waitsTooLong : REPORTS.waits)(durationWords(waited)),
  };
  const received: Fact = { icon: Clock, tone: 'quiet', text: REPORTS.receivedOn(momentWords(submittedAt, now)) };
  return [...(isUnread ? [wait] : []), received, holderOf(assignee, me)];
}

function holderOf(assignee: ReportCard['assignee'], me: string): Fact {
  if (!assignee) return { icon: UserRound, tone: 'quiet', text: REPORTS.nobody };
  if (assignee.id === me) return { icon: UserRoundCheck, tone: 'delegate', text: REPORTS.mine };
  return { icon: UserRoundCheck, tone: 'quiet', text: REPORTS.held(assignee.displayName) };
}
