import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';

import { createNlu } from '../../../src/nlu/create-nlu.js';
import { LABELS } from '../../../src/nlu/labels.js';
import { deserialiseModel } from '../../../src/nlu/linear/model-file.js';
import { isModelCurrent, loadModel } from '../../../src/nlu/load-model.js';
import { hashSources, type TrainedModel } from '../../../src/nlu/train.js';
import { IS_THOROUGH } from '../../support/depth.js';
import { CORPUS_DIR, MODEL_FILE } from './support.js';

/** What `npm run build` made. */
const built = readFileSync(MODEL_FILE, 'utf8');
const trained: TrainedModel = JSON.parse(built);

/** A corpus of thirty lines a label, on which training takes a moment. */
function smallCorpus(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  cpSync(fileURLToPath(CORPUS_DIR), folder, { recursive: true });
  for (const label of LABELS) {
    const utterances = Array.from({ length: 30 }, (_, line) => `${label.replace('.', ' ')} numéro ${line}`);
    const file = { name: label, locale: 'fr-FR', data: [{ intent: label, utterances }] };
    writeFileSync(join(folder, 'intents', `${label}.json`), JSON.stringify(file));
  }
  return pathToFileURL(folder);
}

function writeModel(content: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'model-')), 'fr.json');
  writeFileSync(file, content);
  return pathToFileURL(file);
}

/** What another process makes of the corpus, as bytes. */
function trainElsewhere(corpusDir: URL): string {
  const child = fileURLToPath(new URL('train-child.ts', import.meta.url));
  const args = ['--no-warnings', child, corpusDir.href];
  return spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout;
}

describe('training', () => {
  // A test of the model file shows the same on a small corpus, in every run.
  (IS_THOROUGH ? test : test.skip)(
    'gives the same bytes for the same corpus as the build did (in CI)',
    () => expect(trainElsewhere(CORPUS_DIR) === built).toBe(true),
    60_000,
  );

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

  test('that is not used is replaced by training anew, which gives the same in every process', async () => {
    const corpusDir = smallCorpus();
    const fresh: TrainedModel = JSON.parse(trainElsewhere(corpusDir));
    expect(fresh.hash).not.toBe(trained.hash);
    expect(await loadModel(corpusDir, writeModel(built))).toEqual(deserialiseModel(fresh.model));
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
