import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import type { RecurrenceRule, Slot } from '../../../src/domain/facts.js';
import { createPermanenceSchedule } from '../../../src/domain/permanence-schedule.js';
import { buildPermanence } from '../../support/build-facts.js';

const words = loadDateWords(pathToFileURL(`${process.cwd()}/corpus/fr/`));
const now = new Date('2026-11-24T09:00+01:00');
/** No-break spaces as ordinary ones, so that the expectations can be read. */
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

describe('dates in French', () => {
  test.each([
    ['2026-11-25', 'mercredi 25 novembre'],
    ['2026-12-01', 'mardi 1er décembre'],
    ['2027-01-01', 'vendredi 1er janvier 2027'],
    ['2025-08-15', 'vendredi 15 août 2025'],
    ['2026-02-28', 'samedi 28 février'],
  ])('%s is « %s »', (date, expected) => expect(words.day(date, now)).toBe(expected));

  test('the year is that of Paris, not of UTC', () => {
    expect(words.day('2027-01-06', new Date('2026-12-31T23:30Z'))).toBe('mercredi 6 janvier');
  });

  test('the date of a check is given in full', () => expect(words.fullDate('2026-11-01')).toBe('1er novembre 2026'));

  test.each([
    ['2026-11-22', undefined],
    ['2026-11-23', 'hier'],
    ['2026-11-24', "aujourd'hui"],
    ['2026-11-25', 'demain'],
    ['2026-11-26', 'après-demain'],
    ['2026-11-27', undefined],
  ])('seen from 24 November, %s is %s', (date, expected) => expect(words.relative(date, now)).toBe(expected));

  test.each<[Slot, string | undefined]>([
    [{}, undefined],
    [{ part: 'morning' }, 'le matin'],
    [{ part: 'afternoon' }, "l'après-midi"],
    [{ hours: { from: '14:00', to: '16:00' } }, 'de 14 h à 16 h'],
    [{ hours: { from: '09:30', to: '12:05' }, part: 'morning' }, 'de 9 h 30 à 12 h 05'],
  ])('the slot %j is « %s »', (slot, expected) => expect(plain(words.slot(slot))).toBe(expected));

  test('hours never break over two lines', () => {
    expect(words.slot({ hours: { from: '14:00', to: '16:30' } })).toBe('de 14\u00a0h à 16\u00a0h\u00a030');
  });

  test('an occurrence is told with its relative word and its slot, when there are any', () => {
    const wednesdays = createPermanenceSchedule(buildPermanence()).next(now, 2);
    expect(wednesdays.map((occurrence) => words.when(occurrence, now))).toEqual([
      "demain, mercredi 25 novembre, l'après-midi",
      "mercredi 2 décembre, l'après-midi",
    ]);
    const [unknown] = createPermanenceSchedule(buildPermanence({ slot: {} })).next(now);
    expect(unknown && words.when(unknown, now)).toBe('demain, mercredi 25 novembre');
  });

  test.each<[RecurrenceRule, string]>([
    [{ kind: 'weekly', weekday: 3, everyWeeks: 1 }, 'tous les mercredis'],
    [{ kind: 'weekly', weekday: 7, everyWeeks: 2, anchor: '2026-11-29' }, 'un dimanche sur deux'],
    [{ kind: 'weekly', weekday: 1, everyWeeks: 6, anchor: '2026-11-23' }, 'un lundi sur 6'],
    [{ kind: 'monthly', weekday: 4, nth: 1 }, 'le 1er jeudi du mois'],
    [{ kind: 'monthly', weekday: 5, nth: 3 }, 'le 3e vendredi du mois'],
    [{ kind: 'monthly', weekday: 6, nth: -1 }, 'le dernier samedi du mois'],
  ])('the rule %j is « %s »', (rule, expected) => expect(words.rule(rule)).toBe(expected));

  test('weekdays, months and holidays have their names', () => {
    expect(([1, 2, 3, 4, 5, 6, 7] as const).map(words.weekday).join(' ')).toBe(
      'lundi mardi mercredi jeudi vendredi samedi dimanche',
    );
    expect([words.month(2), words.month(7), words.month(12)]).toEqual(['février', 'juillet', 'décembre']);
    expect(words.holiday('new-year')).toBe("jour de l'An");
  });
});
