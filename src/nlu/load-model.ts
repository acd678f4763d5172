import { existsSync, readFileSync } from 'node:fs';
import type { LinearModel } from './linear/linear-model.js';
import { deserialiseModel } from './linear/model-file.js';
import { hashSources, modelFileSchema, type TrainedModel, trainModel } from './train.js';

/**
 * The model of `modelFile` when it was made from the present corpus, lexicons and code; otherwise a fresh one, which
 * takes seconds. A file that cannot be read counts as absent: it is only a cache.
 * @throws ContentError when it has to train and the corpus is at fault
 */
export async function loadModel(corpusDir: URL, modelFile: URL): Promise<LinearModel> {
  const cached = readModelFile(modelFile);
  if (cached?.hash === hashSources(corpusDir)) return deserialiseModel(cached.model);
  return deserialiseModel((await trainModel(corpusDir)).model);
}

/** Whether `modelFile` holds the model of the present corpus, lexicons and code. */
export function isModelCurrent(corpusDir: URL, modelFile: URL): boolean {
  return readModelFile(modelFile)?.hash === hashSources(corpusDir);
}

function readModelFile(modelFile: URL): TrainedModel | undefined {
  if (!existsSync(modelFile)) return undefined;
  const parsed = modelFileSchema.safeParse(parseJson(readFileSync(modelFile, 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
