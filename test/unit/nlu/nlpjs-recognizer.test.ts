import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { IntentRecognizer } from '../../../src/nlu/intent-recognizer.js';
import { LABELS } from '../../../src/nlu/labels.js';
import type { LinearModel } from '../../../src/nlu/linear/linear-model.js';
import { createNlp, createNlpjsClassifier } from '../../../src/nlu/nlpjs-classifier.js';
import { createRecognizer } from '../../../src/nlu/nlpjs-recognizer.js';
import { analyse, lexicons, loadTestModel } from './support.js';

const NOW = new Date('2026-11-23T09:00:00Z');

let model: LinearModel;
let recognizer: IntentRecognizer;

beforeAll(async () => {
  model = await loadTestModel();
  recognizer = createRecognizer(createNlpjsClassifier(model, analyse), lexicons);
});

describe('answers', () => {
  test.each([
    ['Bonjour', 'smalltalk.greeting'],
    ['c ouvert kan la permanence', 'permanence.hours'],
    ['le mail de pontarlié svp', 'contact.email'],
    ['efface mes données', 'privacy.delete'],
    ['je veux mourir', 'emergency'],
  ])('%s → %s', async (text, intent) => {
    expect((await recognizer.recognise(text, NOW)).decision).toEqual({ kind: 'answer', intent });
  });

  test('with the sector and the day that are named', async () => {
    const { entities } = await recognizer.recognise('et mercredi à monbeliard ?', NOW);
    expect(entities).toEqual({
      sector: 'montbeliard',
      dates: { from: '2026-11-25', to: '2026-11-25' },
      // Of something that took place, the same word is the Wednesday before.
      happened: { dates: { from: '2026-11-18', to: '2026-11-18' } },
    });
  });

  test('the same text always alike', async () => {
    const first = await recognizer.recognise('où est la permanence', NOW);
    expect(await recognizer.recognise('où est la permanence', NOW)).toEqual(first);
  });
});

describe('whatever is typed', () => {
  test.each(['', '   ', '\n\t', '🙂🔥', '…!?', '\u200b'])('is unsure of « %s »', async (text) => {
    const { decision, ranking, entities } = await recognizer.recognise(text, NOW);
    expect(decision).toEqual({ kind: 'unsure' });
    expect(ranking[0]).toEqual({ label: 'None', probability: 1 });
    expect(entities).toEqual({});
  });

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype constructor',
    'None',
    'nonefeature',
    'fr',
  ])('ranks known labels only for « %s »', async (text) => {
    const { ranking } = await recognizer.recognise(text, NOW);
    expect(ranking.map(({ label }) => label).sort()).toEqual([...LABELS].sort());
  });

  test('reads 500 characters', async () => {
    const head = 'quels sont vos horaires '.padEnd(500, 'x ');
    const short = await recognizer.recognise(head, NOW);
    const long = await recognizer.recognise(`${head}${'je veux porter plainte '.repeat(150)}`, NOW);
    expect(long).toEqual(short);
  });

  test('gives a full ranking that sums to 1, best first, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 700 }), async (text) => {
        const { ranking } = await recognizer.recognise(text, NOW);
        const probabilities = ranking.map(({ probability }) => probability);
        expect(new Set(ranking.map(({ label }) => label)).size).toBe(LABELS.length);
        expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
        expect(probabilities.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
      }),
    );
  });
});

test('keeps no trace of 5,000 messages, and writes none to the console', async () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const spies = methods.map((method) => jest.spyOn(console, method).mockImplementation(() => undefined));
  const nlp = createNlp({ current: model }, { analyse });
  const watched = createRecognizer(createNlpjsClassifier(model, analyse, nlp), lexicons);
  await watched.recognise('pour commencer', NOW);
  const before = survey(nlp);
  for (let index = 0; index < 5_000; index += 1) {
    await watched.recognise(`monsecret${index.toString(36)} 06 12 34 56 78`, NOW);
  }
  const after = survey(nlp);
  expect(after.texts.filter((text) => /monsecret|06 ?12/.test(text))).toEqual([]);
  // It may remember which labels it has met, four values each, and nothing else.
  expect(after.values - before.values).toBeLessThanOrEqual(4 * LABELS.length);
  expect(spies.map((spy) => spy.mock.calls.length)).toEqual(methods.map(() => 0));
  for (const spy of spies) spy.mockRestore();
});

/** Every string that can be reached from nlp.js, keys included, and how many values there are. */
function survey(root: object): { texts: string[]; values: number } {
  const seen = new Set<object>();
  const texts: string[] = [];
  const queue: unknown[] = [root];
  let values = 0;
  for (let item = queue.pop(); item !== undefined || queue.length > 0; item = queue.pop()) {
    values += 1;
    if (typeof item === 'string') texts.push(item);
    if (item === null || (typeof item !== 'object' && typeof item !== 'function') || seen.has(item)) continue;
    seen.add(item);
    queue.push(...reachableFrom(item));
  }
  return { texts, values };
}

function reachableFrom(item: object): unknown[] {
  if (ArrayBuffer.isView(item)) return [];
  const entries = item instanceof Map ? [...item].flat() : item instanceof Set ? [...item] : [];
  const properties = Object.values(Object.getOwnPropertyDescriptors(item)).map(({ value }) => value);
  return [...Object.getOwnPropertyNames(item), ...properties, ...entries].filter((value) => value !== undefined);
}
