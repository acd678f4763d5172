import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLocalDate } from '../../../src/domain/paris-time.js';
import { createDateFinder } from '../../../src/nlu/entities/dates.js';
import { lexicons, normalise } from './support.js';

const findDates = createDateFinder(lexicons.dates);
const dates = (text: string, now: string) => {
  const found = findDates(normalise(text), new Date(now));
  return found && (found.from === found.to ? found.from : `${found.from}..${found.to}`);
};

/** A Monday. */
const MONDAY = '2026-11-23T09:00:00Z';

describe('on Monday 23 November 2026', () => {
  test.each([
    ["c'est ouvert aujourd'hui ?", '2026-11-23'],
    ['ce soir', '2026-11-23'],
    ['ouvert mtn ?', '2026-11-23'],
    ['demain matin', '2026-11-24'],
    ['demin', '2026-11-24'],
    ['2main', '2026-11-24'],
    ['après-demain', '2026-11-25'],
    ['apres demain', '2026-11-25'],
    ['hier vers 22h', '2026-11-22'],
    ['avant-hier', '2026-11-21'],
    ['lundi', '2026-11-23'],
    ['lundi prochain', '2026-11-30'],
    ['mercredi', '2026-11-25'],
    ['mecredi', '2026-11-25'],
    ['mercredi prochain', '2026-11-25'],
    ['mercredi dernier', '2026-11-18'],
    ['lundi dernier', '2026-11-16'],
    ['mercredi de la semaine prochaine', '2026-12-02'],
    ['jeudi en huit', '2026-12-03'],
    ['jeudi en quinze', '2026-12-10'],
    ['le 3', '2026-12-03'],
    ['le 23', '2026-11-23'],
    ['le 31', '2026-12-31'],
    ['mercredi 25', '2026-11-25'],
    ['le 3 décembre', '2026-12-03'],
    ['le trois decembre', '2026-12-03'],
    ['le vingt-cinq décembre', '2026-12-25'],
    ['le 3 décembre 2027', '2027-12-03'],
    ['le 22 novembre', '2027-11-22'],
    ['le 1er janvier', '2027-01-01'],
    ['le premier janvier', '2027-01-01'],
    ['25/12', '2026-12-25'],
    ['le 25/12/2027', '2027-12-25'],
    ['le 25-12-26', '2026-12-25'],
    ['le 29/02', '2028-02-29'],
    ['dans trois jours', '2026-11-26'],
    ['il y a deux jours', '2026-11-21'],
    ['noël', '2026-12-25'],
    ['pour la veille de Noël', '2026-12-24'],
    ['au nouvel an', '2027-01-01'],
    ['le 14 juillet', '2027-07-14'],
    ['lundi de Pâques', '2027-03-29'],
    ["à l'Ascension", '2027-05-06'],
    ['cette semaine', '2026-11-23..2026-11-29'],
    ['la semaine prochaine', '2026-11-30..2026-12-06'],
    ['la semaine dernière', '2026-11-16..2026-11-22'],
    ['dans deux semaines', '2026-12-07..2026-12-13'],
    ['ce week-end', '2026-11-28..2026-11-29'],
    ['le week-end dernier', '2026-11-21..2026-11-22'],
    ['ce mois-ci', '2026-11-23..2026-11-30'],
    ['le mois prochain', '2026-12-01..2026-12-31'],
    ['dans deux mois', '2027-01-01..2027-01-31'],
    ['en juillet', '2027-07-01..2027-07-31'],
    ['en novembre', '2026-11-23..2026-11-30'],
  ])('%s → %s', (text, expected) => {
    expect(dates(text, MONDAY)).toBe(expected);
  });

  test.each([
    'pendant les vacances',
    'tous les mercredis',
    'chaque jeudi',
    'le 31/02',
    'le 31 avril 2027',
    'le 32',
    'le 0',
    '45/12',
    '7/9 rue Picasso',
    "c'est ouvert 24/24 et 7/7 ?",
    'faut-il appeler le 17',
    'mon mari',
    'constructor __proto__ toString',
    '',
  ])('none in « %s »', (text) => {
    expect(dates(text, MONDAY)).toBeUndefined();
  });
});

describe('on a Wednesday', () => {
  const WEDNESDAY = '2026-11-25T09:00:00Z';
  test.each([
    ['mercredi', '2026-11-25'],
    ['mercredi prochain', '2026-12-02'],
    ['mercredi en huit', '2026-12-02'],
    ['mercredi dernier', '2026-11-18'],
    ['cette semaine', '2026-11-25..2026-11-29'],
    ['lundi de cette semaine', '2026-11-23'],
  ])('%s → %s', (text, expected) => {
    expect(dates(text, WEDNESDAY)).toBe(expected);
  });
});

describe('at the edges of days and years, in Paris', () => {
  test.each([
    ['demain', '2026-12-31T10:00:00Z', '2027-01-01'],
    ['hier', '2027-01-01T10:00:00Z', '2026-12-31'],
    ['cette semaine', '2026-12-31T10:00:00Z', '2026-12-31..2027-01-03'],
    ['la semaine prochaine', '2026-12-31T10:00:00Z', '2027-01-04..2027-01-10'],
    ['le mois prochain', '2026-12-15T10:00:00Z', '2027-01-01..2027-01-31'],
    ['en décembre', '2027-01-01T10:00:00Z', '2027-12-01..2027-12-31'],
    ["aujourd'hui", '2026-12-31T22:59:59Z', '2026-12-31'],
    ["aujourd'hui", '2026-12-31T23:00:00Z', '2027-01-01'],
    ["aujourd'hui", '2026-07-01T21:59:59Z', '2026-07-01'],
    ["aujourd'hui", '2026-07-01T22:00:00Z', '2026-07-02'],
    ['demain', '2027-03-27T23:30:00Z', '2027-03-29'],
    ['dimanche', '2026-10-24T22:30:00Z', '2026-10-25'],
    ['lundi', '2026-10-24T22:30:00Z', '2026-10-26'],
    ['ce week-end', '2026-11-29T10:00:00Z', '2026-11-29'],
    ['le week-end prochain', '2026-11-29T10:00:00Z', '2026-12-05..2026-12-06'],
    ['le 31', '2027-02-01T10:00:00Z', '2027-03-31'],
    ['pâques', '2026-04-05T10:00:00Z', '2026-04-05'],
    ['pâques', '2026-04-06T10:00:00Z', '2027-03-28'],
  ])('%s at %s → %s', (text, now, expected) => {
    expect(dates(text, now)).toBe(expected);
  });
});

test('any date in digits is a day of the calendar, or none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 99 }),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      (day, month, now) => {
        const found = findDates(normalise(`le ${day}/${month}`), now);
        expect(found === undefined || isLocalDate(found.from)).toBe(true);
        if (found) expect(found.from.slice(5)).toBe(`${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`);
      },
    ),
  );
});
