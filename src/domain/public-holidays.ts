import type { LocalDate } from './local-date.js';
import { daysBetween } from './paris-time.js';

/**
 * The 11 public holidays of article L3133-1 of the French labour code, by rule. The two more of Alsace and Moselle are
 * left out: Besançon lies outside.
 */
export type PublicHolidayId =
  | 'new-year'
  | 'easter-monday'
  | 'labour-day'
  | 'victory-1945'
  | 'ascension'
  | 'whit-monday'
  | 'national-day'
  | 'assumption'
  | 'all-saints'
  | 'armistice-1918'
  | 'christmas';

const FIXED: Readonly<Record<string, PublicHolidayId>> = {
  '01-01': 'new-year',
  '05-01': 'labour-day',
  '05-08': 'victory-1945',
  '07-14': 'national-day',
  '08-15': 'assumption',
  '11-01': 'all-saints',
  '11-11': 'armistice-1918',
  '12-25': 'christmas',
};

const AFTER_EASTER: Readonly<Record<number, PublicHolidayId>> = {
  1: 'easter-monday',
  39: 'ascension',
  50: 'whit-monday',
};

/**
 * The public holiday of that day. When two fall together (Ascension on 1 May 2008), the one with a fixed date.
 * @throws RangeError when the day does not exist.
 */
export function publicHolidayOn(date: LocalDate): PublicHolidayId | undefined {
  const year = date.slice(0, 4);
  const dayOfMarch = daysBetween(`${year}-03-01`, date) + 1;
  return FIXED[date.slice(5)] ?? AFTER_EASTER[dayOfMarch - easterDayOfMarch(Number(year))];
}

/**
 * Easter Sunday as a day counted from 1 March, so that 32 is 1 April: the Gregorian computus of Meeus, Jones and Butcher
 * (J. Meeus, Astronomical Algorithms, chapter 8).
 */
function easterDayOfMarch(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonShift = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  return 22 + epact + toSunday - 7 * correction;
}
