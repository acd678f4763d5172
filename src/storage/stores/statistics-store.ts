import type { LocalDate } from '../../domain/local-date.js';
import type { CounterName, Counters, DayCounters } from '../../domain/statistics.js';
import type { StatisticsStore } from '../ports/settings-store.js';
import type { RecordCollections } from '../record-collection.js';

interface WriterCounters extends DayCounters {
  readonly writer: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createStatisticsStore(collections: RecordCollections): StatisticsStore {
  const saved = collections<WriterCounters>({
    name: 'statistics',
    placeOf: ({ date, writer }) => ({ id: JSON.stringify([date, writer]), sort: dayNumber(date) }),
  });

  return {
    save: (date, writer, counters) => saved.put({ date, writer, counters }),
    between: async (from, to) => sumByDay(await saved.list({ after: dayNumber(from) - 1, before: dayNumber(to) + 1 })),
  };
}

function sumByDay(parts: readonly WriterCounters[]): readonly DayCounters[] {
  const days = Map.groupBy(parts, ({ date }) => date);
  return [...days]
    .map(([date, ofDay]) => ({ date, counters: sum(ofDay.map(({ counters }) => counters)) }))
    .filter(({ counters }) => Object.keys(counters).length > 0);
}

function sum(parts: readonly Counters[]): Counters {
  const total = new Map<string, number>();
  for (const [name, count = 0] of parts.flatMap((part) => Object.entries(part))) {
    total.set(name, (total.get(name) ?? 0) + count);
  }
  return Object.fromEntries(total) as Record<CounterName, number>;
}

/** Days since 1970-01-01, a plain count: the date names a day, whatever the zone. */
function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
