import type { AccountStore } from '../storage/ports/account-store.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { StatisticsStore } from '../storage/ports/settings-store.js';
import type { Clock } from './clock.js';
import type { Conversation } from './conversation.js';
import type { Presence } from './desk.js';
import type { Millis } from './desk-state.js';
import { deskHoursAt, type Opening, type OpeningHours } from './opening-hours.js';
import { addDays, parisDate } from './paris-time.js';
import { type DayCounters, WAIT_BUCKETS } from './statistics.js';

/** What a resident who asks for a person may honestly be told. */
export interface HandoffOutlook {
  /** Delegates who are connected and say that they are available. */
  readonly available: number;
  /** Of the desk, by its opening hours; `unknown` while the coordinator has set none. */
  readonly hours: 'open' | 'closed' | 'unknown';
  /** The next time the desk opens, when it is closed and that is known. */
  readonly nextOpening?: Opening;
  /** Place in the queue, from 1. */
  readonly position: number;
  /** What waits have lately been, in minutes, rounded up; absent when there were too few to tell. */
  readonly usualWaitMinutes?: number;
  /** In place of `usualWaitMinutes` when most waits lasted longer than the counts can tell: than this, in minutes. */
  readonly usualWaitOverMinutes?: number;
}

export type ReadHandoffOutlook = (conversation: Pick<Conversation, 'id'>) => Promise<HandoffOutlook>;

export interface HandoffOutlookDependencies {
  readonly store: Pick<ConversationStore, 'listQueue'>;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly presence: Pick<Presence, 'isConnected'>;
  readonly openingHours: () => Promise<OpeningHours>;
  readonly statistics: Pick<StatisticsStore, 'between'>;
  readonly clock: Clock;
}

type UsualWait = Pick<HandoffOutlook, 'usualWaitMinutes' | 'usualWaitOverMinutes'>;

/** Far more than a desk of three can have; a place beyond it is told as this one. */
const QUEUE_LIMIT = 500;
const USUAL_WAIT_DAYS = 14;
const FEWEST_WAITS = 5;
const USUAL_WAIT_KEPT_MS = 60_000;

/** The function throws DomainError `storage-unavailable`. */
export function createHandoffOutlook(deps: HandoffOutlookDependencies): ReadHandoffOutlook {
  const { store, accounts, presence, openingHours, clock } = deps;
  const readUsualWait = keepForAWhile((now) => usualWait(deps.statistics, now));

  async function countAvailable(): Promise<number> {
    const all = await accounts.list();
    return all.filter(({ id, isDisabled, isAvailable }) => !isDisabled && isAvailable && presence.isConnected(id))
      .length;
  }

  return async ({ id }) => {
    const now = clock();
    const [available, hours, queue, wait] = await Promise.all([
      countAvailable(),
      openingHours(),
      store.listQueue(QUEUE_LIMIT),
      readUsualWait(now),
    ]);
    const { state, nextOpening } = deskHoursAt(hours, now);
    return {
      available,
      hours: state,
      ...(nextOpening && { nextOpening }),
      position: positionOf(id, queue, now.getTime()),
      ...wait,
    };
  };
}

/** Rank by the beginning of the wait; one that does not wait yet comes after all the others. */
function positionOf(id: string, queue: readonly Conversation[], now: Millis): number {
  const waiting = queue.filter(({ status }) => status === 'waiting');
  const since = waiting.find((one) => one.id === id)?.desk.waitingSince ?? Number.POSITIVE_INFINITY;
  const isBefore = ({ id: other, desk }: Conversation): boolean => {
    const begun = desk.waitingSince ?? now;
    return begun < since || (begun === since && other < id);
  };
  const inSight = waiting.filter(({ desk }) => desk.snoozedUntil === undefined || desk.snoozedUntil <= now);
  return 1 + inSight.filter((one) => one.id !== id && isBefore(one)).length;
}

async function usualWait(statistics: Pick<StatisticsStore, 'between'>, now: Date): Promise<UsualWait> {
  const today = parisDate(now);
  const days = await statistics.between(addDays(today, 1 - USUAL_WAIT_DAYS), today);
  const counts = WAIT_BUCKETS.map((_, bucket) => sumOf(days, bucket));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < FEWEST_WAITS) return {};
  let passed = 0;
  const median = counts.findIndex((count) => {
    passed += count;
    return passed * 2 >= total;
  });
  const minutes = WAIT_BUCKETS[median] ?? Number.POSITIVE_INFINITY;
  if (Number.isFinite(minutes)) return { usualWaitMinutes: minutes };
  return { usualWaitOverMinutes: Math.max(...WAIT_BUCKETS.filter(Number.isFinite)) };
}

function sumOf(days: readonly DayCounters[], bucket: number): number {
  return days.reduce((sum, { counters }) => sum + (counters[`wait:${bucket}`] ?? 0), 0);
}

/** Everybody who waits asks again and again: what was read is good for a minute. What could not be read is not kept. */
function keepForAWhile<Value>(read: (now: Date) => Promise<Value>): (now: Date) => Promise<Value> {
  let kept: { readonly at: Millis; readonly value: Value } | undefined;

  return async (now) => {
    const age = kept && now.getTime() - kept.at;
    if (kept && age !== undefined && age >= 0 && age < USUAL_WAIT_KEPT_MS) return kept.value;
    const value = await read(now);
    kept = { at: now.getTime(), value };
    return value;
  };
}
