import { describe, expect, test } from '@jest/globals';
import { publicHolidayOn } from '../../../src/domain/public-holidays.js';
import { HOLIDAYS } from '../../support/schedule-oracle.js';

/** The names that date-holidays gives. */
const NAMES = {
  'new-year': 'Nouvel An',
  'easter-monday': 'Lundi de Pâques',
  'labour-day': 'Fête du travail',
  'victory-1945': 'Fête de la Victoire 1945',
  ascension: 'Ascension',
  'whit-monday': 'Lundi de Pentecôte',
  'national-day': 'Fête Nationale de la France',
  assumption: 'Assomption',
  'all-saints': 'Toussaint',
  'armistice-1918': 'Armistice 1918',
  christmas: 'Noël',
} as const;

describe('publicHolidayOn', () => {
  test('agrees with date-holidays on every day from 2000 to 2060', () => {
    const disagreements: string[] = [];
    let found = 0;
    for (let day = Date.UTC(2000, 0, 1); day < Date.UTC(2061, 0, 1); day += 86_400_000) {
      const date = new Date(day).toISOString().slice(0, 10);
      const ours = publicHolidayOn(date);
      const theirs = HOLIDAYS.get(date) ?? [];
      found += theirs.length;
      if (ours ? !theirs.includes(NAMES[ours]) : theirs.length > 0) disagreements.push(`${date} ${ours} ${theirs}`);
    }
    expect(disagreements).toEqual([]);
    expect(found).toBe(61 * 11);
  });

  test('Ascension on 1 May 2008 is told as the fixed one', () => {
    expect(publicHolidayOn('2008-05-01')).toBe('labour-day');
  });

  test('the days of Alsace-Moselle are ordinary ones', () => {
    expect(publicHolidayOn('2026-12-26')).toBeUndefined();
    expect(publicHolidayOn('2026-04-03')).toBeUndefined();
  });

  test('refuses a day that does not exist', () => expect(() => publicHolidayOn('2027-02-29')).toThrow(RangeError));
});
