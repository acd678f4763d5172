import type { DialogTurn } from '../dialog-turn.js';
import { draftOf, type ReportAsking } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import type { Outcome, WalkState } from './report-state.js';
import type { ReportSteps } from './report-steps.js';
import { holdFrom } from './report-story.js';

export interface ReportPositions {
  /** A place that was shared says where it is, whatever was asked; the question that was asked stands. */
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome>;
}

export function createReportPositions(
  { flow, listening, says }: ReportWalkDependencies,
  asking: ReportAsking,
  steps: ReportSteps,
): ReportPositions {
  const { goTo } = asking;

  async function receive(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { status } = turn.effects.handoff;
    const { place } = state;
    if (place === 'sent' || status === 'assigned' || status === 'closed') return steps.leave(turn);
    if (place === 'consent' || place === 'resume') return hold(turn, state);
    return place === 'where' ? steps.receive(turn, state, place) : keep(turn, state);
  }

  /** Nothing is sealed without a yes. */
  async function hold(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { report } = turn.effects;
    const held = report.held() ?? [];
    const isLost = state.hasHeld && !report.held();
    const reading = flow.share(listening.toReply(turn), { answered: [], known: {} });
    holdFrom(turn, held.length > 0);
    report.hold([...held.filter(({ step }) => step !== 'where'), ...(reading?.answers ?? [])]);
    const remarks = [...(isLost ? says.texts('report.lost') : []), ...says.texts('report.position.held')];
    return goTo(turn, { ...state, hasHeld: true }, { remarks });
  }

  async function keep(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { effects, sources } = turn;
    const draft = await draftOf(effects);
    const reading = flow.share(listening.toReply(turn), draft);
    if (!reading) return goTo(turn, state, { remarks: says.texts('report.position.sealed') });
    const { id: reportId, answered } = await effects.report.answer(reading.answers);
    const saying = { ids: [turn.id], isJoined: reading.isJoined === true };
    sources.note(reportId, reading.answers, state.answered ?? [], saying);
    // It tells by itself which answer is to be changed.
    const place = state.place === 'change' ? 'recap' : state.place;
    const there = { ...state, place, reportId, answered };
    return goTo(turn, there, { remarks: says.texts('report.position.kept') });
  }

  return { receive };
}
