import { loadLexicons } from '../../../src/nlu/load-lexicons.js';
import { loadModel } from '../../../src/nlu/load-model.js';
import { createNormaliser } from '../../../src/nlu/normalise.js';
import { loadAnalyser } from '../../../src/nlu/train.js';

const ROOT = new URL('../../../', import.meta.url);

/** The shipped data, and the built model where it is current; otherwise each caller trains for some seconds. */
export const CORPUS_DIR = new URL('corpus/fr/', ROOT);
export const MODEL_FILE = new URL('dist/model/fr.json', ROOT);

export const lexicons = loadLexicons(CORPUS_DIR);
export const normalise = createNormaliser(lexicons.normaliser);
export const loadTestModel = () => loadModel(CORPUS_DIR, MODEL_FILE);
export const analyse = loadAnalyser(CORPUS_DIR);
