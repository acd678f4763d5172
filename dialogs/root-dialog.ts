import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import {
  ComponentDialog,
  Dialog,
  type DialogContext,
  DialogSet,
  type DialogState,
  type DialogTurnResult,
  DialogTurnStatus,
} from 'botbuilder-dialogs';
import type { Answers } from '../src/domain/answers.js';
import type { Intent } from '../src/nlu/intent-recognizer.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { DISAMBIGUATION_ID } from './disambiguation-dialog.js';
import { type DialogEnding, isDialogEnding } from './interruptible-dialog.js';
import { type Memory, NOTHING_YET, readInContext, remember } from './memory.js';
import { say } from './say.js';
import { canGoOnFrom } from './stored-stack.js';

const ROOT_ID = 'root';

export interface RootDialogDependencies {
  readonly answers: Answers;
  readonly readTurn: ReadTurn;
  /** One for each intent, under its id, and the one that lets residents choose between two. */
  readonly dialogs: readonly Dialog[];
}

/**
 * Hands each message to the dialog that waits for a reply, or else to the dialog of its intent. It never ends: its own
 * state is what must be remembered from one message to the next.
 */
export class RootDialog extends ComponentDialog {
  readonly #answers: Answers;
  readonly #readTurn: ReadTurn;

  constructor({ answers, readTurn, dialogs }: RootDialogDependencies) {
    super(ROOT_ID);
    this.#answers = answers;
    this.#readTurn = readTurn;
    for (const dialog of dialogs) this.addDialog(dialog);
  }

  /** Runs one turn on the stored state, or on a fresh one when the dialogs have changed since it was stored. */
  async run(context: TurnContext, accessor: StatePropertyAccessor): Promise<void> {
    const known = { rootId: this.id, version: this.getInternalVersion(), find: (id: string) => this.findDialog(id) };
    const stored: unknown = await accessor.get(context);
    if (!canGoOnFrom(stored, known)) await accessor.set(context, { dialogStack: [] } satisfies DialogState);
    const dc = await new DialogSet(accessor).add(this).createContext(context);
    const { status } = await dc.continueDialog();
    if (status === DialogTurnStatus.empty) await dc.beginDialog(this.id);
  }

  protected override onBeginDialog(inner: DialogContext): Promise<DialogTurnResult> {
    return this.#onTurn(inner);
  }

  protected override onContinueDialog(inner: DialogContext): Promise<DialogTurnResult> {
    return this.#onTurn(inner);
  }

  async #onTurn(inner: DialogContext): Promise<DialogTurnResult> {
    const memory = this.#memoryOf(inner);
    const turn = readInContext(this.#readTurn(inner.context), memory.current);
    const { status, result } = await inner.continueDialog();
    if (status === DialogTurnStatus.empty) memory.current = await this.#dispatch(inner, turn, memory.current);
    else if (isDialogEnding(result)) memory.current = await this.#goOn(inner, turn, result, memory.current);
    return Dialog.EndOfTurn;
  }

  /** What follows a dialog that has ended. */
  async #goOn(inner: DialogContext, turn: DialogTurn, ending: DialogEnding, memory: Memory): Promise<Memory> {
    const preface = 'preface' in ending && ending.preface ? { preface: ending.preface } : {};
    switch (ending.kind) {
      case 'done':
        return { ...memory, misses: 0 };
      case 'left':
        return this.#dispatch(inner, { ...turn, ...preface }, memory);
      case 'lost':
        return this.#offerHelp(inner, { ...turn, ...preface }, { ...memory, misses: 1 });
      case 'chose':
        return this.#begin(inner, ending.intent, { ...turn, entities: ending.entities }, memory);
    }
  }

  async #dispatch(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory> {
    const { command, decision } = turn;
    if (command === 'yes' && memory.offer) return this.#begin(inner, memory.offer, turn, memory);
    if (command === 'erase') return this.#begin(inner, 'privacy.delete', turn, memory);
    if (command === 'menu' || command === 'back') return this.#reply(inner, 'menu', turn);
    if (command === 'cancel') return this.#reply(inner, 'nothing.to-cancel', turn);
    if (command && !isSmallTalk(turn)) return this.#reply(inner, 'acknowledged', turn);
    if (decision.kind === 'answer') return this.#begin(inner, decision.intent, turn, memory);
    if (decision.kind === 'disambiguate') {
      await inner.beginDialog(DISAMBIGUATION_ID, { turn });
      return NOTHING_YET;
    }
    return this.#offerHelp(inner, turn, memory);
  }

  async #begin(inner: DialogContext, intent: Intent, turn: DialogTurn, memory: Memory): Promise<Memory> {
    const isRepeatedAbuse = intent === 'smalltalk.abuse' && memory.lastIntent === intent;
    if (isRepeatedAbuse) await say(inner.context, this.#answers.render('menu'), turn.preface);
    else await inner.beginDialog(intent, { turn });
    return remember(intent);
  }

  async #reply(inner: DialogContext, id: string, turn: DialogTurn): Promise<Memory> {
    await say(inner.context, this.#answers.render(id), turn.preface);
    return NOTHING_YET;
  }

  /** The menu at first; a person from the second miss in a row on. */
  async #offerHelp(inner: DialogContext, turn: DialogTurn, { misses }: Memory): Promise<Memory> {
    const id = misses === 0 ? 'unsure.first' : 'unsure.again';
    await say(inner.context, this.#answers.render(id, {}, { phrasing: misses }), turn.preface);
    return { misses: misses + 1, ...(misses > 0 && { offer: 'handoff.request' }) };
  }

  /** The root's own stored state: the part of it that is not botbuilder's. */
  #memoryOf(inner: DialogContext): { current: Memory } {
    const state = inner.parent?.activeDialog?.state;
    if (!state) throw new Error('The root dialog is active while it runs');
    return {
      get current(): Memory {
        return state.memory ?? NOTHING_YET;
      },
      set current(memory: Memory) {
        state.memory = memory;
      },
    };
  }
}

/** « ok » may be thanks; any other reading of a bare yes or no, with nothing asked, would be a guess. */
function isSmallTalk({ decision }: DialogTurn): boolean {
  return decision.kind === 'answer' && decision.intent.startsWith('smalltalk.');
}
