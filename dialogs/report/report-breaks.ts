import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportDraft } from '../../src/domain/report-intake.js';
import { isFreeStep, isReportStep, type WalkPlace } from '../../src/domain/report-walk.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import { draftOf, type ReportAsking, withoutPause } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { AGREEING, DECLINING, type Outcome, type WalkState } from './report-state.js';
import { isForElsewhere, type ReportSteps } from './report-steps.js';
import { holdStory } from './report-story.js';

export interface ReportBreaks {
  /** A danger, or a message after a break: undefined when the walk simply goes on. */
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
  receiveContinuation(turn: DialogTurn, state: WalkState): Promise<Outcome>;
}

/** After this long, a message may be about anything. */
const FORGOTTEN_AFTER_MS = 30 * 60_000;

/** What comes between two replies: dangers, silence, a delegate who spoke. No sentence is lost by it. */
export function createReportBreaks(
  deps: ReportWalkDependencies,
  asking: ReportAsking,
  steps: ReportSteps,
): ReportBreaks {
  const { flow, listening, says } = deps;
  const { goTo, goOn } = asking;

  async function receive(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined> {
    const { effects, now } = turn;
    const { status } = effects.handoff;
    if (status === 'assigned' || status === 'closed') return steps.leave(turn);
    if (listening.isDanger(turn, state.place)) return pause(turn, state);
    const isForgotten = now.getTime() - state.at >= FORGOTTEN_AFTER_MS;
    const isBroken = isForgotten || state.isPaused || effects.lastSaidAt > state.at;
    if (!isBroken) return undefined;
    if (state.place === 'consent') return isForgotten ? { kind: 'left' } : undefined;
    return goOnAfterBreak(turn, state, isForgotten);
  }

  /** What was told of the danger is a part of the story. */
  async function pause(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { place } = state;
    const reading = isReportStep(place) ? flow.read(place, listening.toReply(turn), NOTHING) : undefined;
    const isTold = reading?.kind === 'answers' && listening.isSubstantial(turn);
    const told = isTold ? reading.answers : [];
    if (told.length === 0) return { kind: 'interrupted', state: { ...state, isPaused: true } };
    const { id: reportId, answered } = await turn.effects.report.answer(told);
    return { kind: 'interrupted', state: { ...state, reportId, answered, isPaused: true } };
  }

  async function goOnAfterBreak(
    turn: DialogTurn,
    state: WalkState,
    isForgotten: boolean,
  ): Promise<Outcome | undefined> {
    const draft = await turn.effects.report.draft();
    const place = placeIn(state);
    const isStory = isContinuation(turn, place);
    // It may have been sent: then the same receipt is shown again.
    if (!draft && state.place === 'recap' && turn.command === 'send') return undefined;
    if (!draft) return isStory ? offerAnew(turn) : leaveErased(state);
    if (isStory) return askWhetherContinued(turn, state, place);
    if (isWalking(turn, isForgotten)) return askAnew(turn, { ...state, place }, { draft, isForgotten });
    return isForgotten ? steps.leave(turn) : steps.answerElsewhere(turn, { ...withoutPause(state), place });
  }

  function askAnew(
    turn: DialogTurn,
    state: WalkState,
    { draft, isForgotten }: { readonly draft: ReportDraft; readonly isForgotten: boolean },
  ): Promise<Outcome> {
    const before = { preface: says.phrase('report.resuming') };
    if (isForgotten) return goOn(turn, draft, before);
    return isStepLeft(state, draft.answered) ? goOnWithKept(turn, draft) : goTo(turn, state, before);
  }

  /** What was told of a danger has answered the question. */
  function goOnWithKept(turn: DialogTurn, draft: ReportDraft): Promise<Outcome> {
    return goOn(turn, draft, { preface: says.phrase('report.resuming.kept') });
  }

  /** The draft waited too long, and the story comes now. */
  async function offerAnew(turn: DialogTurn): Promise<Outcome> {
    holdStory(turn, listening.toReply(turn), flow);
    const remarks = [{ kind: 'text', text: says.phrase('report.expired') } as const];
    const [, ...rest] = says.intro(turn.channel, true);
    return asking.stay(turn, { place: 'consent', at: 0, hasHeld: true }, [...remarks, ...rest]);
  }

  function leaveErased({ answered = [] }: WalkState): Outcome {
    return { kind: 'left', ...(answered.length > 0 && { preface: says.phrase('report.expired') }) };
  }

  function isContinuation(turn: DialogTurn, place: WalkPlace): boolean {
    return isFreeStep(place) && listening.isSubstantial(turn) && !listening.isForAssistant(turn, place);
  }

  async function askWhetherContinued(turn: DialogTurn, state: WalkState, from: WalkPlace): Promise<Outcome> {
    const reading = isReportStep(from) ? flow.read(from, listening.toReply(turn), NOTHING) : undefined;
    turn.effects.report.hold(reading?.kind === 'answers' ? reading.answers : []);
    return goTo(turn, { ...state, place: 'continues', from, hasHeld: true });
  }

  async function receiveContinuation(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { effects, now } = turn;
    const { report } = effects;
    const draft = await draftOf(effects);
    const { hasHeld: _, from = 'what', ...rest } = state;
    if (isOneOf(turn, AGREEING)) {
      const held = report.held() ?? [];
      report.hold();
      if (held.length > 0) return steps.save(turn, { ...rest, place: from }, { kind: 'answers', answers: held });
      return goTo(turn, { ...rest, place: from }, { remarks: says.texts('report.lost') });
    }
    if (isContinuation(turn, from)) return hearMore(turn, state, from);
    if (isOneOf(turn, DECLINING)) {
      report.hold();
      return { kind: 'done', contents: says.texts('report.kept', { until: says.until(draft, now) }) };
    }
    return isForElsewhere(turn) ? steps.leave(turn) : goTo(turn, state);
  }

  async function hearMore(turn: DialogTurn, state: WalkState, from: WalkPlace): Promise<Outcome> {
    const held = turn.effects.report.held() ?? [];
    const told = held.map((answer) => (hasText(answer) ? { ...answer, text: `${answer.text}\n${turn.text}` } : answer));
    turn.effects.report.hold(told);
    return goTo(turn, { ...state, from });
  }

  return { receive, receiveContinuation };
}

/** After silence, words that are no button of the walk are about something else. */
function isWalking(turn: DialogTurn, isForgotten: boolean): boolean {
  if (turn.command === 'resume') return true;
  return !isForElsewhere(turn) && (!isForgotten || turn.command !== undefined);
}

const NOTHING = { answered: [], known: {} };

type Told = Extract<ReportAnswer, { text: string }>;

function hasText(answer: ReportAnswer): answer is Told {
  return 'text' in answer;
}

/** The question that a side question was asked at. */
function placeIn({ place, from }: WalkState): WalkPlace {
  if (isReportStep(place)) return place;
  return from ?? 'recap';
}

/** The step was answered by what was told of a danger. */
function isStepLeft({ place, isChange }: WalkState, answered: readonly string[]): boolean {
  return isReportStep(place) && !isChange && answered.includes(place);
}
