import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportDraft } from '../../src/domain/report-intake.js';
import type { Intent } from '../../src/nlu/intent-recognizer.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import { type Before, draftOf, type ReportAsking } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { AGREEING, DECLINING, type Outcome, type WalkState } from './report-state.js';
import { isForElsewhere, MOST_MISSES, type ReportSteps } from './report-steps.js';
import { holdStory } from './report-story.js';

export interface ReportBeginning {
  /** @param isToldOfChannel what the channel means for a report has been said before. */
  begin(turn: DialogTurn, isToldOfChannel: boolean): Promise<Outcome>;
  receiveConsent(turn: DialogTurn, state: WalkState): Promise<Outcome>;
  receiveResume(turn: DialogTurn, state: WalkState): Promise<Outcome>;
}

/** Asked before the yes: answered, and then the yes is asked for again. */
const BEFORE_CONSENT: readonly Intent[] = [
  'privacy.confidentiality',
  'bot.identity',
  'bot.help',
  'delegates.role',
  'complaint.file',
];

/** What comes before the first question: nothing is sealed without a yes. */
export function createReportBeginning(
  deps: ReportWalkDependencies,
  asking: ReportAsking,
  steps: ReportSteps,
): ReportBeginning {
  const { flow, listening, says } = deps;
  const { goTo, goOn, stay } = asking;

  async function begin(turn: DialogTurn, isToldOfChannel: boolean): Promise<Outcome> {
    const { report } = turn.effects;
    if (!(await report.canBeRead())) return { kind: 'done', contents: says.noReader('report.refused', turn.now) };
    const held = holdStory(turn, listening.toReply(turn), flow);
    const draft = await report.draft();
    const about = held.length > 0 ? ({ hasHeld: true } as const) : {};
    if (!draft && turn.command === 'resume') return { kind: 'done', contents: says.texts('report.resume.none') };
    if (!draft) {
      const contents = says.intro(turn.channel, { isStory: held.some(isTold), isToldOfChannel });
      return stay(turn, { place: 'consent', at: 0, ...about }, contents);
    }
    if (turn.command === 'resume' && held.length === 0) {
      return goOn(turn, draft, { preface: says.phrase('report.resuming') });
    }
    return goTo(turn, { place: 'resume', reportId: draft.id, answered: draft.answered, ...about });
  }

  async function receiveConsent(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { command, decision, effects } = turn;
    if (isOneOf(turn, AGREEING)) return start(turn, state);
    if (isOneOf(turn, DECLINING)) {
      effects.report.hold();
      return { kind: 'done', contents: says.texts('report.declined') };
    }
    if (listening.isSubstantial(turn) && isOfReport(turn)) return hearMore(turn, state);
    const isAbout = decision.kind === 'answer' && BEFORE_CONSENT.includes(decision.intent);
    if (isAbout && !command) return { kind: 'interrupted', state };
    if (isAskedFor(turn)) return goTo(turn, state);
    return isForElsewhere(turn) ? { kind: 'left' } : again(turn, state);
  }

  /** The story goes on before the yes. */
  async function hearMore(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const isLost = state.hasHeld && !turn.effects.report.held();
    holdStory(turn, listening.toReply(turn), flow);
    return goTo(turn, { ...state, hasHeld: true }, isLost ? { remarks: says.texts('report.lost') } : {});
  }

  async function again(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const misses = (state.misses ?? 0) + 1;
    return misses > MOST_MISSES ? steps.leave(turn, 'lost') : goTo(turn, { ...state, misses });
  }

  async function start(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const draft = await turn.effects.report.open();
    if (!state.hasHeld) return goOn(turn, draft, { remarks: says.texts('report.hint') });
    return takeHeld(turn, draft, state);
  }

  /** Seals what was held until the yes. */
  async function takeHeld(
    turn: DialogTurn,
    draft: ReportDraft,
    { answered = [] }: WalkState,
    before: Before = {},
  ): Promise<Outcome> {
    const { report } = turn.effects;
    const held = report.held();
    // A turn that is run again may have sealed it before.
    const isLost = !held && draft.answered.length === answered.length;
    if (!held) return goOn(turn, draft, { ...before, ...(isLost && { remarks: says.texts('report.lost') }) });
    const fitting = flow.fit(held, draft);
    const filled = fitting.length > 0 ? await report.answer(fitting) : draft;
    turn.sources.note(draft.id, fitting, answered, { ids: turn.sources.held(), isJoined: true });
    report.hold();
    const prefilled = fitting.length > 0 ? says.prefilled(fitting, turn.effects) : [];
    const isLeftOut = held.some(hasPosition) && !fitting.some(({ step }) => step === 'where');
    const leftOut = isLeftOut ? says.texts('report.position.sealed') : [];
    return goOn(turn, filled, { ...before, remarks: [...prefilled, ...leftOut] });
  }

  async function receiveResume(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { command, effects, now } = turn;
    const { report } = effects;
    if (command === 'restart') {
      await report.discard();
      return start(turn, { ...state, answered: [] });
    }
    if (isOneOf(turn, AGREEING)) {
      const draft = await draftOf(effects);
      const before = { preface: says.phrase('report.resuming') };
      return state.hasHeld ? takeHeld(turn, draft, state, before) : goOn(turn, draft, before);
    }
    if (isOneOf(turn, DECLINING)) {
      report.hold();
      return { kind: 'done', contents: says.texts('report.kept', { until: says.until(await draftOf(effects), now) }) };
    }
    return listening.isSubstantial(turn) && isOfReport(turn) ? hearMore(turn, state) : askAnew(turn, state);
  }

  async function askAnew(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    if (isAskedFor(turn)) return goTo(turn, state);
    return isForElsewhere(turn) ? steps.leave(turn) : again(turn, state);
  }

  return { begin, receiveConsent, receiveResume };
}

function isTold({ step }: ReportAnswer): boolean {
  return step === 'what';
}

function hasPosition(answer: ReportAnswer): boolean {
  return 'position' in answer && answer.position !== undefined;
}

function isAskedFor({ decision }: DialogTurn): boolean {
  return decision.kind === 'answer' && decision.intent === 'report.start';
}

/** It tells of a problem, or nobody knows what it tells. */
function isOfReport({ decision, requests }: DialogTurn): boolean {
  if (decision.kind === 'answer') return decision.intent === 'report.start';
  return requests.length < 2;
}
