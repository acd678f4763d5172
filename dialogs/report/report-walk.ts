import { isDomainError } from '../../src/domain/errors.js';
import type { ReportStep } from '../../src/domain/report-answers.js';
import { isReportStep } from '../../src/domain/report-walk.js';
import type { DialogTurn } from '../dialog-turn.js';
import { createReportAsking, draftOf } from './report-asking.js';
import { createReportBeginning } from './report-beginning.js';
import { createReportBreaks } from './report-breaks.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { createReportRecap } from './report-recap.js';
import type { Outcome, Place, WalkState } from './report-state.js';
import { createReportSteps } from './report-steps.js';

/** The walk through a report: what each message brings about. It acts through the turn's effects, and says nothing itself. */
export interface ReportWalk {
  begin(turn: DialogTurn): Promise<Outcome>;
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** Takes what is told of a danger to the dialog above. */
  overhear(turn: DialogTurn, state: WalkState): Promise<WalkState>;
  /** The question of the place anew, after something else was answered. */
  comeBack(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
}

type Handler = (turn: DialogTurn, state: WalkState) => Promise<Outcome>;

export function createReportWalk(deps: ReportWalkDependencies): ReportWalk {
  const { listening, says } = deps;
  const asking = createReportAsking(says);
  const steps = createReportSteps(deps, asking);
  const recap = createReportRecap(deps, asking, steps);
  const beginning = createReportBeginning(deps, asking, steps);
  const breaks = createReportBreaks(deps, asking, steps);

  const handlers: Readonly<Record<Exclude<Place, ReportStep>, Handler>> = {
    consent: beginning.receiveConsent,
    resume: beginning.receiveResume,
    continues: breaks.receiveContinuation,
    recap: recap.receiveRecap,
    change: recap.receiveChange,
    cancel: recap.receiveCancel,
    sent: recap.receiveSent,
  };

  async function receive(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { place } = state;
    if (place === 'sent') return recap.receiveSent(turn, state);
    const sent = await showIfSent(turn, state);
    if (sent) return sent;
    const broken = await breaks.receive(turn, state);
    if (broken) return broken;
    return isReportStep(place) ? steps.receive(turn, state, place) : handlers[place](turn, state);
  }

  /** A turn may have sent it, and been lost then: nothing else is true of it any more. */
  async function showIfSent(turn: DialogTurn, { reportId }: WalkState): Promise<Outcome | undefined> {
    if (reportId === undefined || (await turn.effects.report.draft())) return undefined;
    try {
      return await recap.showSent(turn, reportId);
    } catch (error) {
      if (isDomainError(error, 'report-gone')) return undefined;
      throw error;
    }
  }

  /** What the store says no to, in words. */
  async function inWords(turn: DialogTurn, run: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await run();
    } catch (error) {
      if (isDomainError(error, 'no-reader'))
        return { kind: 'done', contents: says.noReader('report.no-reader', turn.now) };
      if (isDomainError(error, 'report-gone')) return { kind: 'done', contents: says.texts('report.gone') };
      if (isDomainError(error, 'too-many-attempts')) return inWords(turn, () => offerToSend(turn));
      throw error;
    }
  }

  /** It holds no more: it can be sent as it is, or given up. */
  async function offerToSend(turn: DialogTurn): Promise<Outcome> {
    const { id: reportId, answered } = await draftOf(turn.effects);
    return asking.stay(turn, { place: 'recap', at: 0, reportId, answered }, says.texts('report.full'));
  }

  /** In a danger the question about it comes next: what the store says no to is told at the next reply. */
  async function receiveInWords(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const outcome = await inWords(turn, () => receive(turn, state));
    const isDanger = state.place !== 'sent' && listening.isDanger(turn, state.place);
    return isDanger && 'contents' in outcome ? { kind: 'interrupted', state: { ...state, isPaused: true } } : outcome;
  }

  return {
    begin: (turn) => inWords(turn, () => beginning.begin(turn)),
    receive: receiveInWords,
    async overhear(turn, state) {
      const outcome = await inWords(turn, () => breaks.overhear(turn, state));
      return outcome.kind === 'interrupted' ? outcome.state : state;
    },
    async comeBack(turn, state) {
      if (state.isPaused || state.place === 'sent') return undefined;
      return inWords(turn, () => asking.goTo(turn, state, { preface: says.phrase('report.resuming') }));
    },
  };
}
