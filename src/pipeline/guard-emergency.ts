import { noteEmergency } from '../domain/conversation-transitions.js';
import type { EmergencyAnswer } from '../domain/emergency-answer.js';
import type { EmergencyDetector } from '../nlu/intent-recognizer.js';
import type { Step } from './compose.js';
import type { Inbound } from './turn.js';

/**
 * Puts the numbers to call in the draft before any other step runs, even while a delegate holds the conversation. They
 * are a part of the draft that no later step can take away: neither a silent bot nor a fault of the dialogs. A danger
 * under way is put before the delegates as well, unless the words that a correction replaces told of one already.
 */
export function guardEmergency(detector: EmergencyDetector, answer: EmergencyAnswer): Step {
  return async (turn, next) => {
    const { conversation, received, correction } = turn;
    const said = wordsOf(received);
    const danger = said === '' ? undefined : await detector.assess(said);
    if (danger) {
      const { draft } = turn;
      turn.danger = danger;
      draft.numbers = {
        contents: answer(danger, conversation.channel),
        place: danger.level === 2 ? 'before' : 'under',
      };
      if (danger.level === 2 && !correction?.before.tellsOfDanger) {
        const { desk, counts } = noteEmergency(draft, turn.now.getTime());
        draft.desk = desk;
        draft.counts.push(...counts);
      }
    }
    await next();
  };
}

/** What is written after a command is its writer's; what the command says is a button's. */
function wordsOf({ text, unread = text }: Inbound): string {
  return unread;
}
