import { describe, expect, test } from '@jest/globals';
import type { JudgedLine } from '../../../src/nlu/evaluation/judged-line.js';
import { lintCorpus } from '../../../src/nlu/evaluation/lint.js';
import { findNearPairs, foldsByPhrasing } from '../../../src/nlu/evaluation/near-duplicates.js';
import { reportOn } from '../../../src/nlu/evaluation/report.js';
import { loadCorpus } from '../../../src/nlu/load-corpus.js';
import { createHeavyNoise, loadNoise } from '../../../src/nlu/noise.js';
import { CORPUS_DIR, normalise } from './support.js';

const line = (expected: string, ranking: string[], more: Partial<JudgedLine> = {}): JudgedLine => ({
  expected,
  ranking,
  decision: { kind: 'unsure' },
  level: 0,
  milliseconds: 1,
  ...more,
});

describe('the report', () => {
  const report = reportOn([
    line('a', ['a', 'b'], { decision: { kind: 'answer', intent: 'a' }, milliseconds: 9 }),
    line('a', ['b', 'a'], { decision: { kind: 'disambiguate', intents: ['b', 'a'] } }),
    line('None', ['a', 'None'], { decision: { kind: 'answer', intent: 'a' } }),
    line('emergency', ['emergency', 'a'], { level: 1 }),
    line('None', ['None', 'a'], { level: 2 }),
  ]);

  test('counts what it says it counts', () => {
    expect(report).toMatchObject({
      n: 5,
      accuracy: 0.6,
      top2: 1,
      answered: { coverage: 0.4, precision: 0.5 },
      disambiguated: { rate: 0.2, top2: 1 },
      none: { answeredWrongly: 0.5 },
      emergency: { shown: { recall: 1, falseAlarmRate: 0.25 }, level2: { recall: 0, falseAlarmRate: 0.25 } },
      latencyMs: { p50: 1, p99: 9 },
    });
    expect(report.perIntent.a).toEqual({ n: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(report.macroF1).toBeCloseTo((0.5 + 2 / 3 + 1) / 3, 3);
    expect(report.confusions).toEqual([
      { expected: 'None', predicted: 'a', count: 1 },
      { expected: 'a', predicted: 'b', count: 1 },
    ]);
  });

  test('of nothing is no failure', () => {
    expect(reportOn([])).toMatchObject({ n: 0, accuracy: 0, latencyMs: { p50: 0, p99: 0 } });
  });
});

describe('near-duplicates', () => {
  const texts = [
    'ou est la permanence',
    'ou est la permanence svp',
    'je veux porter plainte',
    'ou est la permanense svp',
  ];

  test('are found', () => {
    expect(findNearPairs(texts, 0.6).map(({ first, second }) => [first, second])).toEqual(
      expect.arrayContaining([
        [0, 1],
        [1, 3],
      ]),
    );
  });

  test('stay in one fold, with what is near to them', () => {
    const [a, b, c, d] = foldsByPhrasing(texts, 4);
    expect(b).toBe(a);
    expect(d).toBe(a);
    expect(c).not.toBe(a);
  });
});

describe('the corpus', () => {
  const lint = lintCorpus(loadCorpus(CORPUS_DIR, normalise), normalise);

  test('has no thin spot, no duplicate, and few lines that look mislabelled', () => {
    expect(lint.thinSpots).toEqual([]);
    expect(lint.duplicates).toEqual([]);
    expect(lint.conflicts.length / lint.lines).toBeLessThan(0.015);
    expect(lint.nearDuplicates.length / lint.lines).toBeLessThan(0.05);
  });
});

describe('noise', () => {
  const degrade = createHeavyNoise(loadNoise(CORPUS_DIR));
  const text = "Bonjour, j'ai été réveillé à l'aube, où est-ce que je peux le signaler aujourd'hui ?";

  test('is the same for the same text and seed', () => {
    expect(degrade(text, 1)).toBe(degrade(text, 1));
    expect(degrade(text, 1)).not.toBe(degrade(text, 2));
  });

  test('takes accents and apostrophes away', () => {
    expect(degrade(text, 3)).not.toMatch(/[éèàù'’]\p{L}/u);
  });
});
