import type { Classifier, Ranking } from './classifier.js';
import { decide } from './decide.js';
import { createEntityFinder } from './entities.js';
import type { Decision, Intent, IntentRecognizer } from './intent-recognizer.js';
import { LABELS } from './labels.js';
import { createLanguageDetector } from './language-detector.js';
import type { Lexicons } from './load-lexicons.js';
import { createNormaliser } from './normalise.js';
import { createRequestFinder } from './requests.js';

/** Characters that the model reads; what a resident wants is said by then. */
export const LONGEST_CLASSIFIED = 500;

/** The same steps around any classifier: guard, classify, language, requests, decide, entities. */
export function createRecognizer(classifier: Classifier, lexicons: Lexicons): IntentRecognizer {
  const normalise = createNormaliser(lexicons.normaliser);
  const findEntities = createEntityFinder(lexicons);
  const detectLanguage = createLanguageDetector(lexicons.languages);
  const findRequests = createRequestFinder(classifier, normalise, lexicons);
  return {
    async recognise(text, now) {
      const start = text.slice(0, LONGEST_CLASSIFIED);
      const normalised = normalise(start);
      if (normalised === '') return { decision: UNSURE, ranking: NOTHING_SAID, entities: {}, requests: [] };
      const ranking = await classifier.classify(start);
      const entities = findEntities(normalised, now, start);
      const language = detectLanguage(start);
      if (language) return { decision: UNSURE, ranking: NOTHING_SAID, entities, requests: [], language };
      const requests = await findRequests(start, ranking);
      if (requests.length > 1) return { decision: answerFirst(requests, ranking), ranking, entities, requests };
      const decision = decide(ranking, lexicons.decision);
      return { decision, ranking, entities, requests: decision.kind === 'answer' ? [decision.intent] : [] };
    },
  };
}

const UNSURE: Decision = { kind: 'unsure' };

/** Of several requests, the one that the message as a whole is likeliest to be about. */
function answerFirst(requests: readonly Intent[], ranking: Ranking): Decision {
  const likeliest = ranking.map(({ label }) => label).find((label) => requests.some((intent) => intent === label));
  const intent = requests.find((request) => request === likeliest) ?? requests[0];
  return intent ? { kind: 'answer', intent } : UNSURE;
}

/** For a message without a French word: surely none of the intents. */
const NOTHING_SAID: Ranking = [...LABELS].reverse().map((label) => ({ label, probability: label === 'None' ? 1 : 0 }));
