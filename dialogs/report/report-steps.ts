import type { TextContent } from '../../src/domain/message.js';
import type { Command } from '../../src/domain/reply-words.js';
import type { ReportAnswer, ReportStep } from '../../src/domain/report-answers.js';
import {
  isFreeStep,
  isReportStep,
  nextPlace,
  passOver,
  placeBefore,
  type WalkDraft,
  type WalkReading,
} from '../../src/domain/report-walk.js';
import type { Intent } from '../../src/nlu/intent-recognizer.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import { asksSomethingElse } from '../interruptible-dialog.js';
import { draftOf, type ReportAsking, withoutPause } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import type { Outcome, WalkState } from './report-state.js';

type Answers = Extract<WalkReading, { kind: 'answers' }>;

export interface ReportSteps {
  /** The message as a reply at this step. */
  receive(turn: DialogTurn, state: WalkState, step: ReportStep): Promise<Outcome>;
  /** Seals what was read, and goes on. @param said by which messages, unless it is this one. */
  save(turn: DialogTurn, state: WalkState, answers: Answers, said?: readonly string[]): Promise<Outcome>;
  /** Asks whether to erase it, unless there is nothing to erase. */
  askCancel(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** A message that is for something else: the walk goes on after it, or is left. */
  answerElsewhere(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  /** Ends the walk, and says that the draft waits. */
  leave(turn: DialogTurn, kind?: 'left' | 'lost'): Promise<Outcome>;
}

/** Replies in a row that were not understood, at one question. */
export const MOST_MISSES = 2;

/** After these nobody expects the report to go on. */
const LEFT_FOR: readonly Intent[] = ['handoff.request', 'privacy.delete', 'report.status', 'smalltalk.goodbye'];
const LEAVING: readonly Command[] = ['menu', 'erase', 'callback', 'stop-waiting'];

export function createReportSteps(deps: ReportWalkDependencies, asking: ReportAsking): ReportSteps {
  const { flow, listening, says } = deps;
  const { goTo, goOn, stay } = asking;

  async function receive(turn: DialogTurn, state: WalkState, step: ReportStep): Promise<Outcome> {
    const isFree = isFreeStep(step);
    if (step !== 'contact' && listening.isForAssistant(turn, step)) return answerElsewhere(turn, state);
    const reading = flow.read(step, listening.toReply(turn), await knownOf(turn, state, step));
    if (reading.kind === 'answers') return save(turn, state, reading);
    if (reading.reason) return stay(turn, state, says.question(step, reading.reason));
    const obeyed = obey(turn, state, step);
    if (obeyed) return obeyed;
    return isNoReply(turn, isFree) ? answerElsewhere(turn, state) : askAgain(turn, state, step);
  }

  function obey(turn: DialogTurn, state: WalkState, step: ReportStep): Promise<Outcome> | undefined {
    if (turn.command === 'cancel') return askCancel(turn, state);
    if (turn.command === 'unshare' && step === 'where') return takeBack(turn, state);
    return isOneOf(turn, ['back', 'change']) ? goBack(turn, state, step) : undefined;
  }

  async function save(turn: DialogTurn, state: WalkState, reading: Answers, said = [turn.id]): Promise<Outcome> {
    const { answers, remains } = reading;
    const draft = await turn.effects.report.answer(answers);
    const { id: reportId, answered } = draft;
    const isJoined = reading.isJoined === true || remains === 'added' || state.isWayAsked === true;
    turn.sources.note(reportId, answers, state.answered ?? [], { ids: said, isJoined });
    const { misses: _, ...here } = { ...state, reportId, answered };
    if (remains === 'way') return goTo(turn, { ...here, isWayAsked: true });
    if (remains === 'added') {
      return goTo(turn, here, state.place === 'recap' ? {} : { remarks: says.texts('report.added') });
    }
    if (state.isChange) return goTo(turn, { place: 'recap', reportId, answered });
    return goOn(turn, draft, nextPlace(answered) === 'recap' ? {} : { remarks: remarksOn(answers, turn) });
  }

  function remarksOn(answers: readonly ReportAnswer[], { effects }: DialogTurn): readonly TextContent[] {
    const [first] = answers;
    if (answers.length > 1) return says.prefilled(answers, effects);
    if (first?.step !== 'when' || !('moment' in first)) return [];
    const { words } = first.moment;
    return words === undefined ? says.texts('report.as-typed') : says.noted(words, effects);
  }

  /** The place on the map that was shared is kept no more: without words about it, the question is open again. */
  async function takeBack(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { effects, sources } = turn;
    const left = flow.unshare(await draftOf(effects));
    const draft = await effects.report.answer([left]);
    const { id: reportId, answered } = draft;
    const hasWords = 'text' in left;
    const ids = hasWords ? (sources.partsOf(reportId).where ?? []) : [turn.id];
    sources.note(reportId, [left], [], { ids, isJoined: false });
    const { misses: _, ...here } = state;
    if (!hasWords) return goTo(turn, { ...here, reportId, answered });
    const before = { remarks: says.texts('report.position.removed') };
    return state.isChange ? goTo(turn, { place: 'recap', reportId, answered }, before) : goOn(turn, draft, before);
  }

  /** What is known is needed only where more is added to it. A contact that is changed is given anew as a whole. */
  async function knownOf({ effects }: DialogTurn, state: WalkState, step: ReportStep): Promise<WalkDraft> {
    const isNeeded = step === 'contact' || (step === 'where' && state.answered?.includes(step));
    const draft = isNeeded ? await effects.report.draft() : undefined;
    if (!draft) return { answered: [], known: {} };
    if (state.isWayAsked || step === 'where') return draft;
    const { contact: _, ...known } = draft.known;
    return { answered: draft.answered.filter((each) => each !== 'contact'), known };
  }

  async function answerElsewhere(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { command, decision } = turn;
    if (isAskedAnew(turn)) return goTo(turn, state);
    const isLeft = command
      ? LEAVING.includes(command)
      : decision.kind === 'answer' && LEFT_FOR.includes(decision.intent);
    return isLeft ? leave(turn) : { kind: 'interrupted', state: withoutPause(state) };
  }

  async function askAgain(turn: DialogTurn, state: WalkState, step: ReportStep): Promise<Outcome> {
    const misses = (state.misses ?? 0) + 1;
    const passed: ReportAnswer | undefined = step === 'category' ? { step, category: 'other' } : passOver(step);
    const isPassed = misses > 1 && passed && !state.isWayAsked && !state.isChange;
    if (isPassed) return save(turn, state, { kind: 'answers', answers: [passed] });
    if (misses > MOST_MISSES) return leave(turn, 'lost');
    return stay(turn, { ...state, misses }, says.question(step, state.isWayAsked ? 'way' : 'again'));
  }

  async function goBack(turn: DialogTurn, state: WalkState, step: ReportStep): Promise<Outcome> {
    const { isWayAsked: _, isChange, misses: __, ...rest } = state;
    const before = isChange ? 'recap' : placeBefore(step);
    return before ? goTo(turn, { ...rest, place: before }) : askCancel(turn, state);
  }

  async function askCancel(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { place, answered = [] } = state;
    if (answered.length > 0) {
      const from = isReportStep(place) || place === 'recap' ? place : 'recap';
      return goTo(turn, { ...state, place: 'cancel', from });
    }
    await turn.effects.report.discard();
    return { kind: 'done', contents: says.texts('report.discarded') };
  }

  async function leave({ effects, now, decision }: DialogTurn, kind: 'left' | 'lost' = 'left'): Promise<Outcome> {
    const draft = await effects.report.draft();
    const isErasing = decision.kind === 'answer' && decision.intent === 'privacy.delete';
    if (!draft || isErasing) return { kind };
    return { kind, preface: says.phrase('report.waits', { until: says.until(draft, now) }) };
  }

  return { receive, save, askCancel, answerElsewhere, leave };
}

/** In one's own words nearly everything is a reply. */
function isNoReply(turn: DialogTurn, isFree: boolean): boolean {
  if (!isFree) return isForElsewhere(turn);
  return isAskedAnew(turn) || (turn.command !== undefined && asksSomethingElse(turn));
}

/** True when the message, which is no reply, has a meaning of its own. */
export function isForElsewhere(turn: DialogTurn): boolean {
  return turn.language !== undefined || isAskedAnew(turn) || asksSomethingElse(turn);
}

/** « je veux signaler », in the middle of it. */
function isAskedAnew({ decision, isButton, command }: DialogTurn): boolean {
  if (command === 'resume' || command === 'restart') return true;
  return isButton && decision.kind === 'answer' && decision.intent === 'report.start';
}
