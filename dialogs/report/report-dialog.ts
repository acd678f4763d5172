import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { BeginOptions, DialogTurn, ReadTurn } from '../dialog-turn.js';
import type { DialogEnding } from '../interruptible-dialog.js';
import { ReturningDialog } from '../returning-dialog.js';
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
    return settle(dc, await this.#walk.begin(options.turn), options.turn);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { walk } = storedIn(dc);
    if (!walk) return dc.endDialog({ kind: 'left' } satisfies DialogEnding);
    return settle(dc, await this.#walk.receive(this.#readTurn(dc.context), walk));
  }

  override async overhear(state: { walk?: WalkState }, turn: DialogTurn): Promise<void> {
    if (state.walk) state.walk = await this.#walk.overhear(turn, state.walk);
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
