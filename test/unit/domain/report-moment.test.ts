import { describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadReportWords } from '../../../src/content/load-report.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { RECURRENCE_UNITS } from '../../../src/domain/happened.js';
import { createMomentReader, type SaidMoment } from '../../../src/domain/report-moment.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const moments = createMomentReader({
  answers: createAnswers(loadAnswers(CORPUS)),
  dates: loadDateWords(CORPUS),
  words: loadReportWords(CORPUS),
});
const NOW = new Date('2026-11-23T09:00:00Z');

const day = (date: string) => ({ from: date, to: date });
const at = (time: string) => ({ from: time, to: time });

describe('what was understood of a time', () => {
  test.each<[string, SaidMoment]>([
    ['dimanche 22 novembre, vers 22\u00a0h', { happened: { dates: day('2026-11-22') }, time: at('22:00') }],
    ['dimanche 22 novembre, le soir', { happened: { dates: day('2026-11-22') }, time: { from: '18:00', to: '23:59' } }],
    ['dimanche 22 novembre, la nuit', { happened: { dates: day('2026-11-22') }, time: { from: '22:00', to: '06:00' } }],
    ['dimanche 22 novembre, vers minuit', { happened: { dates: day('2026-11-22') }, time: at('23:59') }],
    ['jeudi 25 décembre 2025', { happened: { dates: day('2025-12-25') } }],
    ['du lundi 16 novembre au dimanche 22 novembre', { happened: { dates: { from: '2026-11-16', to: '2026-11-22' } } }],
    [
      'dans la nuit du dimanche 22 novembre au lundi 23 novembre',
      {
        happened: { dates: { from: '2026-11-22', to: '2026-11-23' }, isNight: true },
        time: { from: '22:00', to: '06:00' },
      },
    ],
    ['depuis le lundi 2 novembre', { happened: { dates: { from: '2026-11-02', to: '2026-11-23' }, isSince: true } }],
    [
      'tous les soirs, vers 22\u00a0h, depuis le lundi 2 novembre',
      {
        happened: { dates: { from: '2026-11-02', to: '2026-11-23' }, isSince: true, recurrence: { every: 'evening' } },
        time: at('22:00'),
      },
    ],
    [
      'tous les samedis, le soir',
      { happened: { recurrence: { every: 'weekday', weekday: 6 } }, time: { from: '18:00', to: '23:59' } },
    ],
    ['le samedi', { happened: { recurrence: { every: 'weekday', weekday: 6, isVague: true } } }],
    [
      'le soir',
      { happened: { recurrence: { every: 'evening', isVague: true } }, time: { from: '18:00', to: '23:59' } },
    ],
  ])('%s', (words, said) => {
    expect(moments.inWords('', said, NOW)).toBe(words);
  });

  test.each(RECURRENCE_UNITS)('every recurrence has words: %s', (every) => {
    const recurrence = every === 'weekday' ? { every, weekday: 1 as const } : { every };
    for (const isVague of [{}, { isVague: true as const }]) {
      expect(moments.inWords('', { happened: { recurrence: { ...recurrence, ...isVague } } }, NOW)).toMatch(/^\S/);
    }
  });

  test.each([
    ['hier après 22h', 'dimanche 22 novembre, après 22\u00a0h'],
    ['hier à partir de 22 h', 'dimanche 22 novembre, après 22\u00a0h'],
    ["hier jusqu'à 22h", 'dimanche 22 novembre, avant 22\u00a0h'],
    ['hier avant 22h', 'dimanche 22 novembre, avant 22\u00a0h'],
    ['après le repas, hier à 22h', 'dimanche 22 novembre, vers 22\u00a0h'],
  ])('an hour may be a beginning or an end: « %s »', (text, words) => {
    expect(moments.inWords(text, { happened: { dates: day('2026-11-22') }, time: at('22:00') }, NOW)).toBe(words);
  });

  test('an hour alone is no day', () => {
    expect(moments.inWords('vers 22h', { time: at('22:00') }, NOW)).toBeUndefined();
    expect(moments.read('vers 22h', { time: at('22:00') }, NOW)).toEqual({ text: 'vers 22h', time: '22:00' });
  });
});

test('what was typed goes with what delegates sort by', () => {
  const happened = { dates: { from: '2026-11-02', to: '2026-11-23' }, isSince: true } as const;
  expect(moments.read('dep 3 semaines', { happened, time: { from: '18:00', to: '23:59' } }, NOW)).toEqual({
    text: 'dep 3 semaines',
    words: 'le soir, depuis le lundi 2 novembre',
    from: '2026-11-02',
    to: '2026-11-23',
    isRecurring: true,
  });
});
