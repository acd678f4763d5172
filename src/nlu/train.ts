import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { createConceptFinder, loadConcepts } from './concepts.js';
import { LABELS } from './labels.js';
import { LEARNING, learn, type Teacher } from './learn.js';
import type { LinearModel } from './linear/linear-model.js';
import { type SerialisedModel, serialisedModelSchema, serialiseModel } from './linear/model-file.js';
import { loadCorpus } from './load-corpus.js';
import { asFolder, loadLexicons } from './load-lexicons.js';
import { type Analyse, createAnalyser } from './message-forms.js';
import { trainNlpjsModel } from './nlpjs-classifier.js';
import { createHeavyNoise, loadNoise } from './noise.js';
import { createNormaliser } from './normalise.js';

/** Raised whenever the features or the training change, so that no model of older code is used. */
const CODE_VERSION = 2;

/** The data that the model depends on; the other lexicons are read afresh at each start. */
const LEXICONS_OF_THE_MODEL = ['nlu/normaliser.json', 'nlu/concepts.json', 'nlu/noise.json', 'nlu/decision.json'];

export const modelFileSchema = z.strictObject({ hash: z.string(), model: serialisedModelSchema });

export interface TrainedModel {
  readonly hash: string;
  readonly model: SerialisedModel;
}

/**
 * Deterministic: the same data and code give the same bytes.
 * @throws ContentError when the corpus or a lexicon does not hold what it must
 */
export async function trainModel(corpusDir: URL): Promise<TrainedModel> {
  const hash = hashSources(corpusDir);
  return { hash, model: serialiseModel(await train(corpusDir)) };
}

async function train(corpusDir: URL): Promise<LinearModel> {
  const { normaliser, decision } = loadLexicons(corpusDir);
  const teacher = loadTeacher(corpusDir);
  const trained = await trainNlpjsModel(loadCorpus(corpusDir, createNormaliser(normaliser)), LABELS, {
    analyse: teacher.analyse,
    train: (utterances) => learn(utterances, LABELS, teacher),
  });
  return { ...trained, temperature: decision.temperature };
}

/** @throws ContentError when a lexicon does not hold what it must */
export function loadTeacher(corpusDir: URL): Teacher {
  return { analyse: loadAnalyser(corpusDir), degrade: createHeavyNoise(loadNoise(corpusDir)) };
}

/** @throws ContentError when a lexicon does not hold what it must */
export function loadAnalyser(corpusDir: URL, lexicons = loadLexicons(corpusDir)): Analyse {
  const normalise = createNormaliser(lexicons.normaliser);
  return createAnalyser(normalise, createConceptFinder(loadConcepts(corpusDir), normalise));
}

/** Names the data and the code that a model was made from. */
export function hashSources(corpusDir: URL): string {
  const folder = asFolder(corpusDir);
  const intents = readdirSync(new URL('intents/', folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `intents/${name}`);
  const hash = createHash('sha256').update(JSON.stringify([CODE_VERSION, LEARNING]));
  for (const name of [...intents, ...LEXICONS_OF_THE_MODEL]) {
    hash.update(`\0${name}\0`).update(readFileSync(new URL(name, folder)));
  }
  return hash.digest('hex');
}
