import type { Answers } from '../src/domain/answers.js';
import type { Content } from '../src/domain/message.js';
import type { ReplyWords } from '../src/domain/reply-words.js';
import type { Entities, Intent } from '../src/nlu/intent-recognizer.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { InterruptibleDialog, type Reply } from './interruptible-dialog.js';
import type { Wording } from './wording.js';

export const DISAMBIGUATION_ID = 'disambiguation';

export interface DisambiguationDependencies {
  readonly answers: Answers;
  readonly replies: ReplyWords;
  readonly wording: Wording;
  readonly readTurn: ReadTurn;
}

/** The two matters, and what the message named besides, for the one that is chosen. */
interface Choice {
  readonly intents: readonly [Intent, Intent];
  readonly entities: Entities;
}

/** « Vouliez-vous dire : » with two matters to choose from, and « Autre chose ». */
export class DisambiguationDialog extends InterruptibleDialog<Choice> {
  readonly #answers: Answers;
  readonly #replies: ReplyWords;
  readonly #wording: Wording;

  constructor({ answers, replies, wording, readTurn }: DisambiguationDependencies) {
    super(DISAMBIGUATION_ID, readTurn);
    this.#answers = answers;
    this.#replies = replies;
    this.#wording = wording;
  }

  protected override answerAtOnce(): undefined {
    return undefined;
  }

  protected override takeNotes({ decision, entities }: DialogTurn): Choice {
    if (decision.kind !== 'disambiguate') throw new Error('There is nothing to choose from');
    return { intents: decision.intents, entities };
  }

  protected override question({ intents }: Choice): readonly Content[] {
    const actions = [...intents, 'other'];
    if (!intents.includes('emergency')) return this.#answers.render('disambiguate', {}, { actions });
    return this.#answers.render('disambiguate.danger', this.#wording.numbers(), { actions });
  }

  protected override questionAgain({ intents }: Choice): readonly Content[] {
    return this.#answers.render('disambiguate.again', {}, { actions: [...intents, 'other'] });
  }

  protected override async receive(turn: DialogTurn, { intents, entities }: Choice): Promise<Reply | undefined> {
    const { decision } = turn;
    const pressed = turn.isButton && decision.kind === 'answer' ? decision.intent : undefined;
    const intent = intents.find((choice) => choice === pressed) ?? intents[this.#replies.positionOf(turn.text) ?? -1];
    return intent && { kind: 'chose', intent, entities };
  }

  protected override cancelled(): readonly Content[] {
    return this.#answers.render('acknowledged');
  }
}
