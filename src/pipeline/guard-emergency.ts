import type { Danger } from '../domain/danger.js';
import type { Content } from '../domain/message.js';
import type { EmergencyDetector } from '../nlu/intent-recognizer.js';
import type { Step } from './compose.js';

/**
 * Puts the numbers to call in the draft before any other step runs, even while a delegate holds the conversation. They
 * are a part of the draft that no later step can take away: neither a silent bot nor a fault of the dialogs.
 */
export function guardEmergency(detector: EmergencyDetector, answer: (danger: Danger) => readonly Content[]): Step {
  return async (turn, next) => {
    const danger = await detector.assess(turn.received.text);
    if (danger) {
      turn.danger = danger;
      turn.draft.numbers = { contents: answer(danger), place: danger.level === 2 ? 'before' : 'under' };
    }
    await next();
  };
}
