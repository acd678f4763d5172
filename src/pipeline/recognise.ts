import type { IntentRecognizer } from '../nlu/intent-recognizer.js';
import type { Step } from './compose.js';

export function recognise(recognizer: IntentRecognizer): Step {
  return async (turn, next) => {
    turn.recognition = await recognizer.recognise(turn.received.text, turn.now);
    await next();
  };
}
