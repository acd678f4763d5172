import dayjs from 'dayjs';
import 'dayjs/locale/fr.js';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import utc from 'dayjs/plugin/utc.js';
import type { RecurrenceRule, Slot, Weekday } from './facts.js';
import { fillWords } from './fill-words.js';
import type { LocalDate, LocalTime } from './local-date.js';
import { addDays, daysBetween, parisDate } from './paris-time.js';
import type { Occurrence } from './permanence-schedule.js';
import type { PublicHolidayId } from './public-holidays.js';

dayjs.extend(utc);
dayjs.extend(advancedFormat);

/** The words of corpus/fr/dates.json; `{name}` stands for a variable. */
export interface DateCatalogue {
  readonly relative: Readonly<Record<'yesterday' | 'today' | 'tomorrow' | 'dayAfterTomorrow', string>>;
  readonly relativeDay: string;
  readonly dayAndSlot: string;
  readonly parts: Readonly<Record<NonNullable<Slot['part']>, string>>;
  readonly hour: string;
  readonly hourAndMinutes: string;
  readonly hours: string;
  readonly everyWeek: string;
  readonly everyNthWeek: string;
  /** Small numbers in letters; the others are written in digits. */
  readonly weeks: Readonly<Record<string, string>>;
  readonly everyMonth: string;
  readonly nth: Readonly<Record<'1' | '2' | '3' | '4' | '-1', string>>;
  readonly holidays: Readonly<Record<PublicHolidayId, string>>;
}

/** Dates as residents read them, without a capital letter. Numbers and « h » are joined by no-break spaces. */
export interface DateWords {
  /** « mercredi 25 novembre »; with the year when it is not the current one: « vendredi 1er janvier 2027 ». */
  day(date: LocalDate, now: Date): string;
  /** « 1er novembre 2026 », for the date of a check. */
  fullDate(date: LocalDate): string;
  /** « hier », « aujourd'hui », « demain », « après-demain »; undefined for any other day. */
  relative(date: LocalDate, now: Date): string | undefined;
  /** « de 14 h à 16 h 30 », « l'après-midi »; undefined when nothing is known. */
  slot(slot: Slot): string | undefined;
  /** « 22 h », « 22 h 30 » */
  time(time: LocalTime): string;
  /** « demain, mercredi 25 novembre, l'après-midi »: the relative word and the slot when there are any. */
  when(occurrence: Pick<Occurrence, 'date' | 'slot'>, now: Date): string;
  /** « tous les mercredis », « un mercredi sur deux », « le 1er jeudi du mois ». */
  rule(rule: RecurrenceRule): string;
  /** « mercredi » */
  weekday(weekday: Weekday): string;
  /** « juillet », for 7. */
  month(month: number): string;
  /** « Noël », « jour de l'An »: without an article. */
  holiday(id: PublicHolidayId): string;
}

const MONDAY = '2024-01-01';

export function createDateWords(words: DateCatalogue): DateWords {
  function day(date: LocalDate, now: Date): string {
    const isThisYear = date.slice(0, 4) === parisDate(now).slice(0, 4);
    return inFrench(date, isThisYear ? 'dddd Do MMMM' : 'dddd Do MMMM YYYY');
  }

  function relative(date: LocalDate, now: Date): string | undefined {
    const { yesterday, today, tomorrow, dayAfterTomorrow } = words.relative;
    return [yesterday, today, tomorrow, dayAfterTomorrow][daysBetween(parisDate(now), date) + 1];
  }

  function time(time: LocalTime): string {
    const [hour = '', minutes = ''] = time.split(':');
    return fillWords(minutes === '00' ? words.hour : words.hourAndMinutes, { hour: String(Number(hour)), minutes });
  }

  function slot({ hours, part }: Slot): string | undefined {
    if (hours) return fillWords(words.hours, { from: time(hours.from), to: time(hours.to) });
    return part && words.parts[part];
  }

  return {
    day,
    relative,
    slot,
    time,
    fullDate: (date) => inFrench(date, 'Do MMMM YYYY'),
    when(occurrence, now) {
      const near = relative(occurrence.date, now);
      const date = day(occurrence.date, now);
      const named = near ? fillWords(words.relativeDay, { relative: near, day: date }) : date;
      const hours = slot(occurrence.slot);
      return hours ? fillWords(words.dayAndSlot, { day: named, slot: hours }) : named;
    },
    rule(rule) {
      const weekday = weekdayName(rule.weekday);
      if (rule.kind === 'monthly') return fillWords(words.everyMonth, { nth: words.nth[`${rule.nth}`], weekday });
      if (rule.everyWeeks === 1) return fillWords(words.everyWeek, { weekday });
      const weeks = String(rule.everyWeeks);
      return fillWords(words.everyNthWeek, { weekday, weeks: words.weeks[weeks] ?? weeks });
    },
    weekday: weekdayName,
    month: (month) => inFrench(`2024-${String(month).padStart(2, '0')}-01`, 'MMMM'),
    holiday: (id) => words.holidays[id],
  };
}

function weekdayName(weekday: Weekday): string {
  return inFrench(addDays(MONDAY, weekday - 1), 'dddd');
}

/** French writes the ordinal for the 1st only, and dayjs's `Do` knows it: « 1er janvier », « 2 janvier ». */
function inFrench(date: LocalDate, format: string): string {
  return dayjs.utc(date).locale('fr').format(format);
}
