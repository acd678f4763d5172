import type { IntentRecognizer } from '../nlu/intent-recognizer.js';
import type { Step } from './compose.js';

export function recognise(recognizer: IntentRecognizer): Step {
  return async (turn, next) => {
    const { text } = turn.received;
    // A place, or something else that is no text.
    if (text !== '') turn.recognition = await recognizer.recognise(text, turn.now);
    await next();
  };
}
