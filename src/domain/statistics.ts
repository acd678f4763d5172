import type { ChannelName } from './conversation.js';
import type { LocalDate } from './local-date.js';

/** How many minutes a wait lasted at most; the last one is open. */
export const WAIT_BUCKETS = [1, 2, 5, 10, 20, 40, Number.POSITIVE_INFINITY] as const;

/**
 * What is counted. No count can be traced to a person: `intent:<label>`, `unsure`, `channel:<name>`, `conversations`,
 * `handoff.requested`, `handoff.taken`, `handoff.missed`, `callback.requested`, `callback.done`, `emergency`,
 * `wait:<index of WAIT_BUCKETS>`.
 */
export type CounterName =
  | `intent:${string}`
  | `channel:${ChannelName}`
  | `wait:${number}`
  | 'unsure'
  | 'conversations'
  | 'handoff.requested'
  | 'handoff.taken'
  | 'handoff.missed'
  | 'callback.requested'
  | 'callback.done'
  | 'emergency';

export type Counters = Readonly<Partial<Record<CounterName, number>>>;

/** Counts of one day of Europe/Paris. */
export interface DayCounters {
  readonly date: LocalDate;
  readonly counters: Counters;
}

/** Told of each thing that is counted; it never fails and never waits. */
export interface StatisticsRecorder {
  count(name: CounterName, by?: number): void;
}
