import { FileLock2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { typeset } from '../../shared/typeset.js';
import type { ReportCard } from '../api/types.js';
import { Link } from '../app/router.js';
import { ASK_ACCESS, CATEGORIES, FAULTS, REPORTS, STATUSES } from '../strings-reports.js';
import { CardStanding } from './card-standing.js';
import { nameOf } from './document.js';
import type { Summary } from './summary.js';

export interface ReportCardViewProps {
  readonly card: ReportCard;
  /** Undefined until it has been opened. */
  readonly summary: Summary | undefined;
}

/** A report of the list: what it is about, once opened, and where it stands. The whole of the card is the link. */
export function ReportCardView({ card, summary }: ReportCardViewProps): ReactNode {
  return (
    <>
      <Link to={{ name: 'report', id: card.id }} className={card.isUnread ? 'card unread' : 'card'}>
        <span className="card-head">
          <strong className="card-name">{titleOf(summary)}</strong>
          <span className="quiet-words">{nameOf(card)}</span>
        </span>
        {summary && <Place summary={summary} />}
        <CardStanding card={card} />
        <span className="card-foot">
          <span className="tag">{STATUSES[card.status]}</span>
          {card.isUnread && <span className="unread-mark">{REPORTS.toRead}</span>}
          {!card.isUnread && card.isNewToCaller && <span className="label">{REPORTS.isNew}</span>}
        </span>
      </Link>
      {summary?.fault && (
        <p className="card-fault">
          <FileLock2 aria-hidden className="icon" />
          <span>
            {FAULTS[summary.fault]}{' '}
            {summary.fault === 'no-key' && <Link to={{ name: 'reportAccess' }}>{ASK_ACCESS}</Link>}
          </span>
        </p>
      )}
    </>
  );
}

function titleOf(summary: Summary | undefined): string {
  if (!summary) return REPORTS.openingOne;
  return summary.category === undefined ? REPORTS.notOpened : CATEGORIES[summary.category];
}

function Place({ summary: { where, when } }: { readonly summary: Summary }): ReactNode {
  return (
    <span className="report-place">
      {where !== undefined && (
        <span>
          <span className="quiet-words">{REPORTS.where} </span>
          {typeset(where)}
        </span>
      )}
      {when !== undefined && (
        <span>
          <span className="quiet-words">{REPORTS.when} </span>
          {typeset(when)}
        </span>
      )}
    </span>
  );
}
