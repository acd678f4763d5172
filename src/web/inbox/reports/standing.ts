import type { ReportCard } from '../api/types.js';
import { momentWords } from '../conversation/paris.js';
import { durationWords } from '../live/strings.js';
import { REPORTS } from '../strings-reports.js';
import { waitsSince } from './order.js';

/** Something that is to be known of a report without opening it, in words. */
export interface Fact {
  readonly kind: 'waits' | 'received' | 'nobody' | 'held' | 'mine';
  readonly text: string;
}

const MINUTE_MS = 60_000;

/** Whether it waits and how long, when it came, and who has it. @param now the server's clock, in ms. */
export function factsOf(card: ReportCard, me: string, now: number): readonly Fact[] {
  const { submittedAt, assignee, isUnread, isOverdue } = card;
  const waited = durationWords(Math.max(MINUTE_MS, now - waitsSince(card)));
  const wait: Fact = { kind: 'waits', text: (isOverdue ? REPORTS.waitsTooLong : REPORTS.waits)(waited) };
  const received: Fact = { kind: 'received', text: REPORTS.receivedOn(momentWords(submittedAt, now)) };
  return [...(isUnread ? [wait] : []), received, holderOf(assignee, me)];
}

function holderOf(assignee: ReportCard['assignee'], me: string): Fact {
  if (!assignee) return { kind: 'nobody', text: REPORTS.nobody };
  if (assignee.id === me) return { kind: 'mine', text: REPORTS.mine };
  return { kind: 'held', text: REPORTS.held(assignee.displayName) };
}
