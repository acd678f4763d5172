import { expect, test } from '@jest/globals';
import { type Counted, countFigures, figuresAsCsv } from '../../../src/web/inbox/reports/figures.js';
import { CATEGORIES, FIGURES } from '../../../src/web/inbox/strings-reports.js';

const REPORTS: readonly Counted[] = [
  { month: '2026-11', category: 'noise' },
  { month: '2026-11', category: 'noise' },
  { month: '2026-11' },
  { month: '2026-08', category: 'police' },
];

test('reports are counted by subject and month, the newest first, with the months between', () => {
  const { months, all } = countFigures(REPORTS);
  expect(months.map(({ month, total }) => [month, total])).toEqual([
    ['2026-11', 3],
    ['2026-10', 0],
    ['2026-09', 0],
    ['2026-08', 1],
  ]);
  expect(months[0]?.byCategory.noise).toBe(2);
  expect(months[0]?.unopened).toBe(1);
  expect(all).toMatchObject({ total: 4, unopened: 1 });
  expect(all.byCategory).toMatchObject({ noise: 2, police: 1, other: 0 });
});

test('years are passed from one to the next', () => {
  const { months } = countFigures([{ month: '2027-01' }, { month: '2026-12' }]);
  expect(months.map(({ month }) => month)).toEqual(['2027-01', '2026-12']);
});

test('nothing gives nothing', () => {
  expect(countFigures([]).months).toEqual([]);
});

test('the file holds numbers and our own words, as spreadsheets in France read them', () => {
  const csv = figuresAsCsv(countFigures(REPORTS.slice(0, 3)), { ...FIGURES, categories: CATEGORIES });
  expect(csv.split('\r\n')).toEqual([
    '\ufeffMois;Nuisances, bruit;Rodéos, circulation;Trafic de drogue;Incivilités, dégradations;Sentiment d’insécurité;Relations avec la police;Autre sujet;Non ouverts;Total',
    '2026-11;2;0;0;0;0;0;0;1;3',
    'Total;2;0;0;0;0;0;0;1;3',
    '',
  ]);
});
