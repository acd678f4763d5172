import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { TextContent } from '../../src/domain/message.js';
import type { BeginOptions, DialogTurn, ReadTurn } from '../dialog-turn.js';
import type { DialogEnding } from '../interruptible-dialog.js';
import { ReturningDialog } from '../returning-dialog.js';
import { rootStateOf } from '../root-state.js';
import { say } from '../say.js';
import type { Outcome, WalkState } from './report-state.js';
import type { ReportWalk } from './report-walk.js';

export const REPORT_ID = 'report.start';

/** To be counted up whenever what is stored changes: an older state is dropped, and the draft waits. */
const STORED_FORMAT = 1;

/** « Faire un signalement »: the walk through a report, as a dialog. Its state names the report and the place in it. */
export class ReportDialog extends ReturningDialog {
  readonly #walk: ReportWalk;
  readonly #readTurn: ReadTurn;

  constructor(walk: ReportWalk, readTurn: ReadTurn) {
    super(REPORT_ID);
    this.#walk = walk;
    this.#readTurn = readTurn;
  }

  /** Part of the hash that stored states are checked by. */
  override getVersion(): string {
    return `${this.id}:${STORED_FORMAT}`;
  }

  override async beginDialog(dc: DialogContext, options?: BeginOptions): Promise<DialogTurnResult> {
    if (!options) throw new Error(`The dialog "${this.id}" begins with a turn`);
    const root = rootStateOf(dc);
    const outcome = await this.#walk.begin(options.turn, root.isToldOfChannel === true);
    if ('state' in outcome) root.isToldOfChannel = true;
    return settle(dc, outcome, options.turn);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { walk } = storedIn(dc);
    if (!walk) return dc.endDialog({ kind: 'left' } satisfies DialogEnding);
    return settle(dc, await this.#walk.receive(this.#readTurn(dc.context), walk));
  }

  override async correct(dc: DialogContext, turn: DialogTurn): Promise<boolean> {
    const { walk } = storedIn(dc);
    const outcome = walk && (await this.#walk.correct(turn, walk));
    if (!outcome) return false;
    await settle(dc, outcome);
    return true;
  }

  /** The same under another dialog, or while the draft waits without any: it says what is to be said, and asks nothing. */
  async correctAside(state: { walk?: WalkState } | undefined, turn: DialogTurn): Promise<readonly TextContent[]> {
    const corrected = await this.#walk.correctAside(turn, state?.walk);
    if (state && corrected?.state) state.walk = corrected.state;
    return corrected?.contents ?? [];
  }

  /** The message is left without an answer: it is no break in the walk. */
  passOver(state: { walk?: WalkState }, { effects, now }: Pick<DialogTurn, 'effects' | 'now'>): void {
    const { walk } = state;
    if (walk && effects.lastSaidAt <= walk.at) state.walk = { ...walk, at: now.getTime() };
  }

  override async overhear(state: { walk?: WalkState }, turn: DialogTurn): Promise<void> {
    if (state.walk) state.walk = await this.#walk.overhear(turn, state.walk);
  }

  override hasQuestion({ walk }: { walk?: WalkState }): boolean {
    return walk !== undefined && !walk.isPaused && walk.place !== 'sent';
  }

  /** False once it is sent: what is written then goes into none. */
  takesWords({ walk }: { walk?: WalkState }): boolean {
    return walk?.place !== 'sent';
  }

  override async comeBack(dc: DialogContext, turn: DialogTurn): Promise<void> {
    const { walk } = storedIn(dc);
    const outcome = walk && (await this.#walk.comeBack(turn, walk));
    if (outcome) await settle(dc, outcome);
  }
}

async function settle(dc: DialogContext, outcome: Outcome, turn?: DialogTurn): Promise<DialogTurnResult> {
  if ('contents' in outcome) await say(dc.context, outcome.contents, turn);
  if ('state' in outcome) {
    storedIn(dc).walk = outcome.state;
    const result: DialogEnding | undefined = outcome.kind === 'interrupted' ? { kind: 'interrupted' } : undefined;
    return { ...Dialog.EndOfTurn, ...(result && { result }) };
  }
  const { kind } = outcome;
  const preface = 'preface' in outcome ? outcome.preface : undefined;
  return dc.endDialog({ kind, ...(preface !== undefined && { preface }) } satisfies DialogEnding);
}

function storedIn(dc: DialogContext): { walk?: WalkState } {
  const state: { walk?: WalkState } | undefined = dc.activeDialog?.state;
  if (!state) throw new Error('A dialog is active while it runs');
  return state;
}
