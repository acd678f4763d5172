import { isFreeStep, isReportStep } from '../../src/domain/report-walk.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import { draftOf, type ReportAsking } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { DECLINING, type Outcome, type WalkState } from './report-state.js';
import { isForElsewhere, MOST_MISSES, type ReportSteps } from './report-steps.js';

export interface ReportRecap {
  receiveRecap(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  receiveChange(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  receiveCancel(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  receiveSent(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** The code of a report that is sent already. @throws DomainError `report-gone` when it never was. */
  showSent(turn: DialogTurn, reportId: string): Promise<Outcome>;
}

/** All of it read back, to be sent, changed or given up; and what can be asked for once it is sent. */
export function createReportRecap(deps: ReportWalkDependencies, asking: ReportAsking, steps: ReportSteps): ReportRecap {
  const { flow, listening, says } = deps;
  const { goTo, stay } = asking;

  async function receiveRecap(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    if (isOneOf(turn, ['send', 'yes'])) return submit(turn, state);
    if (isOneOf(turn, ['change', 'no'])) return goTo(turn, { ...state, place: 'change' });
    if (turn.command === 'cancel') return steps.askCancel(turn, state);
    if (turn.command === 'back') return goTo(turn, { ...state, place: 'contact' });
    const named = turn.command === undefined ? says.stepNamed(turn.text) : undefined;
    if (named) return goTo(turn, { ...state, place: named, isChange: true });
    return hearMore(turn, state);
  }

  async function hearMore(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const reading = flow.readMore(listening.toReply(turn), await draftOf(turn.effects));
    if (reading.kind === 'answers') return steps.save(turn, state, reading);
    if (isForElsewhere(turn)) return steps.answerElsewhere(turn, state);
    const misses = (state.misses ?? 0) + 1;
    if (misses > MOST_MISSES) return steps.leave(turn, 'lost');
    return stay(turn, { ...state, misses }, says.texts('report.recap.again'));
  }

  /** The report is named no more once it is sent. */
  async function submit(turn: DialogTurn, { reportId }: WalkState): Promise<Outcome> {
    const id = reportId ?? (await draftOf(turn.effects)).id;
    const { receiptRef } = await turn.effects.report.submit(id);
    return showReceipt(turn, receiptRef, 'report.sent');
  }

  function showReceipt(turn: DialogTurn, receiptRef: string, id: string): Outcome {
    const [first, ...rest] = says.texts(id, says.numbers());
    const standIn = says.phrase('report.stand-in.receipt');
    const after = [...rest.slice(0, -1), ...says.whatRemains(turn.channel), ...rest.slice(-1)];
    const shown = first ? [turn.effects.report.showReceipt(receiptRef, first, standIn), ...after] : [];
    turn.sources.noteSent();
    return stay(turn, { place: 'sent', at: 0, receiptRef }, shown);
  }

  async function receiveSent(turn: DialogTurn, { receiptRef, at }: WalkState): Promise<Outcome> {
    const { command, effects, now } = turn;
    if (receiptRef === undefined || now.getTime() - at >= SENT_FOR_MS) return { kind: 'left' };
    if (command === 'send') return showReceipt(turn, receiptRef, 'report.sent.again');
    if (command !== 'inform') return { kind: 'left' };
    const isTold = await effects.report.notifyAfterSending(receiptRef);
    return { kind: 'done', contents: says.texts(isTold ? 'report.informed' : 'report.inform.late') };
  }

  async function receiveChange(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { command, text } = turn;
    const chosen = command === undefined ? says.stepNamed(text) : undefined;
    if (chosen) return goTo(turn, { ...state, place: chosen, isChange: true });
    if (command === 'cancel') return steps.askCancel(turn, state);
    if (isOneOf(turn, [...DECLINING, 'send', 'yes'])) return goTo(turn, { ...state, place: 'recap' });
    if (isForElsewhere(turn)) return steps.answerElsewhere(turn, state);
    const misses = (state.misses ?? 0) + 1;
    return misses > MOST_MISSES ? steps.leave(turn, 'lost') : goTo(turn, { ...state, misses });
  }

  async function receiveCancel(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { command, effects } = turn;
    const { from = 'recap', ...rest } = state;
    if (command === 'discard' || command === 'yes') {
      await effects.report.discard();
      return { kind: 'done', contents: says.texts('report.discarded') };
    }
    const there = { ...rest, place: from };
    const isReply = isFreeStep(from) && listening.isSubstantial(turn);
    if (isReply && isReportStep(from)) return steps.receive(turn, there, from);
    if (command === undefined && isForElsewhere(turn)) return steps.answerElsewhere(turn, there);
    return goTo(turn, there, { preface: command === undefined ? says.phrase('nothing-erased') : '' });
  }

  async function showSent(turn: DialogTurn, reportId: string): Promise<Outcome> {
    const { receiptRef } = await turn.effects.report.submit(reportId);
    return showReceipt(turn, receiptRef, 'report.sent.again');
  }

  return { receiveRecap, receiveChange, receiveCancel, receiveSent, showSent };
}

/** As long as the words of the receipt are kept. */
const SENT_FOR_MS = 30 * 60_000;
