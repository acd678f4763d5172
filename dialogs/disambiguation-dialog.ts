import { type Answers, foldText } from '../src/domain/answers.js';
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
  /** Keeps in memory what may become a report. False when the message tells nothing of one. */
  readonly holdStory: (turn: DialogTurn) => boolean;
}

/** The two matters, and what the message named besides, for the one that is chosen. */
interface Choice {
  readonly intents: readonly [Intent, Intent];
  readonly entities: Entities;
  /** True when the numbers to call are shown under the question anyway. */
  readonly hasNumbers: boolean;
}

/** Shorter words say little of a matter. */
const SHORTEST_NAME = 4;

/** « Vouliez-vous dire : » with two matters to choose from, and « Autre chose ». */
export class DisambiguationDialog extends InterruptibleDialog<Choice> {
  readonly #answers: Answers;
  readonly #replies: ReplyWords;
  readonly #wording: Wording;
  readonly #holdStory: (turn: DialogTurn) => boolean;

  constructor({ answers, replies, wording, readTurn, holdStory }: DisambiguationDependencies) {
    super(DISAMBIGUATION_ID, readTurn);
    this.#answers = answers;
    this.#replies = replies;
    this.#wording = wording;
    this.#holdStory = holdStory;
  }

  protected override answerAtOnce(): undefined {
    return undefined;
  }

  /** A story is one that nobody may read before it is a report. */
  protected override takeNotes(turn: DialogTurn): Choice {
    const { decision, entities, danger } = turn;
    if (decision.kind !== 'disambiguate') throw new Error('There is nothing to choose from');
    const { intents } = decision;
    const isHeld = intents.includes('report.start') && this.#holdStory(turn);
    return { intents, entities: isHeld ? {} : entities, hasNumbers: danger !== undefined };
  }

  protected override question({ intents, hasNumbers }: Choice): readonly Content[] {
    const actions = [...intents, 'other'];
    if (hasNumbers || !intents.includes('emergency')) return this.#answers.render('disambiguate', {}, { actions });
    return this.#answers.render('disambiguate.danger', this.#wording.numbers(), { actions });
  }

  protected override questionAgain({ intents }: Choice): readonly Content[] {
    return this.#answers.render('disambiguate.again', {}, { actions: [...intents, 'other'] });
  }

  protected override async receive(turn: DialogTurn, { intents, entities }: Choice): Promise<Reply | undefined> {
    const position = this.#replies.positionOf(turn.text);
    if (position === intents.length) return { kind: 'said', contents: this.#answers.render('menu') };
    const chosen = this.#replies.meansBoth(turn.text) ? intents : this.#oneOf(intents, turn, position);
    // « le 2 » is a choice and no day; what other words name goes before what was named in the unclear message.
    const named = position === undefined ? { ...entities, ...turn.entities } : entities;
    return chosen && { kind: 'chose', intents: chosen, entities: named };
  }

  #oneOf(
    intents: Choice['intents'],
    { decision, requests, text }: DialogTurn,
    position: number | undefined,
  ): readonly Intent[] | undefined {
    if (requests.length > 1) return undefined;
    const meant = decision.kind === 'answer' ? decision.intent : undefined;
    const intent =
      intents[position ?? -1] ?? intents.find((choice) => choice === meant) ?? this.#named(intents, text, meant);
    return intent && [intent];
  }

  /** « le commissariat » for « Le futur commissariat »; not when it names both, or when it says something else. */
  #named(intents: Choice['intents'], text: string, meant: Intent | undefined): Intent | undefined {
    const said = wordsOf(text).filter((word) => word.length >= SHORTEST_NAME);
    if (meant !== undefined || said.length === 0) return undefined;
    const named = intents.filter((intent) => {
      const title = wordsOf(this.#answers.titleOf(intent));
      return said.every((word) => title.includes(word));
    });
    return named.length === 1 ? named[0] : undefined;
  }

  protected override cancelled(): readonly Content[] {
    return this.#answers.render('acknowledged');
  }
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).split(/[ ']/);
}
