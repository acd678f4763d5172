import { randomUUID } from 'node:crypto';
import type { StatisticsStore } from '../storage/ports/settings-store.js';
import type { Clock } from './clock.js';
import type { LocalDate } from './local-date.js';
import { parisDate } from './paris-time.js';
import type { CounterName, StatisticsRecorder } from './statistics.js';

export interface BufferedRecorder extends StatisticsRecorder {
  /** Stores what was counted. Rejects when storage is away: nothing is lost, the next call stores it. */
  flush(): Promise<void>;
}

/**
 * Counts in memory; `flush` stores the day's sums. A process that is killed loses what it counted since the last flush:
 * the figures are for a weekly page, not for accounts.
 */
export function createStatisticsRecorder({ store, clock }: { store: StatisticsStore; clock: Clock }): BufferedRecorder {
  const writer = randomUUID();
  const days = new Map<LocalDate, Map<CounterName, number>>();
  const changed = new Set<LocalDate>();

  return {
    count(name, by = 1) {
      const today = parisDate(clock());
      const counters = days.get(today) ?? new Map<CounterName, number>();
      days.set(today, counters.set(name, (counters.get(name) ?? 0) + by));
      changed.add(today);
    },
    async flush() {
      for (const date of [...changed]) {
        changed.delete(date);
        try {
          await store.save(date, writer, Object.fromEntries(days.get(date) ?? []));
        } catch (error) {
          changed.add(date);
          throw error;
        }
        if (date !== parisDate(clock()) && !changed.has(date)) days.delete(date);
      }
    },
  };
}
