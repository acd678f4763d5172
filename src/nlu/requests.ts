import type { Classifier, Ranking } from './classifier.js';
import type { Intent } from './intent-recognizer.js';
import { isIntent } from './labels.js';
import type { RequestLexicon } from './lexicon-schemas.js';
import type { Normaliser } from './normalise.js';

/** The two things that a message asks for, in its order; nothing when it asks for one, or it is not sure enough. */
export type RequestFinder = (text: string, ranking: Ranking) => Promise<readonly Intent[]>;

/** A message with more joints than this is a story, not a list of requests. */
const MOST_CUTS = 4;

/** A message that leaves its second intent less than this asks for one thing. */
const LEAST_SECOND = 0.005;

/**
 * Cuts the message at each joint (« et », « puis », a comma, a question mark) and looks whether both halves ask for
 * something of their own. The whole message must point to both too, so that « je passe mercredi, c'est où ? » stays one.
 */
export function createRequestFinder(
  classifier: Classifier,
  normalise: Normaliser,
  { requests }: { readonly requests: RequestLexicon },
): RequestFinder {
  const { joints, among, eachAbove, togetherAbove } = requests;
  const joint = new RegExp(`[,;.?!\\n]+|(?<![\\p{L}\\p{N}'’])(?:${joints.join('|')})(?![\\p{L}\\p{N}'’])`, 'giu');
  const separable = new Set<string>(among);

  function isSeparable(first: Ranking[number] | undefined): boolean {
    return first !== undefined && separable.has(first.label);
  }

  async function readPart(part: string): Promise<{ intent: Intent; probability: number } | undefined> {
    if (normalise(part) === '') return undefined;
    const [first] = await classifier.classify(part);
    if (!first || !isIntent(first.label) || !separable.has(first.label)) return undefined;
    return first.probability >= eachAbove ? { intent: first.label, probability: first.probability } : undefined;
  }

  function pointsTo(ranking: Ranking, intents: readonly Intent[]): boolean {
    const share = ranking.filter(({ label }) => intents.some((intent) => intent === label));
    return share.reduce((sum, { probability }) => sum + probability, 0) >= togetherAbove;
  }

  function mayBeTwo(ranking: Ranking): boolean {
    return isSeparable(ranking[0]) && (ranking[1]?.probability ?? 0) >= LEAST_SECOND;
  }

  async function readHalves(before: string, after: string): Promise<readonly Intent[]> {
    const first = await readPart(before);
    const second = first && (await readPart(after));
    return second && second.intent !== first.intent ? [first.intent, second.intent] : [];
  }

  return async (text, ranking) => {
    const cuts = mayBeTwo(ranking) ? [...text.matchAll(joint)] : [];
    if (cuts.length > MOST_CUTS) return [];
    for (const { index, 0: sign } of cuts) {
      const intents = await readHalves(text.slice(0, index), text.slice(index + sign.length));
      if (intents.length > 0 && pointsTo(ranking, intents)) return intents;
    }
    return [];
  };
}
