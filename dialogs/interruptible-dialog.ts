import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Content } from '../src/domain/message.js';
import type { Command } from '../src/domain/reply-words.js';
import type { Entities, Intent } from '../src/nlu/intent-recognizer.js';
import type { BeginOptions, DialogTurn, ReadTurn } from './dialog-turn.js';
import { say } from './say.js';

/** The resident chose this matter, or both. */
interface Chosen {
  readonly kind: 'chose';
  readonly intents: readonly Intent[];
  readonly entities: Entities;
}

/** How a dialog that asked something came to its end. */
export type DialogEnding =
  /** `hasErased`: nothing of what was said before is to be remembered. */
  | { readonly kind: 'done'; readonly hasErased?: true }
  /** The message was not for this dialog: it is still to be answered. */
  | { readonly kind: 'left'; readonly preface?: string }
  /** The same, but the dialog goes on once it was answered. */
  | { readonly kind: 'interrupted' }
  | Chosen
  /** Two replies in a row were not understood. */
  | { readonly kind: 'lost'; readonly preface?: string };

export function isDialogEnding(result: unknown): result is DialogEnding {
  return typeof result === 'object' && result !== null && 'kind' in result;
}

/** What a dialog makes of the reply to its question. */
export type Reply =
  | { readonly kind: 'said'; readonly contents: readonly Content[]; readonly hasErased?: true }
  | Chosen;

interface StoredState<Notes> {
  notes?: Notes;
  misses?: number;
}

/** To be counted up whenever what a dialog stores changes. */
const STORED_FORMAT = 2;

/** These leave the question for what they mean by themselves; `cancel`, `back` and `no` only end it. */
const LEAVING: readonly Command[] = [
  'menu',
  'callback',
  'wait',
  'stop-waiting',
  'resume',
  'erase',
  'happening',
  'over',
  'safe',
  'unsafe',
];
const ENDING: readonly Command[] = ['cancel', 'back', 'no'];

/**
 * Asks one question and waits for its reply. Whatever else a resident says meanwhile is dealt with here, once for all
 * dialogs: words that cancel, another question (the dialog ends and the question is answered), a reply that nobody
 * understands (asked once more, then given up).
 *
 * `Notes` is what a dialog remembers between two turns; it is stored as JSON, small and free of residents' words.
 */
export abstract class InterruptibleDialog<Notes extends object = object> extends Dialog<BeginOptions> {
  readonly #readTurn: ReadTurn;

  constructor(id: string, readTurn: ReadTurn) {
    super(id);
    this.#readTurn = readTurn;
  }

  /** Answers at once when nothing needs asking. */
  protected abstract answerAtOnce(turn: DialogTurn): readonly Content[] | undefined;
  /** What to remember of the turn that the question is asked in; `before` is what there was when it is asked anew. */
  protected abstract takeNotes(turn: DialogTurn, before?: Notes): Notes;
  protected abstract question(notes: Notes, turn: DialogTurn): readonly Content[];
  /** The question once more, after a reply that was not understood. */
  protected abstract questionAgain(notes: Notes): readonly Content[];
  /** Undefined when the message is no reply to the question. */
  protected abstract receive(turn: DialogTurn, notes: Notes): Promise<Reply | undefined>;
  protected abstract cancelled(): readonly Content[];
  /** What must be said when the question is left without a reply. */
  protected prefaceOnLeaving(): string | undefined {
    return undefined;
  }

  /** Part of the hash that stored states are checked by: a state in another format is dropped. */
  override getVersion(): string {
    return `${this.id}:${STORED_FORMAT}`;
  }

  override async beginDialog(dc: DialogContext, options?: BeginOptions): Promise<DialogTurnResult> {
    if (!options) throw new Error(`The dialog "${this.id}" begins with a turn`);
    const { turn } = options;
    const contents = this.answerAtOnce(turn);
    if (contents) {
      await say(dc.context, contents, turn);
      return this.#end(dc, { kind: 'done' });
    }
    return this.#ask(dc, turn);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = this.#readTurn(dc.context);
    const { notes } = this.#stateOf(dc);
    if (!notes || turn.language) return this.#leave(dc, 'left');
    const reply = await this.receive(turn, notes);
    if (reply?.kind === 'chose') return this.#end(dc, reply);
    if (reply) {
      await say(dc.context, reply.contents);
      return this.#end(dc, { kind: 'done', ...(reply.hasErased && { hasErased: true }) });
    }
    if (turn.command && ENDING.includes(turn.command)) {
      await say(dc.context, this.cancelled());
      return this.#end(dc, { kind: 'done' });
    }
    if (this.#isAskedFor(turn)) return this.#ask(dc, turn, notes);
    if (asksSomethingElse(turn)) return this.#leave(dc, 'left');
    return this.#askAgain(dc, notes);
  }

  /** The question once more, after something was said that was no reply to it. */
  async askAnew(dc: DialogContext, turn: DialogTurn): Promise<void> {
    const { notes } = this.#stateOf(dc);
    if (notes) await say(dc.context, this.question(notes, turn));
  }

  async #ask(dc: DialogContext, turn: DialogTurn, before?: Notes): Promise<DialogTurnResult> {
    const notes = this.takeNotes(turn, before);
    this.#stateOf(dc).notes = notes;
    await say(dc.context, this.question(notes, turn), turn);
    return Dialog.EndOfTurn;
  }

  /** The same request once more: the question stands. */
  #isAskedFor({ decision }: DialogTurn): boolean {
    return decision.kind === 'answer' && decision.intent === this.id;
  }

  async #askAgain(dc: DialogContext, notes: Notes): Promise<DialogTurnResult> {
    const state = this.#stateOf(dc);
    if (state.misses) return this.#leave(dc, 'lost');
    state.misses = 1;
    await say(dc.context, this.questionAgain(notes));
    return Dialog.EndOfTurn;
  }

  #leave(dc: DialogContext, kind: 'left' | 'lost'): Promise<DialogTurnResult> {
    const preface = this.prefaceOnLeaving();
    return this.#end(dc, { kind, ...(preface && { preface }) });
  }

  #stateOf(dc: DialogContext): StoredState<Notes> {
    const state: StoredState<Notes> | undefined = dc.activeDialog?.state;
    if (!state) throw new Error('A dialog is active while it runs');
    return state;
  }

  #end(dc: DialogContext, ending: DialogEnding): Promise<DialogTurnResult> {
    return dc.endDialog(ending);
  }
}

/** True when the message, which is no reply to what was asked, has a meaning of its own. */
export function asksSomethingElse({ command, decision, requests }: DialogTurn): boolean {
  if (command) return LEAVING.includes(command);
  return decision.kind !== 'unsure' || requests.length > 1;
}
