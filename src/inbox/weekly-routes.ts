import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import { parisDate } from '../domain/paris-time.js';
import { WAIT_BUCKETS } from '../domain/statistics.js';
import { daysOfWeek, type IsoWeek, weekOf } from '../domain/week.js';
import { medianBucket, sumWeek, type WeeklyFigures } from '../domain/weekly.js';
import { Refusal } from '../http/refusal.js';
import type { StatisticsStore } from '../storage/ports/settings-store.js';
import { toCsv } from './csv.js';
import type { Call, Handlers, Result } from './handler.js';
import { CHANNEL_NAMES, WEEKLY_WORDS, waitWords } from './weekly-words.js';

export interface WeeklyHandlerDependencies {
  readonly store: StatisticsStore;
  /** Stores what this process has counted and not stored yet. */
  readonly flush: () => Promise<void>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** What an intent is called on buttons. */
  readonly titleOf: (intent: string) => string;
}

export function createWeeklyHandlers(deps: WeeklyHandlerDependencies): Handlers<'readWeekly' | 'exportWeekly'> {
  async function figures(week: IsoWeek | undefined): Promise<WeeklyFigures> {
    const chosen = week ?? weekOf(parisDate(deps.clock()));
    const { from, to } = daysIn(chosen);
    await deps.flush();
    return sumWeek(chosen, await deps.store.between(from, to));
  }

  function present(weekly: WeeklyFigures): Result<'readWeekly'> {
    const median = medianBucket(weekly.waits);
    return {
      ...weekly,
      byChannel: weekly.byChannel.map(({ channel, count }) => ({ channel: CHANNEL_NAMES[channel] ?? channel, count })),
      byIntent: weekly.byIntent.map((entry) => ({ ...entry, title: deps.titleOf(entry.intent) })),
      waits: WAIT_BUCKETS.map((_, index) => ({ label: waitWords(index), count: weekly.waits[index] ?? 0 })),
      ...(median !== undefined && { medianWait: waitWords(median) }),
    };
  }

  return {
    readWeekly: async ({ query }) => present(await figures(query.week)),
    async exportWeekly({ query, caller }: Call<'exportWeekly'>) {
      const weekly = present(await figures(query.week));
      const { week } = weekly;
      await deps.audit.record({ action: 'statistics.exported', actor: caller.account.id, details: { week } });
      return { text: toCsv(rowsOf(weekly)), fileName: `permanence-${week}.csv` };
    },
  };
}

function rowsOf(weekly: Result<'readWeekly'>): readonly (readonly (string | number)[])[] {
  const { total, byChannel, byIntent, wait } = WEEKLY_WORDS;
  const { handoff, callbacks } = weekly;
  return [
    [WEEKLY_WORDS.week, WEEKLY_WORDS.from, WEEKLY_WORDS.to, WEEKLY_WORDS.what, WEEKLY_WORDS.detail, WEEKLY_WORDS.count],
    ...[
      [total.conversations, '', weekly.conversations] as const,
      ...weekly.byChannel.map(({ channel, count }) => [byChannel, channel, count] as const),
      ...weekly.byIntent.map(({ title, count }) => [byIntent, title, count] as const),
      [total.unsure, '', weekly.unsure] as const,
      [total.emergencies, '', weekly.emergencies] as const,
      [total.requested, '', handoff.requested] as const,
      [total.taken, '', handoff.taken] as const,
      [total.missed, '', handoff.missed] as const,
      [total.callbacksRequested, '', callbacks.requested] as const,
      [total.callbacksDone, '', callbacks.done] as const,
      ...weekly.waits.map(({ label, count }) => [wait, label, count] as const),
    ].map((row) => [weekly.week, weekly.from, weekly.to, ...row]),
  ];
}

function daysIn(week: IsoWeek): ReturnType<typeof daysOfWeek> {
  try {
    return daysOfWeek(week);
  } catch (error) {
    throw error instanceof RangeError ? new Refusal('InvalidRequest') : error;
  }
}
