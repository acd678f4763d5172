import type { Classifier } from './classifier.js';
import { createEmergencyDetector } from './emergency-detector.js';
import type { EmergencyDetector, IntentRecognizer } from './intent-recognizer.js';
import type { LinearModel } from './linear/linear-model.js';
import { type Lexicons, loadLexicons } from './load-lexicons.js';
import { loadModel } from './load-model.js';
import { createNlpjsClassifier } from './nlpjs-classifier.js';
import { createRecognizer, LONGEST_CLASSIFIED } from './nlpjs-recognizer.js';
import { createNormaliser } from './normalise.js';
import { loadAnalyser } from './train.js';

export interface NluSources {
  /** The language's folder, such as corpus/fr. */
  readonly corpusDir: URL;
  /** Where `npm run build` put the trained model; without it the start takes some seconds more. */
  readonly modelFile: URL;
}

export interface Nlu {
  readonly recognizer: IntentRecognizer;
  readonly emergency: EmergencyDetector;
}

/** @throws ContentError when the corpus or a lexicon does not hold what it must. */
export async function createNlu({ corpusDir, modelFile }: NluSources): Promise<Nlu> {
  return assembleNlu(await loadModel(corpusDir, modelFile), corpusDir, loadLexicons(corpusDir));
}

/** The same around any model, for measuring models that are not shipped. */
export function assembleNlu(model: LinearModel, corpusDir: URL, lexicons: Lexicons): Nlu {
  return assembleAround(createNlpjsClassifier(model, loadAnalyser(corpusDir, lexicons)), lexicons);
}

export function assembleAround(classifier: Classifier, lexicons: Lexicons): Nlu {
  return {
    recognizer: createRecognizer(classifier, lexicons),
    emergency: createEmergencyDetector({
      lexicon: lexicons.emergency,
      normalise: createNormaliser(lexicons.normaliser),
      model: { classifier, thresholds: lexicons.decision.emergency },
      longestForModel: LONGEST_CLASSIFIED,
    }),
  };
}
