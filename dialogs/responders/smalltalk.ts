import type { Answers } from '../../src/domain/answers.js';
import { parisTime } from '../../src/domain/paris-time.js';
import type { DialogTurn, Responder } from '../dialog-turn.js';

const EVENING = '18:00';
const NIGHT_ENDS = '05:00';

/** Phrasings change with the length of the conversation, so that the same turn always gets the same words. */
export function answerVaried(id: string, answers: Answers): Responder {
  return async (turn) => answers.render(id, {}, { phrasing: await phrasingOf(turn) });
}

/** « Bonjour », or « Bonsoir » after 18:00 in Paris. */
export function answerGreeting(answers: Answers): Responder {
  return async (turn) => {
    const time = parisTime(turn.now);
    const isEvening = time >= EVENING || time < NIGHT_ENDS;
    const id = isEvening ? 'smalltalk.greeting.evening' : 'smalltalk.greeting';
    return answers.render(id, {}, { phrasing: await phrasingOf(turn) });
  };
}

/** A turn adds at least two messages, so that halving makes neighbours differ. */
async function phrasingOf({ effects }: DialogTurn): Promise<number> {
  return Math.floor((await effects.countMessages()) / 2);
}
