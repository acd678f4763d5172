import { createEmergencyDetector } from './emergency-detector.js';
import type { EmergencyDetector, IntentRecognizer } from './intent-recognizer.js';
import { loadLexicons } from './load-lexicons.js';
import { loadModel } from './load-model.js';
import { createNlpjsClassifier } from './nlpjs-classifier.js';
import { createRecognizer, LONGEST_CLASSIFIED } from './nlpjs-recognizer.js';
import { createNormaliser } from './normalise.js';

export interface NluSources {
  /** The language's folder, such as corpus/fr. */
  readonly corpusDir: URL;
  /** Where `npm run build` put the trained model; without it the start takes some seconds more. */
  readonly modelFile: URL;
}

/** @throws ContentError when the corpus or a lexicon does not hold what it must. */
export async function createNlu({ corpusDir, modelFile }: NluSources): Promise<{
  recognizer: IntentRecognizer;
  emergency: EmergencyDetector;
}> {
  const lexicons = loadLexicons(corpusDir);
  const classifier = createNlpjsClassifier(await loadModel(corpusDir, modelFile));
  return {
    recognizer: createRecognizer(classifier, lexicons),
    emergency: createEmergencyDetector({
      lexicon: lexicons.emergency,
      normalise: createNormaliser(lexicons.normaliser),
      model: { classifier, emergencyAbove: lexicons.decision.emergencyAbove },
      longestForModel: LONGEST_CLASSIFIED,
    }),
  };
}
