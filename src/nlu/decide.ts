import type { Ranking } from './classifier.js';
import type { Decision } from './intent-recognizer.js';
import { isIntent } from './labels.js';
import type { DecisionThresholds } from './lexicon-schemas.js';

/**
 * Sure enough: answer. In between: offer the two likeliest intents. Otherwise say so; also when the likeliest label
 * is `None`, which is not an intent that anybody could be offered.
 */
export function decide(
  ranking: Ranking,
  { answerAbove, disambiguateAbove }: Pick<DecisionThresholds, 'answerAbove' | 'disambiguateAbove'>,
): Decision {
  const [first, second] = ranking;
  if (!first || !isIntent(first.label)) return { kind: 'unsure' };
  if (first.probability >= answerAbove) return { kind: 'answer', intent: first.label };
  if (first.probability < disambiguateAbove || !second || !isIntent(second.label)) return { kind: 'unsure' };
  return { kind: 'disambiguate', intents: [first.label, second.label] };
}
