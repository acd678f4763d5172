import type { Answers } from './answers.js';
import type { DateWords } from './date-words.js';
import type { Happened, Recurrence } from './happened.js';
import type { LocalTime } from './local-date.js';
import { LONGEST_ANSWER, type ReportedMoment } from './report-answers.js';
import type { ReportWords } from './report-words.js';

export interface MomentDependencies {
  readonly answers: Pick<Answers, 'phrase'>;
  readonly dates: Pick<DateWords, 'day' | 'time' | 'weekday'>;
  readonly words: Pick<ReportWords, 'hourBoundIn'>;
}

/** What a message says of a time, as it was recognised. */
export interface SaidMoment {
  readonly happened?: Happened | undefined;
  readonly time?: { readonly from: LocalTime; readonly to: LocalTime } | undefined;
}

export interface MomentReader {
  /** « hier soir vers 22 h »: as it was typed, and what was understood of it. */
  read(text: string, said: SaidMoment, now: Date): ReportedMoment;
  /** « dimanche 22 novembre, vers 22 h », « tous les soirs »; undefined unless a day or a recurrence was named. */
  inWords(text: string, said: SaidMoment, now: Date): string | undefined;
}

const MIDNIGHTS: readonly LocalTime[] = ['00:00', '23:59'];
/** When the parts of the day end, and how they are called; what is later is of the night. */
const PARTS = [
  { name: 'morning', from: '05:00', until: '12:00' },
  { name: 'afternoon', from: '12:00', until: '18:00' },
  { name: 'evening', from: '18:00', until: '22:00' },
] as const;

/** Recurrences that are called otherwise when they are not sure. */
const VAGUE = ['morning', 'noon', 'afternoon', 'evening', 'night', 'weekday'] as const;

export function createMomentReader({ answers, dates, words }: MomentDependencies): MomentReader {
  function daysInWords({ dates: days, isSince, isNight }: Happened, now: Date): string | undefined {
    if (!days) return undefined;
    const from = dates.day(days.from, now);
    if (isSince) return answers.phrase('report.when.since', { day: from });
    const to = dates.day(days.to, now);
    if (isNight) return answers.phrase('report.when.night', { from, to });
    return days.from === days.to ? from : answers.phrase('report.when.range', { from, to });
  }

  function recurrenceInWords({ every, weekday, isVague }: Recurrence): string {
    const part = isVague && VAGUE.find((name) => name === every);
    if (part) return answers.phrase(`report.part.${part}`, weekday ? { weekday: dates.weekday(weekday) } : {});
    return answers.phrase(`report.every.${every}`, weekday ? { weekday: dates.weekday(weekday) } : {});
  }

  function timeInWords(text: string, { happened, time }: SaidMoment): string | undefined {
    if (!time) return undefined;
    if (time.from === time.to) {
      if (MIDNIGHTS.includes(time.from)) return answers.phrase('report.when.midnight');
      return answers.phrase(`report.when.${words.hourBoundIn(text) ?? 'around'}`, { time: dates.time(time.from) });
    }
    const part = PARTS.find(({ from, until }) => time.from >= from && time.from < until)?.name ?? 'night';
    const isSaid = happened?.isNight || happened?.recurrence?.every === part;
    return isSaid ? undefined : answers.phrase(`report.part.${part}`);
  }

  function inWords(text: string, said: SaidMoment, now: Date): string | undefined {
    const { happened } = said;
    if (!happened) return undefined;
    const { recurrence } = happened;
    const again = recurrence && recurrenceInWords(recurrence);
    const days = daysInWords(happened, now);
    return [again, happened.isSince ? undefined : days, timeInWords(text, said), happened.isSince ? days : undefined]
      .filter((part) => part !== undefined)
      .join(', ');
  }

  return {
    inWords,
    read(text, said, now) {
      const { happened, time } = said;
      const read = inWords(text, said, now);
      return {
        text: text.slice(0, LONGEST_ANSWER),
        ...(read !== undefined && { words: read }),
        ...(happened?.dates && { from: happened.dates.from, to: happened.dates.to }),
        ...(time && time.from === time.to && { time: time.from }),
        ...((happened?.recurrence || happened?.isSince) && { isRecurring: true as const }),
      };
    },
  };
}
