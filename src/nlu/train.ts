import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type LinearModel,
  type SerialisedModel,
  serialisedModelSchema,
  serialiseModel,
} from './linear/linear-model.js';
import { TRAINING } from './linear/train-linear.js';
import { loadCorpus } from './load-corpus.js';
import { asFolder, loadLexicons } from './load-lexicons.js';
import { trainNlpjsModel } from './nlpjs-classifier.js';
import { createNormaliser } from './normalise.js';

/** Raised whenever the features or the training change, so that no model of older code is used. */
const CODE_VERSION = 1;

/** The data that the model depends on; the other lexicons are read afresh at each start. */
const LEXICONS_OF_THE_MODEL = ['nlu/normaliser.json', 'nlu/decision.json'];

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
  const trained = await trainNlpjsModel(loadCorpus(corpusDir, createNormaliser(normaliser)));
  return { ...trained, temperature: decision.temperature };
}

/** Names the data and the code that a model was made from. */
export function hashSources(corpusDir: URL): string {
  const folder = asFolder(corpusDir);
  const intents = readdirSync(new URL('intents/', folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `intents/${name}`);
  const hash = createHash('sha256').update(JSON.stringify([CODE_VERSION, TRAINING]));
  for (const name of [...intents, ...LEXICONS_OF_THE_MODEL]) {
    hash.update(`\0${name}\0`).update(readFileSync(new URL(name, folder)));
  }
  return hash.digest('hex');
}
