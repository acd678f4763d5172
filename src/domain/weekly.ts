import type { LocalDate } from './local-date.js';
import { type CounterName, type DayCounters, WAIT_BUCKETS } from './statistics.js';
import { daysOfWeek, type IsoWeek } from './week.js';

/** The sums of one week; no count can be traced to a person. */
export interface WeeklyFigures {
  readonly week: IsoWeek;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly conversations: number;
  readonly byChannel: readonly { readonly channel: string; readonly count: number }[];
  /** The most frequent first. */
  readonly byIntent: readonly { readonly intent: string; readonly count: number }[];
  readonly unsure: number;
  readonly emergencies: number;
  readonly handoff: { readonly requested: number; readonly taken: number; readonly missed: number };
  readonly callbacks: { readonly requested: number; readonly done: number };
  /** For each of `WAIT_BUCKETS`. */
  readonly waits: readonly number[];
}

export function sumWeek(week: IsoWeek, days: readonly DayCounters[]): WeeklyFigures {
  const sums = new Map<string, number>();
  for (const { counters } of days) {
    for (const [name, count] of Object.entries(counters)) sums.set(name, (sums.get(name) ?? 0) + (count ?? 0));
  }
  const sumOf = (name: CounterName): number => sums.get(name) ?? 0;
  const sumsUnder = (prefix: string): { key: string; count: number }[] =>
    [...sums]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, count]) => ({ key: name.slice(prefix.length), count }))
      .sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));

  return {
    week,
    ...daysOfWeek(week),
    conversations: sumOf('conversations'),
    byChannel: sumsUnder('channel:').map(({ key, count }) => ({ channel: key, count })),
    byIntent: sumsUnder('intent:').map(({ key, count }) => ({ intent: key, count })),
    unsure: sumOf('unsure'),
    emergencies: sumOf('emergency'),
    handoff: {
      requested: sumOf('handoff.requested'),
      taken: sumOf('handoff.taken'),
      missed: sumOf('handoff.missed'),
    },
    callbacks: { requested: sumOf('callback.requested'), done: sumOf('callback.done') },
    waits: WAIT_BUCKETS.map((_, index) => sumOf(`wait:${index}`)),
  };
}

/** The index in `WAIT_BUCKETS` that half of the waits do not pass; undefined without any. */
export function medianBucket(waits: readonly number[]): number | undefined {
  const half = waits.reduce((sum, count) => sum + count, 0) / 2;
  if (half === 0) return undefined;
  const upTo = (index: number): number => waits.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
  return waits.findIndex((_, index) => upTo(index) >= half);
}
