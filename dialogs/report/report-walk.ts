import { isDomainError } from '../../src/domain/errors.js';
import type { TextContent } from '../../src/domain/message.js';
import type { ReportStep } from '../../src/domain/report-answers.js';
import { isReportStep } from '../../src/domain/report-walk.js';
import type { DialogTurn } from '../dialog-turn.js';
import { createReportAsking, draftOf } from './report-asking.js';
import { createReportBeginning } from './report-beginning.js';
import { createReportBreaks } from './report-breaks.js';
import { createReportCorrections } from './report-corrections.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { createReportPositions } from './report-positions.js';
import { createReportRecap } from './report-recap.js';
import type { Outcome, Place, WalkState } from './report-state.js';
import { createReportSteps } from './report-steps.js';

/** The walk through a report: what each message brings about. It acts through the turn's effects, and says nothing itself. */
export interface ReportWalk {
  /** @param isToldOfChannel what the channel means for a report has been said before. */
  begin(turn: DialogTurn, isToldOfChannel: boolean): Promise<Outcome>;
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** Corrects what an earlier message had answered; undefined when it had answered nothing. */
  correct(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
  /** The same while the walk waits, under something else or for the resident to come back: it asks nothing. */
  correctAside(turn: DialogTurn, state: WalkState | undefined): Promise<CorrectedAside | undefined>;
  /** Takes what is told of a danger to the dialog above. */
  overhear(turn: DialogTurn, state: WalkState): Promise<WalkState>;
  /** The question of the place anew, after something else was answered. */
  comeBack(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
}

export interface CorrectedAside {
  readonly contents: readonly TextContent[];
  readonly state: WalkState | undefined;
}

type Handler = (turn: DialogTurn, state: WalkState) => Promise<Outcome>;

export function createReportWalk(deps: ReportWalkDependencies): ReportWalk {
  const { listening, says } = deps;
  const asking = createReportAsking(says);
  const steps = createReportSteps(deps, asking);
  const recap = createReportRecap(deps, asking, steps);
  const beginning = createReportBeginning(deps, asking, steps);
  const breaks = createReportBreaks(deps, asking, steps);
  const positions = createReportPositions(deps, asking, steps);
  const corrections = createReportCorrections(deps, asking, steps);

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
    if (turn.effects.position) return positions.receive(turn, state);
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
  async function inWords<Result>(turn: DialogTurn, run: () => Promise<Result>): Promise<Result | Outcome> {
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
    const outcome = moved(await inWords(turn, () => receive(turn, state)), turn, state);
    const isDanger = state.place !== 'sent' && listening.isDanger(turn, state.place);
    return isDanger && 'contents' in outcome ? { kind: 'interrupted', state: { ...state, isPaused: true } } : outcome;
  }

  async function correct(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined> {
    if (state.place === 'sent') return undefined;
    return (await showIfSent(turn, state)) ?? corrections.receive(turn, state);
  }

  /** A draft that waits is named: else nobody would know what was corrected. */
  async function correctAside(turn: DialogTurn, state?: WalkState): Promise<CorrectedAside | undefined> {
    const taken = await corrections.take(turn, state);
    if (!taken) return undefined;
    const { draft, kind } = taken;
    if (state) return { contents: [corrections.inWords(taken)], state: corrections.after(state, taken) };
    const id = kind === 'unclear' ? 'report.correction.unclear.waits' : 'report.corrected.waits';
    const contents = draft ? says.texts(id, { until: says.until(draft, turn.now) }) : [];
    return { contents, state };
  }

  return {
    begin: (turn, isToldOfChannel) => inWords(turn, () => beginning.begin(turn, isToldOfChannel)),
    receive: receiveInWords,
    correct: (turn, state) => inWords(turn, () => correct(turn, state)),
    async correctAside(turn, state) {
      const done = await inWords(turn, () => correctAside(turn, state));
      return done && 'kind' in done ? { contents: 'contents' in done ? done.contents : [], state } : done;
    },
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

/** Notes which message led to another place. */
function moved(outcome: Outcome, { id }: DialogTurn, { place }: WalkState): Outcome {
  if (outcome.kind !== 'ask' || outcome.state.place === place) return outcome;
  return { ...outcome, state: { ...outcome.state, moved: { by: id, from: place } } };
}
