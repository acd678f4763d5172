import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { BeginOptions, DialogTurn, ReadTurn } from '../dialog-turn.js';
import type { DialogEnding } from '../interruptible-dialog.js';
import { ReturningDialog } from '../returning-dialog.js';
import { rootStateOf } from '../root-state.js';
import { say } from '../say.js';
import type { FollowUpOutcome, FollowUpState, ReportFollowUpTalk } from './report-status-state.js';

export const REPORT_STATUS_ID = 'report.status';

/** To be counted up whenever what is stored changes: an older state is dropped. */
const STORED_FORMAT = 1;

/** « Suivre un signalement », as a dialog. */
export class ReportStatusDialog extends ReturningDialog {
  readonly #talk: ReportFollowUpTalk;
  readonly #readTurn: ReadTurn;

  constructor(talk: ReportFollowUpTalk, readTurn: ReadTurn) {
    super(REPORT_STATUS_ID);
    this.#talk = talk;
    this.#readTurn = readTurn;
  }

  /** Part of the hash that stored states are checked by. */
  override getVersion(): string {
    return `${this.id}:${STORED_FORMAT}`;
  }

  override async beginDialog(dc: DialogContext, options?: BeginOptions): Promise<DialogTurnResult> {
    if (!options) throw new Error(`The dialog "${this.id}" begins with a turn`);
    const root = rootStateOf(dc);
    const outcome = await this.#talk.begin(options.turn, root.isToldOfChannel === true);
    if ('state' in outcome) root.isToldOfChannel = true;
    return settle(dc, outcome, options.turn);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { talk } = storedIn(dc);
    if (!talk) return dc.endDialog({ kind: 'left' } satisfies DialogEnding);
    return settle(dc, await this.#talk.receive(this.#readTurn(dc.context), talk));
  }

  /** What waits for a yes or for the code is held anew; anything else is answered as any message. */
  override async correct(dc: DialogContext, turn: DialogTurn): Promise<boolean> {
    const { talk } = storedIn(dc);
    const outcome = talk && this.#talk.correct(turn, talk);
    if (!outcome) return false;
    await settle(dc, outcome);
    return true;
  }

  override hasQuestion({ talk }: { talk?: FollowUpState }): boolean {
    return talk !== undefined && !talk.isPaused && (talk.place === 'code' || talk.place === 'adding');
  }

  /** False while the code is asked for. */
  takesWords({ talk }: { talk?: FollowUpState }): boolean {
    return talk?.place !== 'code';
  }

  override async comeBack(dc: DialogContext, turn: DialogTurn): Promise<void> {
    const { talk } = storedIn(dc);
    const outcome = talk && this.#talk.comeBack(turn, talk);
    if (outcome) await settle(dc, outcome);
  }
}

async function settle(dc: DialogContext, outcome: FollowUpOutcome, turn?: DialogTurn): Promise<DialogTurnResult> {
  if ('contents' in outcome) await say(dc.context, outcome.contents, turn);
  if (!('state' in outcome)) {
    const preface = 'preface' in outcome ? outcome.preface : undefined;
    const ending: DialogEnding = { kind: outcome.kind, ...(preface !== undefined && { preface }) };
    return dc.endDialog(ending);
  }
  storedIn(dc).talk = outcome.state;
  const result: DialogEnding | undefined = outcome.kind === 'interrupted' ? { kind: 'interrupted' } : undefined;
  return { ...Dialog.EndOfTurn, ...(result && { result }) };
}

function storedIn(dc: DialogContext): { talk?: FollowUpState } {
  const state: { talk?: FollowUpState } | undefined = dc.activeDialog?.state;
  if (!state) throw new Error('A dialog is active while it runs');
  return state;
}
