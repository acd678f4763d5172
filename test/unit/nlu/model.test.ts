import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createNlu } from '../../../src/nlu/create-nlu.js';
import { deserialiseModel } from '../../../src/nlu/linear/model-file.js';
import { isModelCurrent, loadModel } from '../../../src/nlu/load-model.js';
import { hashSources, type TrainedModel, trainModel } from '../../../src/nlu/train.js';
import { CORPUS_DIR } from './support.js';

let trained: TrainedModel;
beforeAll(async () => {
  trained = await trainModel(CORPUS_DIR);
});

function writeModel(content: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'model-')), 'fr.json');
  writeFileSync(file, content);
  return pathToFileURL(file);
}

describe('training', () => {
  test('gives the same bytes for the same corpus', async () => {
    expect(JSON.stringify(await trainModel(CORPUS_DIR)) === JSON.stringify(trained)).toBe(true);
  });

  test('leaves no word of the corpus in the model', () => {
    const { features, idf, weights, scales, bias, ...rest } = trained.model;
    // Numbers only: each part is base64 through and through.
    for (const part of [features, idf, weights, scales, bias]) {
      expect(part.length).toBeGreaterThan(0);
      expect(Buffer.from(part, 'base64').toString('base64')).toBe(part);
    }
    expect(Object.keys(rest).sort()).toEqual(['families', 'labels', 'temperature']);
  });
});

describe('the model file', () => {
  test('is used when it fits the corpus', async () => {
    const marked = { ...trained, model: { ...trained.model, temperature: 1.75 } };
    const file = writeModel(JSON.stringify(marked));
    expect(isModelCurrent(CORPUS_DIR, file)).toBe(true);
    expect((await loadModel(CORPUS_DIR, file)).temperature).toBe(1.75);
  });

  const ofAnotherCorpus = () =>
    JSON.stringify({ ...trained, hash: 'other', model: { ...trained.model, temperature: 1.75 } });

  test.each([
    ['of another corpus', ofAnotherCorpus],
    ['cut short', () => JSON.stringify(trained).slice(0, 1_000)],
    ['of another shape', () => JSON.stringify({ ...trained, model: {} })],
  ])('%s is not used', (_, content) => {
    expect(isModelCurrent(CORPUS_DIR, writeModel(content()))).toBe(false);
  });

  test('that is not used is replaced by training anew', async () => {
    expect(await loadModel(CORPUS_DIR, writeModel(ofAnotherCorpus()))).toEqual(deserialiseModel(trained.model));
  });

  test('whose parts do not fit each other is refused', () => {
    expect(() => deserialiseModel({ ...trained.model, bias: '' })).toThrow('do not fit');
  });

  test('fits no more once a line of the corpus or a word of the normaliser changes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
    cpSync(fileURLToPath(CORPUS_DIR), folder, { recursive: true });
    const copy = pathToFileURL(folder);
    expect(hashSources(copy)).toBe(trained.hash);
    for (const name of ['intents/None.json', 'nlu/normaliser.json']) {
      const before = hashSources(copy);
      writeFileSync(join(folder, name), `${readFileSync(join(folder, name), 'utf8')} `);
      expect(hashSources(copy)).not.toBe(before);
    }
  });
});

test('createNlu gives a recogniser and a detector that work together', async () => {
  const { recognizer, emergency } = await createNlu({
    corpusDir: new URL(CORPUS_DIR.href.replace(/\/$/, '')),
    modelFile: writeModel(JSON.stringify(trained)),
  });
  const { decision } = await recognizer.recognise('où se tient la permanence ?', new Date('2026-11-23T09:00:00Z'));
  expect(decision).toEqual({ kind: 'answer', intent: 'permanence.location' });
  expect(await emergency.assess('jveu mourir')).toEqual({ kinds: ['suicide'], level: 2 });
  expect(await emergency.assess('où se tient la permanence ?')).toBeUndefined();
});
