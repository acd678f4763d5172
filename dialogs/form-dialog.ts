import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Content } from '../src/domain/message.js';
import type { Command } from '../src/domain/reply-words.js';
import { type BeginOptions, type DialogTurn, isOfDanger, isOneOf, type ReadTurn } from './dialog-turn.js';
import { CHANGE, type Form, nextPlace, placeBefore, questionAt, readAt, SUMMARY, stepAt, stepTitled } from './form.js';
import { asksSomethingElse, type DialogEnding } from './interruptible-dialog.js';
import { ReturningDialog } from './returning-dialog.js';
import { say } from './say.js';

interface FormState<Data> {
  readonly place: string;
  readonly data: Data;
  /** When it last asked something. */
  readonly at: number;
  readonly misses?: number;
  /** It was chosen to be changed: there is nothing before it but the summary. */
  readonly isChange?: true;
  /** A danger came up: the form says nothing before the resident writes again. */
  readonly isPaused?: true;
}

const STORED_FORMAT = 1;
/** After this long, a message is about something else. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;
/** Replies in a row that were not understood, at one question. */
const MOST_MISSES = 2;

const LEAVING: readonly Command[] = ['menu', 'erase'];

/**
 * Several questions in their order, then all of it read back, to be changed or sent. Replies go forward; « retour »,
 * « passer » and « annuler » do what they say; what was not understood is asked again. A question in the middle is
 * answered by the root dialog, which then calls `comeBack`; a danger is dealt with first.
 */
export class FormDialog<Data extends object> extends ReturningDialog {
  readonly #form: Form<Data>;
  readonly #readTurn: ReadTurn;

  constructor(form: Form<Data>, readTurn: ReadTurn) {
    super(form.id);
    this.#form = form;
    this.#readTurn = readTurn;
  }

  /** Part of the hash that stored states are checked by: a state in another format is dropped. */
  override getVersion(): string {
    return `${this.id}:${STORED_FORMAT}:${this.#form.format}`;
  }

  override async beginDialog(dc: DialogContext, options?: BeginOptions): Promise<DialogTurnResult> {
    if (!options) throw new Error(`The dialog "${this.id}" begins with a turn`);
    const { turn } = options;
    const begun = this.#form.begin(turn);
    if (!('data' in begun)) {
      await say(dc.context, begun, turn);
      return end(dc, { kind: 'done' });
    }
    const state = { place: nextPlace(this.#form, begun.data), data: begun.data, at: turn.now.getTime() };
    await say(dc.context, [...begun.intro, ...questionAt(this.#form, state, turn)], turn);
    return wait(dc, state);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = this.#readTurn(dc.context);
    const state = storedIn<Data>(dc).form;
    const { status } = turn.effects.handoff;
    const isTakenOver = status === 'assigned' || status === 'closed';
    const isForgotten = !state || isTakenOver || turn.now.getTime() - state.at >= FORGOTTEN_AFTER_MS;
    if (isForgotten) return end(dc, { kind: 'left' });
    if (isOfDanger(turn)) return wait(dc, { ...state, isPaused: true }, { kind: 'interrupted' });
    if (turn.command === 'cancel') return this.#sayAndEnd(dc, this.#form.cancelled(turn));
    if (isOneOf(turn, LEAVING)) return this.#leave(dc, 'left');
    return this.#reply(dc, turn, state);
  }

  override hasQuestion({ form }: { form?: FormState<Data> }): boolean {
    return form !== undefined && !form.isPaused;
  }

  override async comeBack(dc: DialogContext, turn: DialogTurn): Promise<void> {
    const state = storedIn<Data>(dc).form;
    if (!state || state.isPaused) return;
    await say(dc.context, questionAt(this.#form, state, turn), { preface: this.#form.resuming });
    wait(dc, { ...state, at: turn.now.getTime() });
  }

  /** A message that was not understood may be said better; a reply that was taken is changed at the end. */
  override async correct(dc: DialogContext, turn: DialogTurn): Promise<boolean> {
    const stored = storedIn<Data>(dc).form;
    if (!stored) return false;
    const { isPaused: _, ...state } = stored;
    const isReply = turn.effects.corrects?.isLast && (state.misses ?? 0) > 0;
    if (isReply) return false;
    await say(dc.context, questionAt(this.#form, state, turn), { preface: this.#form.correcting });
    wait(dc, { ...state, at: turn.now.getTime() });
    return true;
  }

  async #reply(dc: DialogContext, turn: DialogTurn, stored: FormState<Data>): Promise<DialogTurnResult> {
    const { isPaused, ...state } = stored;
    // After a danger, words are no reply before the question has been asked anew.
    const answered = isPaused && !turn.command ? undefined : await this.#receive(dc, turn, state);
    if (answered) return answered;
    if (this.#form.isAskedFor(turn)) return this.#goTo(dc, turn, state);
    if (this.#form.isLeftFor(turn)) return this.#leave(dc, 'left');
    if (turn.language || asksSomethingElse(turn)) return wait(dc, state, { kind: 'interrupted' });
    if (!isPaused) return this.#askAgain(dc, turn, state);
    wait(dc, state);
    await this.comeBack(dc, turn);
    return Dialog.EndOfTurn;
  }

  /** Undefined when the message is no reply. */
  async #receive(dc: DialogContext, turn: DialogTurn, state: FormState<Data>): Promise<DialogTurnResult | undefined> {
    const { place, data } = state;
    if (turn.command === 'back') return this.#goBack(dc, turn, state);
    if (place === SUMMARY && isOneOf(turn, ['send', 'yes'])) return this.#sayAndEnd(dc, this.#form.submit(data, turn));
    if (place === SUMMARY && isOneOf(turn, ['change', 'no'])) return this.#goTo(dc, turn, { place: CHANGE, data });
    if (place === CHANGE && isOneOf(turn, ['no', 'dont-know'])) return this.#goTo(dc, turn, { place: SUMMARY, data });
    const chosen = place === CHANGE && stepTitled(this.#form, turn.text);
    if (chosen) return this.#goTo(dc, turn, { place: chosen.id, data, isChange: true });
    const reading = readAt(this.#form, place, turn, data);
    if (reading?.kind === 'read') return this.#goOn(dc, turn, reading.data);
    if (!reading) return undefined;
    await say(dc.context, reading.contents);
    return wait(dc, { ...state, at: turn.now.getTime() });
  }

  #goOn(dc: DialogContext, turn: DialogTurn, data: Data): Promise<DialogTurnResult> {
    return this.#goTo(dc, turn, { place: nextPlace(this.#form, data), data });
  }

  /** From the first question, back means to give up. */
  #goBack(dc: DialogContext, turn: DialogTurn, { place, data, isChange }: FormState<Data>): Promise<DialogTurnResult> {
    const before = isChange ? SUMMARY : placeBefore(this.#form, place);
    if (before === undefined) return this.#sayAndEnd(dc, this.#form.cancelled(turn));
    return this.#goTo(dc, turn, { place: before, data });
  }

  async #goTo(dc: DialogContext, turn: DialogTurn, there: Omit<FormState<Data>, 'at'>): Promise<DialogTurnResult> {
    const state = { ...there, at: turn.now.getTime() };
    await say(dc.context, questionAt(this.#form, state, turn));
    return wait(dc, state);
  }

  /** What may be passed over is passed over the second time. */
  async #askAgain(dc: DialogContext, turn: DialogTurn, state: FormState<Data>): Promise<DialogTurnResult> {
    const misses = (state.misses ?? 0) + 1;
    const pass = stepAt(this.#form, state.place)?.pass;
    if (misses > 1 && pass) return this.#goOn(dc, turn, pass(state.data));
    if (misses > MOST_MISSES) return this.#leave(dc, 'lost');
    await say(dc.context, questionAt(this.#form, state, { now: turn.now, isAgain: true }));
    return wait(dc, { ...state, misses, at: turn.now.getTime() });
  }

  #leave(dc: DialogContext, kind: 'left' | 'lost'): Promise<DialogTurnResult> {
    return end(dc, { kind, preface: this.#form.unsent });
  }

  async #sayAndEnd(dc: DialogContext, contents: readonly Content[]): Promise<DialogTurnResult> {
    await say(dc.context, contents);
    return end(dc, { kind: 'done' });
  }
}

function storedIn<Data>(dc: DialogContext): { form?: FormState<Data> } {
  const state: { form?: FormState<Data> } | undefined = dc.activeDialog?.state;
  if (!state) throw new Error('A dialog is active while it runs');
  return state;
}

function wait<Data>(dc: DialogContext, state: FormState<Data>, result?: DialogEnding): DialogTurnResult {
  storedIn<Data>(dc).form = state;
  return { ...Dialog.EndOfTurn, ...(result && { result }) };
}

function end(dc: DialogContext, ending: DialogEnding): Promise<DialogTurnResult> {
  return dc.endDialog(ending);
}
