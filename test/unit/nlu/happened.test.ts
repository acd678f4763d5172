import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLocalDate } from '../../../src/domain/paris-time.js';
import { createHappenedFinder } from '../../../src/nlu/entities/happened.js';
import { createTimeFinder } from '../../../src/nlu/entities/times.js';
import { lexicons, normalise } from './support.js';

const findHappened = createHappenedFinder(lexicons);
const findTime = createTimeFinder(lexicons.dates);

/** « depuis » for what goes on, « nuit » for a night, then the days, then what it comes back with, perhaps (~). */
function happened(text: string, now: string): string | undefined {
  const found = findHappened(normalise(text), new Date(now), findTime(text));
  if (!found) return undefined;
  const { dates, isSince, isNight, recurrence } = found;
  const days = dates && (dates.from === dates.to ? dates.from : `${dates.from}..${dates.to}`);
  const again = recurrence && [recurrence.isVague ? '~' : '×', recurrence.every, recurrence.weekday];
  return [isSince && 'depuis', isNight && 'nuit', days, ...(again ?? [])].filter(Boolean).join(' ');
}

/** A Monday, 10:00 in Paris. */
const MONDAY = '2026-11-23T09:00:00Z';

describe('on Monday 23 November 2026', () => {
  test.each([
    ['hier soir vers 22 h', '2026-11-22'],
    ['hier vers 22h', '2026-11-22'],
    ['avant-hier', '2026-11-21'],
    ['ce matin', '2026-11-23'],
    ['samedi', '2026-11-21'],
    ['samdi soir', '2026-11-21'],
    ['dimanche', '2026-11-22'],
    ['mercredi soir vers 21h', '2026-11-18'],
    ['lundi à 8h', '2026-11-23'],
    ['lundi soir', '2026-11-16'],
    ['lundi dernier', '2026-11-16'],
    ['le 3', '2026-11-03'],
    ['le 31', '2026-10-31'],
    ['samedi 21', '2026-11-21'],
    ['le 14 juillet', '2026-07-14'],
    ['le 25/12', '2025-12-25'],
    ['le 3 mars 2025', '2025-03-03'],
    ['le 29 février', '2024-02-29'],
    ['à la toussaint', '2026-11-01'],
    ['à noël', '2025-12-25'],
    ['à Pâques', '2026-04-05'],
    ['il y a trois jours', '2026-11-20'],
    ['il y a deux semaines', '2026-11-09..2026-11-15'],
    ['cette semaine', '2026-11-23'],
    ['la semaine dernière', '2026-11-16..2026-11-22'],
    ['ce week-end', '2026-11-21..2026-11-22'],
    ['le weekend dernier', '2026-11-21..2026-11-22'],
    ['ce mois-ci', '2026-11-01..2026-11-23'],
    ['en juillet', '2026-07-01..2026-07-31'],
    ['en décembre', '2025-12-01..2025-12-31'],
    ['cette nuit', 'nuit 2026-11-22..2026-11-23'],
    ['la nuit dernière à 3h', 'nuit 2026-11-22..2026-11-23'],
    ['tous les soirs', '× evening'],
    ['ts les soirs', '× evening'],
    ['chaque nuit', '× night'],
    ['tous les samedis soirs', '× weekday 6'],
    ['le samedi', '~ weekday 6'],
    ['le samedi 21', '2026-11-21'],
    ['le soir en général', '~ evening'],
    ['hier le soir', '2026-11-22'],
    ['le week-end', '~ weekend'],
    ['tous les week ends', '× weekend'],
    ['tt les midis', '× noon'],
    ['tous les jours depuis lundi', 'depuis 2026-11-23 × day'],
    ['h24', '× day'],
    ['tout le temps', '× often'],
    ['depuis longtemps', '× often'],
    ['depuis plusieurs mois', '× often'],
    ['depuis trois semaines', 'depuis 2026-11-02..2026-11-23'],
    ['depuis 2 mois', 'depuis 2026-09-24..2026-11-23'],
    ['ça fait trois nuits que je dors pas', 'depuis 2026-11-20..2026-11-23'],
    ['depuis samedi', 'depuis 2026-11-21..2026-11-23'],
    ['depuis le 3', 'depuis 2026-11-03..2026-11-23'],
    ['depuis septembre', 'depuis 2026-09-01..2026-11-23'],
    ['tous les soirs depuis début octobre', 'depuis 2026-10-01..2026-11-23 × evening'],
    ['demain', '2026-11-24'],
  ])('%s → %s', (text, expected) => {
    expect(happened(text, MONDAY)).toBe(expected);
  });

  test.each(['je sais plus', 'vers 22h', 'quand les jeunes sont là', 'le 31/02', ''])('nothing in « %s »', (text) => {
    expect(happened(text, MONDAY)).toBeUndefined();
  });
});

test('on a Saturday the weekend is the one under way', () => {
  expect(happened('ce week-end', '2026-11-21T09:00:00Z')).toBe('2026-11-21');
  expect(happened('samedi', '2026-11-21T09:00:00Z')).toBe('2026-11-21');
});

test('days exist and are in order, whatever is typed', () => {
  const words = Object.keys({ ...lexicons.dates.weekdays, ...lexicons.dates.months, ...lexicons.dates.relativeDays });
  const word = fc.constantFrom(
    ...words,
    'le',
    'depuis',
    'tous',
    'les',
    'il y a',
    'en',
    '31',
    '29/02',
    'dernier',
    'mois',
  );
  const anyTime = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), anyTime, (said, now) => {
      const dates = findHappened(normalise(said.join(' ')), now, undefined)?.dates;
      if (!dates) return;
      expect([dates.from, dates.to].every(isLocalDate)).toBe(true);
      expect(dates.from <= dates.to).toBe(true);
    }),
    { numRuns: 500 },
  );
});
