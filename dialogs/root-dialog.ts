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
import type { SectorId } from '../src/domain/facts.js';
import type { JsonObject } from '../src/domain/json.js';
import type { Decision, Intent } from '../src/nlu/intent-recognizer.js';
import { CALLBACK_ID } from './callback-dialog.js';
import { readInContext } from './context.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { DISAMBIGUATION_ID } from './disambiguation-dialog.js';
import { type DialogEnding, InterruptibleDialog, isDialogEnding } from './interruptible-dialog.js';
import { type Memory, NOTHING_YET, recall, remember } from './memory.js';
import { REPORT_ID, ReportDialog } from './report/report-dialog.js';
import { createSources, setSources } from './report/report-sources.js';
import { REPORT_STATUS_ID, ReportStatusDialog } from './report/report-status-dialog.js';
import { sideBySide } from './requests.js';
import { ReturningDialog } from './returning-dialog.js';
import { createRootAsides, type RootAsides } from './root-asides.js';
import { createRootReplies, type RootReplies, type RootRepliesDependencies } from './root-replies.js';
import { type RootState, rootStateOf } from './root-state.js';
import { isWaitingForPerson, routeOf } from './routing.js';
import { say } from './say.js';
import { canGoOnFrom, isOnStack, topOf } from './stored-stack.js';

const ROOT_ID = 'root';

export interface RootDialogDependencies extends RootRepliesDependencies {
  readonly readTurn: ReadTurn;
  /** The sector that the permanences are in. */
  readonly homeSector: SectorId | undefined;
  /** What somebody is told who comes back, and does not ask for the report that waits; undefined when none does. */
  readonly noticeOfDraft: (turn: DialogTurn) => Promise<string | undefined>;
  /** One for each intent, under its id, and the one that lets residents choose between two. */
  readonly dialogs: readonly Dialog[];
}

/**
 * Hands each message to the dialog that waits for a reply, or else to the dialog of its intent. It never ends: its own
 * state is what must be remembered from one message to the next.
 */
export class RootDialog extends ComponentDialog {
  readonly #deps: RootDialogDependencies;
  readonly #replies: RootReplies;
  readonly #asides: RootAsides;

  constructor(deps: RootDialogDependencies) {
    super(ROOT_ID);
    this.#deps = deps;
    this.#replies = createRootReplies(deps);
    this.#asides = createRootAsides({ ...deps, find: (id) => this.findDialog(id) });
    for (const dialog of deps.dialogs) this.addDialog(dialog);
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

  /**
   * True while the resident's next message is one that no transcript keeps: a report is being written, offered, or looked
   * at. In doubt, as after a change of the dialogs, it is.
   * @param state as stored between two turns: what `run` keeps lies in it under `dialogs`.
   */
  isConfidential({ dialogs }: JsonObject): boolean {
    return isOnStack(dialogs, [REPORT_ID, REPORT_STATUS_ID]);
  }

  /**
   * False where nothing that is written next goes into a report: it is sent, or its code is asked for.
   * @param state as `isConfidential` has it.
   */
  takesWords({ dialogs }: JsonObject): boolean {
    const active = topOf(dialogs);
    const dialog = active && this.findDialog(active.id);
    const isAboutReport = dialog instanceof ReportDialog || dialog instanceof ReportStatusDialog;
    return !isAboutReport || dialog.takesWords(active?.state);
  }

  protected override onBeginDialog(inner: DialogContext): Promise<DialogTurnResult> {
    return this.#onTurn(inner);
  }

  protected override onContinueDialog(inner: DialogContext): Promise<DialogTurnResult> {
    return this.#onTurn(inner);
  }

  async #onTurn(inner: DialogContext): Promise<DialogTurnResult> {
    const state = rootStateOf(inner);
    setSources(inner.context, createSources(state));
    const said = this.#deps.readTurn(inner.context);
    const turn = state.memory ? said : await this.#withNotice(said);
    if (!isWaitingForPerson(turn)) delete state.isWaitAcknowledged;
    const memory = await this.#answer(inner, turn, recall(state.memory, turn.now));
    state.memory = { ...memory, at: turn.now.getTime() };
    return Dialog.EndOfTurn;
  }

  /** Nothing is remembered: a delegate had the conversation, or it is new. A report may wait all the same. */
  async #withNotice(turn: DialogTurn): Promise<DialogTurn> {
    const notice = await this.#deps.noticeOfDraft(turn);
    return notice === undefined ? turn : { ...turn, preface: notice };
  }

  async #answer(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory> {
    if (await this.#asides.receive(inner, turn)) return memory;
    const { status, result } = await inner.continueDialog();
    const read = this.#readInContext(turn, memory);
    if (status === DialogTurnStatus.empty) return this.#dispatch(inner, read, memory);
    if (!isDialogEnding(result)) return memory;
    const interrupted = inner.activeDialog;
    const within = interrupted && result.kind === 'interrupted' ? { within: interrupted.id } : {};
    const next = await this.#goOn(inner, { ...read, ...within }, result, memory);
    if (interrupted && inner.activeDialog === interrupted) await this.#comeBack(inner, turn);
    return next;
  }

  /** A form that waited under the answer to something else goes on. */
  async #comeBack(inner: DialogContext, turn: DialogTurn): Promise<void> {
    const dialog = inner.activeDialog && this.findDialog(inner.activeDialog.id);
    if (dialog instanceof ReturningDialog) await dialog.comeBack(inner, turn);
  }

  #readInContext(said: DialogTurn, memory: Memory): DialogTurn {
    const { answers, homeSector, wording } = this.#deps;
    // What is written to a delegate who is waited for names days and places too.
    if (isWaitingForPerson(said) && said.followUp === undefined) return said;
    const { turn, isElsewhere } = readInContext(said, memory, homeSector);
    return isElsewhere ? { ...turn, preface: answers.phrase('only-here', wording.town()) } : turn;
  }

  /** What follows a dialog that has ended. */
  async #goOn(inner: DialogContext, turn: DialogTurn, ending: DialogEnding, memory: Memory): Promise<Memory> {
    const isInDanger = turn.danger?.level === 2;
    const preface = 'preface' in ending && ending.preface && !isInDanger ? { preface: ending.preface } : {};
    switch (ending.kind) {
      case 'done':
        if (ending.hasErased) forgetIn(rootStateOf(inner));
        return { ...memory, misses: 0 };
      case 'interrupted':
      case 'left':
        return this.#dispatch(inner, { ...turn, ...preface }, memory);
      case 'lost':
        return this.#replies.giveUp(inner, { ...turn, ...preface }, memory);
      case 'chose':
        return this.#beginAll(inner, ending.intents, { ...turn, entities: ending.entities }, memory);
    }
  }

  async #dispatch(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory> {
    if (turn.effects.position) return this.#replies.reply(inner, 'position.unused', turn);
    const route = routeOf(turn, memory);
    switch (route.kind) {
      case 'begin':
        return this.#beginAll(inner, route.intents, turn, memory);
      case 'callback':
        await beginOnce(inner, CALLBACK_ID, turn);
        return NOTHING_YET;
      case 'disambiguate':
        await inner.beginDialog(DISAMBIGUATION_ID, { turn });
        return NOTHING_YET;
      case 'say':
        if (route.answer === 'nothing.to-cancel' && (await turn.effects.report.draft())) {
          return this.#begin(inner, REPORT_ID, turn, memory);
        }
        return this.#replies.reply(inner, route.answer, turn);
      case 'language':
        return this.#replies.sayInLanguage(inner, route.language, turn);
      case 'stop-waiting':
        turn.effects.handoff.leave();
        return this.#replies.reply(inner, 'handoff.left', turn);
      case 'for-delegate':
        return this.#replies.leaveToDelegate(inner, turn, memory);
      case 'offer-help':
        return this.#replies.offerHelp(inner, turn, memory);
    }
  }

  /** One matter, or two in their order; one that asks something comes last, so that its question is what is replied to. */
  async #beginAll(inner: DialogContext, intents: readonly Intent[], turn: DialogTurn, memory: Memory): Promise<Memory> {
    if (intents.includes('emergency')) return this.#begin(inner, 'emergency', turn, memory);
    const asks = (intent: Intent) => isAsking(this.findDialog(intent));
    const rank = (intent: Intent) => (asks(intent) ? 2 : Number(intent === 'handoff.request'));
    const [first, second] = intents.toSorted((one, other) => rank(one) - rank(other));
    if (!first) throw new Error('There is nothing to begin');
    if (!second) return this.#begin(inner, first, turn, memory);
    if (asks(first)) {
      await inner.beginDialog(DISAMBIGUATION_ID, { turn: { ...turn, decision: eitherOf(first, second) } });
      return NOTHING_YET;
    }
    const { preface: _, ...later } = turn;
    const [beside, after] = sideBySide([first, second], this.#deps);
    await this.#begin(inner, first, { ...turn, beside }, memory);
    await this.#begin(inner, second, { ...later, beside: after }, memory);
    return remember([first, second], turn.entities);
  }

  async #begin(inner: DialogContext, intent: Intent, turn: DialogTurn, memory: Memory): Promise<Memory> {
    const isRepeatedAbuse = intent === 'smalltalk.abuse' && memory.lastIntent === intent;
    if (isRepeatedAbuse) await say(inner.context, this.#deps.answers.render('menu'), turn);
    else await beginOnce(inner, intent, turn);
    return remember([intent], turn.entities);
  }
}

/** One that still waits under the answer to something else is over: what is begun now goes on from it, or is in its place. */
async function beginOnce(inner: DialogContext, id: string, turn: DialogTurn): Promise<void> {
  const waiting = inner.stack.findIndex((dialog) => dialog.id === id);
  if (waiting >= 0) inner.stack.splice(waiting, 1);
  await inner.beginDialog(id, { turn });
}

/** Nothing is left of what was said. */
function forgetIn(state: RootState): void {
  delete state.sources;
  delete state.isToldOfChannel;
}

function isAsking(dialog: Dialog | undefined): boolean {
  return dialog instanceof InterruptibleDialog || dialog instanceof ReturningDialog;
}

function eitherOf(first: Intent, second: Intent): Decision {
  return { kind: 'disambiguate', intents: [first, second] };
}
