import { Flag, Lock, type LucideIcon, MessageSquareReply, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { dayAndTime } from '../app/dates.js';
import { LinkedText } from '../conversation/linked-text.js';
import { ITEMS, STATUSES } from '../strings-reports.js';
import { ItemFault } from './item-fault.js';
import { followUpOf, type ReportItem, type WholeReport } from './whole-report.js';

type Kind = keyof typeof ITEMS.titles;

const ICONS: Readonly<Record<Kind, LucideIcon>> = {
  addition: UserRound,
  reply: MessageSquareReply,
  note: Lock,
  status: Flag,
};

/** What was said since it was sent. Notes are on another paper, and say that they are private. */
export function FollowUp({ whole }: { readonly whole: WholeReport }): ReactNode {
  const items = followUpOf(whole);
  if (items.length === 0) return <p className="quiet-words">{ITEMS.none}</p>;
  return (
    <ol className="plain follow-up">
      {items.map((item) => (
        <li key={item.event.seq} className={`follow-up-item ${item.event.kind}`}>
          <Item item={item} />
        </li>
      ))}
    </ol>
  );
}

function Item({ item }: { readonly item: ReportItem }): ReactNode {
  const { kind, at, by } = item.event;
  if (kind === 'answer' || kind === 'submitted') return null;
  const Icon = ICONS[kind];
  return (
    <>
      <h3 className="follow-up-title">
        <Icon aria-hidden className="icon" />
        <span>{ITEMS.titles[kind](by?.displayName ?? ITEMS.unknownDelegate, dayAndTime(at))}</span>
      </h3>
      {kind === 'note' && <p className="follow-up-quiet small-words">{ITEMS.private}</p>}
      <ItemFault item={item} />
      {item.state === 'open' && <Body body={item.body} />}
    </>
  );
}

function Body({ body }: { readonly body: Extract<ReportItem, { state: 'open' }>['body'] }): ReactNode {
  if ('status' in body) {
    return (
      <>
        <p>
          <span className="tag">{STATUSES[body.status]}</span>
        </p>
        {body.text !== undefined && (
          <p className="report-text">
            <span className="follow-up-quiet">{ITEMS.sentence} </span>
            <LinkedText text={body.text} />
          </p>
        )}
      </>
    );
  }
  if (!('text' in body)) return null;
  return (
    <p className="report-text">
      <LinkedText text={body.text} />
    </p>
  );
}
