import type { Content } from '../domain/message.js';
import type { EmergencyAssessment, EmergencyDetector } from '../nlu/intent-recognizer.js';
import type { Step } from './compose.js';

/** Answers a danger at once with the numbers to call, before anything else, even while a delegate holds the conversation. */
export function guardEmergency(
  detector: EmergencyDetector,
  answer: (assessment: EmergencyAssessment) => readonly Content[],
): Step {
  return async (turn, next) => {
    const assessment = await detector.assess(turn.received.text);
    if (!assessment) return next();
    turn.draft.replies.push(...answer(assessment));
  };
}
