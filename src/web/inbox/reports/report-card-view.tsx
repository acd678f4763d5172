import { Clock, FileLock2, type LucideIcon, UserRound, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { typeset } from '../../shared/typeset.js';
import type { ReportCard } from '../api/types.js';
import { Link } from '../app/router.js';
import { momentWords } from '../conversation/paris.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import { durationWords } from '../live/strings.js';
import { ASK_ACCESS, CATEGORIES, FAULTS, REPORTS, STATUSES } from '../strings-reports.js';
import { waitsSince } from './order.js';
import type { Summary } from './summary.js';

export interface ReportCardViewProps {
  readonly card: ReportCard;
  /** Undefined until it has been opened. */
  readonly summary: Summary | undefined;
}

/** A report of the list: what it is about, once opened, and where it stands. */
export function ReportCardView({ card, summary }: ReportCardViewProps): ReactNode {
  const isClosed = summary?.fault !== undefined && summary.category === undefined;
  return (
    <article className="report-card">
      <Link to={{ name: 'report', id: card.id }} className={`card ${card.isUnread ? 'unread' : ''}`}>
        <span className="card-head">
          <strong className="card-name">{nameOf(summary)}</strong>
          <span className="tag">{STATUSES[card.status]}</span>
        </span>
        {summary && !isClosed && <Place summary={summary} />}
        <Standing card={card} />
      </Link>
      {summary?.fault && (
        <p className="card-fault">
          <FileLock2 aria-hidden className="icon" />
          <span>
            {FAULTS[summary.fault]} <Link to={{ name: 'reportAccess' }}>{ASK_ACCESS}</Link>
          </span>
        </p>
      )}
    </article>
  );
}

function nameOf(summary: Summary | undefined): string {
  if (!summary) return REPORTS.openingOne;
  return summary.category === undefined ? REPORTS.notOpened : CATEGORIES[summary.category];
}

function Place({ summary: { where, when } }: { readonly summary: Summary }): ReactNode {
  return (
    <span className="report-place">
      {[
        [REPORTS.where, where],
        [REPORTS.when, when],
      ].map(
        ([name, value]) =>
          value !== undefined && (
            <span key={name}>
              <span className="quiet-words">{name}&nbsp;: </span>
              {typeset(value)}
            </span>
          ),
      )}
    </span>
  );
}

interface Fact {
  readonly icon: LucideIcon;
  readonly tone: 'attention' | 'delegate' | 'quiet';
  readonly text: string;
}

function Standing({ card }: { readonly card: ReportCard }): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(30_000);
  return (
    <>
      <ul className="plain facts">
        {factsOf(card, me, now).map(({ icon: Icon, tone, text }) => (
          <li key={text} className={`fact ${tone}`}>
            <Icon aria-hidden className="icon" />
            {text}
          </li>
        ))}
      </ul>
      <span className="card-foot">
        {card.isUnread && <span className="unread-mark">{REPORTS.toRead}</span>}
        {!card.isUnread && card.isNewToCaller && <span className="label">{REPORTS.isNew}</span>}
      </span>
    </>
  );
}

/** Exported for tests. */
export function factsOf(card: ReportCard, me: string, now: number): readonly Fact[] {
  const { submittedAt, assignee, isUnread, isOverdue } = card;
  const received: Fact = { icon: Clock, tone: 'quiet', text: REPORTS.receivedOn(momentWords(submittedAt, now)) };
  const wait = isOverdue ? REPORTS.isOverdue : REPORTS.waits(durationWords(Math.max(60_000, now - waitsSince(card))));
  const held: Fact = assignee
    ? {
        icon: UserRoundCheck,
        tone: assignee.id === me ? 'delegate' : 'quiet',
        text: assignee.id === me ? REPORTS.mine : REPORTS.held(assignee.displayName),
      }
    : { icon: UserRound, tone: 'quiet', text: REPORTS.nobody };
  return [...(isUnread ? [{ icon: Clock, tone: 'attention', text: wait } as const] : []), received, held];
}
