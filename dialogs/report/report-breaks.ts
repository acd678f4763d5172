import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportDraft } from '../../src/domain/report-intake.js';
import { isReportStep, nextPlace, type WalkPlace } from '../../src/domain/report-walk.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import { draftOf, type ReportAsking, withoutPause } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { AGREEING, DECLINING, type Outcome, type WalkState } from './report-state.js';
import { isForElsewhere, type ReportSteps } from './report-steps.js';
import { holdFrom, holdMore, holdStory } from './report-story.js';

export interface ReportBreaks {
  /** A danger, or a message after a break: undefined when the walk simply goes on. */
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
  receiveContinuation(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** Takes what is told while the question about a danger is open above. It says nothing. */
  overhear(turn: DialogTurn, state: WalkState): Promise<Outcome>;
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

  async function pause(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    // Corrected words may be where they belong already.
    const isNew = listening.isSubstantial(turn) && !turn.sources.isCorrected();
    const kept = isNew ? await keep(turn, state) : state;
    return { kind: 'interrupted', state: { ...kept, isPaused: true } };
  }

  /** What is told of a danger is a part of the story. */
  async function keep(turn: DialogTurn, state: WalkState): Promise<WalkState> {
    const { report } = turn.effects;
    const { place, isChange: _, ...rest } = state;
    const reply = listening.toReply(turn);
    if (place === 'consent' || place === 'resume') {
      return holdStory(turn, reply, flow).length > 0 ? { ...state, hasHeld: true } : state;
    }
    if (place === 'continues') {
      holdMore(turn);
      return state;
    }
    const draft = await report.draft();
    const told = draft ? flow.goOn(flow.tell(placeIn(state), reply, draft), draft) : [];
    if (told.length === 0) return state;
    const { id: reportId, answered } = await report.answer(told);
    turn.sources.note(reportId, told, state.answered ?? [], { ids: [turn.id], isJoined: true });
    return { ...rest, place, reportId, answered };
  }

  /** A message that asks for something else, or that is offered as a report by itself, is no part of this one. */
  async function overhear(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const isElsewhere = listening.isForAssistant(turn, 'what') || isOfferedAnew(turn);
    return isElsewhere ? { kind: 'interrupted', state } : pause(turn, state);
  }

  async function goOnAfterBreak(
    turn: DialogTurn,
    state: WalkState,
    isForgotten: boolean,
  ): Promise<Outcome | undefined> {
    const draft = await turn.effects.report.draft();
    const place = placeIn(state);
    if (!draft) return goOnWithout(turn, state);
    if (state.place === 'resume' || state.place === 'continues') return askAboutIt(turn, state, isForgotten);
    if (isContinuation(turn, place)) return askWhetherContinued(turn, state, place);
    if (isWalking(turn, isForgotten)) return askAnew(turn, { ...state, place }, { draft, isForgotten });
    if (isForgotten) return steps.leave(turn);
    const next = isStepLeft(state, draft.answered) ? nextPlace(draft.answered) : place;
    return steps.answerElsewhere(turn, { ...withoutPause(state), place: next });
  }

  async function goOnWithout(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    return isContinuation(turn, placeIn(state)) ? offerAnew(turn) : leaveErased(state);
  }

  /** At a question about the report itself, the reply goes to it: it knows what waits for the yes. */
  async function askAboutIt(turn: DialogTurn, state: WalkState, isForgotten: boolean): Promise<Outcome | undefined> {
    const isReply = isWalking(turn, isForgotten) || listening.isSubstantial(turn);
    if (isForgotten && !isReply) return steps.leave(turn);
    // Just after a danger, « ok » is about that.
    const isOfDanger = state.isPaused && !turn.isButton && isOneOf(turn, ['yes', 'no']);
    return isOfDanger ? goTo(turn, state, { preface: says.phrase('report.resuming') }) : undefined;
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
    const [, ...rest] = says.intro(turn.channel, { isStory: true, isToldOfChannel: true });
    return asking.stay(turn, { place: 'consent', at: 0, hasHeld: true }, [...remarks, ...rest]);
  }

  function leaveErased({ answered = [] }: WalkState): Outcome {
    return { kind: 'left', ...(answered.length > 0 && { preface: says.phrase('report.expired') }) };
  }

  function isContinuation(turn: DialogTurn, place: WalkPlace): boolean {
    return listening.isSubstantial(turn) && !listening.isForAssistant(turn, place);
  }

  async function askWhetherContinued(turn: DialogTurn, state: WalkState, from: WalkPlace): Promise<Outcome> {
    turn.effects.report.hold(flow.tell(from, listening.toReply(turn), await draftOf(turn.effects)));
    holdFrom(turn, false);
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
      const there = { ...rest, place: from };
      if (held.length === 0) return goTo(turn, there, { remarks: says.texts('report.lost') });
      const answers = flow.goOn(held, draft);
      const reading = { kind: 'answers', answers, ...beside(from, answers, draft.answered), isJoined: true } as const;
      return steps.save(turn, there, reading, turn.sources.held());
    }
    if (isContinuation(turn, from)) return hearMore(turn, state);
    if (isOneOf(turn, DECLINING)) {
      report.hold();
      return { kind: 'done', contents: says.texts('report.kept', { until: says.until(draft, now) }) };
    }
    return isForElsewhere(turn) ? steps.leave(turn) : goTo(turn, state);
  }

  async function hearMore(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const isLost = turn.effects.report.held() === undefined;
    holdMore(turn);
    return goTo(turn, state, isLost ? { remarks: says.texts('report.lost') } : {});
  }

  return { receive, receiveContinuation, overhear };
}

/** After silence, words that are no button of the walk are about something else. */
function isWalking(turn: DialogTurn, isForgotten: boolean): boolean {
  if (turn.command === 'resume') return true;
  return !isForElsewhere(turn) && (!isForgotten || turn.command !== undefined);
}

/** Its own dialog asks whether to make a report of it. */
function isOfferedAnew({ decision, requests }: DialogTurn): boolean {
  if (decision.kind === 'disambiguate') return decision.intents.includes('report.start');
  return requests.includes('report.start') || (decision.kind === 'answer' && decision.intent === 'report.start');
}

/** What leaves the question that was asked open is said to be added; then that is asked again. */
function beside(place: WalkPlace, answers: readonly ReportAnswer[], answered: readonly string[]): Remains {
  const isLeft = answered.includes(place) || answers.some(({ step }) => step === place);
  return answers.length > 0 && !isLeft ? { remains: 'added' } : {};
}

interface Remains {
  readonly remains?: 'added';
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
