import type { Answers } from '../domain/answers.js';
import type { EmergencyDetector } from '../nlu/intent-recognizer.js';

/** The words of our own buttons tell of no danger, whatever they say: « Oui, maintenant » answers a question of ours. */
export function exceptButtons(
  detector: EmergencyDetector,
  { meaningOf }: Pick<Answers, 'meaningOf'>,
): EmergencyDetector {
  return { assess: async (text) => (meaningOf(text) ? undefined : detector.assess(text)) };
}
