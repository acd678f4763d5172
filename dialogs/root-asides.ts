import type { Dialog, DialogContext } from 'botbuilder-dialogs';
import type { Answers } from '../src/domain/answers.js';
import type { Content, TextContent } from '../src/domain/message.js';
import type { DialogTurn } from './dialog-turn.js';
import { InterruptibleDialog } from './interruptible-dialog.js';
import { REPORT_ID, ReportDialog } from './report/report-dialog.js';
import { REPORT_STATUS_ID } from './report/report-status-dialog.js';
import { ReturningDialog } from './returning-dialog.js';
import { isWaitingForPerson } from './routing.js';
import { say } from './say.js';
import type { Wording } from './wording.js';

export interface RootAsidesDependencies {
  readonly answers: Answers;
  readonly wording: Wording;
  readonly find: (id: string) => Dialog | undefined;
}

/** Messages that reply to nothing: corrections, and what came without words. */
export interface RootAsides {
  /** True when nothing is left to be answered; the question that was open is asked again where somebody may wait for it. */
  receive(inner: DialogContext, turn: DialogTurn): Promise<boolean>;
}

/** These know what to do with a place; elsewhere a delegate who is waited for is shown it. */
const TAKING_PLACES = [REPORT_ID, REPORT_STATUS_ID];

export function createRootAsides({ answers, wording, find }: RootAsidesDependencies): RootAsides {
  const activeIn = (inner: DialogContext) => inner.activeDialog && find(inner.activeDialog.id);

  async function askAnew(inner: DialogContext, turn: DialogTurn): Promise<void> {
    const dialog = activeIn(inner);
    if (dialog instanceof ReturningDialog) await dialog.comeBack(inner, turn);
    if (dialog instanceof InterruptibleDialog) await dialog.askAnew(inner, turn);
  }

  async function receivePlace(inner: DialogContext, turn: DialogTurn): Promise<boolean> {
    if (TAKING_PLACES.includes(inner.activeDialog?.id ?? '')) return false;
    const isForDelegate = isWaitingForPerson(turn) && !inner.stack.some(({ id }) => TAKING_PLACES.includes(id));
    if (isForDelegate) return true;
    return sayAside(inner, turn, answers.render('position.unused', wording.numbers()));
  }

  /** In the draft of a report, wherever its dialog is; what there is to say of it, if it was there. */
  async function correctDraft(inner: DialogContext, turn: DialogTurn): Promise<readonly TextContent[]> {
    const dialog = find(REPORT_ID);
    const walking = inner.stack.find(({ id }) => id === REPORT_ID);
    return dialog instanceof ReportDialog ? dialog.correctAside(walking?.state, turn) : [];
  }

  async function correct(inner: DialogContext, turn: DialogTurn): Promise<boolean> {
    if (turn.danger?.level === 2) {
      await correctDraft(inner, turn);
      return false;
    }
    const active = activeIn(inner);
    const corrected = active instanceof ReportDialog ? [] : await correctDraft(inner, turn);
    const isSent = corrected.length === 0 && turn.sources.isSent(turn.id);
    const contents = isSent ? answers.render('report.correction.late') : corrected;
    if (contents.length > 0) return sayAside(inner, turn, contents);
    const isTaken = active instanceof ReturningDialog && (await active.correct(inner, turn));
    return isTaken || passOver(inner, turn);
  }

  /** The buttons are those of the question that is open, if one is. */
  async function sayAside(inner: DialogContext, turn: DialogTurn, contents: readonly Content[]): Promise<true> {
    await say(inner.context, hasQuestion(inner) ? contents.map(withoutActions) : contents);
    await askAnew(inner, turn);
    return true;
  }

  function hasQuestion(inner: DialogContext): boolean {
    const dialog = activeIn(inner);
    if (dialog instanceof ReturningDialog) return dialog.hasQuestion(inner.activeDialog?.state ?? {});
    return dialog instanceof InterruptibleDialog;
  }

  /** What was said last is answered anew; of anything earlier nobody waits for an answer. */
  function passOver(inner: DialogContext, { effects, id, sources, ...turn }: DialogTurn): boolean {
    if (effects.corrects?.isLast) {
      // It is held anew, if it tells of a report still.
      if (sources.held().includes(id)) effects.report.hold();
      return false;
    }
    const active = activeIn(inner);
    if (active instanceof ReportDialog) active.passOver(inner.activeDialog?.state ?? {}, { effects, now: turn.now });
    return true;
  }

  return {
    async receive(inner, turn) {
      const { effects, text } = turn;
      if (effects.position) return receivePlace(inner, turn);
      if (text === '' && effects.isEnclosed) {
        await askAnew(inner, turn);
        return true;
      }
      return effects.corrects ? correct(inner, turn) : false;
    },
  };
}

/** Those of the question that follows are what is pressed. */
function withoutActions(content: Content): Content {
  if (content.kind !== 'text') return content;
  const { actions: _, ...rest } = content;
  return rest;
}
