import type { Classifier, Ranking } from './classifier.js';
import { decide } from './decide.js';
import { createEntityFinder } from './entities.js';
import type { IntentRecognizer } from './intent-recognizer.js';
import { LABELS } from './labels.js';
import type { LinearModel } from './linear/linear-model.js';
import type { Lexicons } from './load-lexicons.js';
import { createNlpjsClassifier } from './nlpjs-classifier.js';
import { createNormaliser } from './normalise.js';

/** Characters that the model reads; what a resident wants is said by then. */
export const LONGEST_CLASSIFIED = 500;

export interface NlpjsRecognizerDependencies {
  readonly model: LinearModel;
  readonly lexicons: Lexicons;
}

export async function createNlpjsRecognizer({
  model,
  lexicons,
}: NlpjsRecognizerDependencies): Promise<IntentRecognizer> {
  return createRecognizer(createNlpjsClassifier(model), lexicons);
}

/** The same steps around any classifier: guard, normalise, classify, decide, entities. */
export function createRecognizer(classifier: Classifier, lexicons: Lexicons): IntentRecognizer {
  const normalise = createNormaliser(lexicons.normaliser);
  const findEntities = createEntityFinder(lexicons);
  return {
    async recognise(text, now) {
      const normalised = normalise(text.slice(0, LONGEST_CLASSIFIED));
      if (normalised === '') return { decision: { kind: 'unsure' }, ranking: NOTHING_SAID, entities: {}, requests: [] };
      const ranking = await classifier.classify(normalised);
      const decision = decide(ranking, lexicons.decision);
      const requests = decision.kind === 'answer' ? [decision.intent] : [];
      return { decision, ranking, entities: findEntities(normalised, now), requests };
    },
  };
}

/** For a message without a letter or digit: surely none of the intents. */
const NOTHING_SAID: Ranking = [...LABELS].reverse().map((label) => ({ label, probability: label === 'None' ? 1 : 0 }));
