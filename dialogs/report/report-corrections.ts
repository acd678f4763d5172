import type { TextContent } from '../../src/domain/message.js';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { AnsweredBy, ReportDraft } from '../../src/domain/report-intake.js';
import { isStoryStep } from '../../src/domain/report-story.js';
import { isReportStep } from '../../src/domain/report-walk.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import type { Before, ReportAsking } from './report-asking.js';
import type { ReportWalkDependencies } from './report-dependencies.js';
import { AGREEING, type Outcome, type WalkState } from './report-state.js';
import type { ReportSteps } from './report-steps.js';
import { holdFrom, holdMore } from './report-story.js';

/** What became of the corrected words. */
export interface Taken {
  readonly kind: 'replaced' | 'added' | 'unclear' | 'lost';
  /** As it is now; absent when they are held in memory. */
  readonly draft?: ReportDraft;
  /** Of the contact, there is a first name only now. */
  readonly lacksWay?: boolean;
  /** Nothing is held for the question any more. */
  readonly isEmptied?: boolean;
}

export interface ReportCorrections {
  /** Corrects what the message had answered in the walk, and asks the same question again; undefined when it answers nothing. */
  receive(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined>;
  /** The same in a draft whose walk waits, and asks nothing. */
  take(turn: DialogTurn, state?: WalkState): Promise<Taken | undefined>;
  /** What is said of it in front of something else. */
  inWords(taken: Taken): TextContent;
  /** Where the walk is after it. */
  after(state: WalkState, taken: Taken): WalkState;
}

export function createReportCorrections(
  { flow, listening, says, readCorrection }: ReportWalkDependencies,
  { goTo, goOn }: ReportAsking,
  { askCancel }: Pick<ReportSteps, 'askCancel'>,
): ReportCorrections {
  async function take(turn: DialogTurn, state?: WalkState): Promise<Taken | undefined> {
    const { effects, sources } = turn;
    if (state?.hasHeld && sources.held().includes(turn.id)) return hold(turn, state);
    const draft = await effects.report.draft();
    const owned = draft ? await ownedBy(turn, draft) : [];
    const [first] = owned;
    if (!draft || !first) return undefined;
    const isForAssistant = first.step !== 'contact' && listening.isForAssistant(turn, first.step);
    const answers = isForAssistant ? undefined : readCorrection(owned, listening.toReply(turn), draft);
    if (!answers) return { kind: 'unclear', draft };
    const changed = await effects.report.answer(answers);
    sources.noteCorrected();
    const alone = owned.filter(({ isAlone }) => isAlone).map(({ step }) => step);
    const own = answers.filter(({ step }) => alone.includes(step) || !draft.answered.includes(step));
    sources.note(draft.id, own, [], { ids: [turn.id], isJoined: false });
    const isReplaced = owned.some(({ step, isAlone }) => isAlone || !isStoryStep(step));
    return { kind: isReplaced ? 'replaced' : 'added', draft: changed, lacksWay: answers.some(isFirstNameOnly) };
  }

  /** What waits in memory for a yes. */
  async function hold(turn: DialogTurn, { place, from = 'what' }: WalkState): Promise<Taken> {
    const { effects, sources } = turn;
    const { report } = effects;
    sources.noteCorrected();
    const isOneOfSeveral = sources.held().length > 1;
    const isLost = isOneOfSeveral && report.held() === undefined;
    if (isOneOfSeveral && !isLost) {
      holdMore({ ...turn, text: says.phrase('report.value.correction', { text: turn.text }) });
      return { kind: 'added' };
    }
    const reply = listening.toReply(turn);
    const draft = place === 'continues' ? await report.draft() : undefined;
    const told = draft ? flow.tell(from, reply, draft) : flow.begin(reply);
    effects.conceal();
    report.hold(told.length > 0 ? told : undefined);
    holdFrom(turn, false);
    return { kind: isLost ? 'lost' : 'replaced', isEmptied: told.length === 0 };
  }

  async function receive(turn: DialogTurn, state: WalkState): Promise<Outcome | undefined> {
    const taken = await take(turn, state);
    if (!taken) return state.moved?.by === turn.id ? correctMove(turn, state) : undefined;
    const { draft, lacksWay } = taken;
    const said = inWords(taken);
    const there = after(state, taken);
    const { place } = state;
    if (lacksWay && (place === 'recap' || place === 'contact')) {
      const change = place === 'recap' ? ({ isChange: true } as const) : {};
      return goTo(turn, { ...there, ...change, place: 'contact', isWayAsked: true }, { preface: said.text });
    }
    const isLeft = draft && isReportStep(place) && !state.isChange && isNew(state, draft);
    return isLeft ? goOn(turn, draft, { remarks: [said] }) : goTo(turn, there, inFrontOf(state, said));
  }

  /** « oui », « retour »: what it brought about stands, but for a consent that is taken back. */
  async function correctMove(turn: DialogTurn, state: WalkState): Promise<Outcome> {
    const { moved, place } = state;
    const isRefused = moved?.from === 'consent' && place !== 'cancel' && !isOneOf(turn, AGREEING);
    if (isRefused) return askCancel(turn, state);
    return goTo(turn, state, inFrontOf(state, inWords({ kind: 'unclear' })));
  }

  function inFrontOf({ place }: WalkState, said: TextContent): Before {
    return place === 'recap' ? { remarks: [said] } : { preface: said.text };
  }

  function inWords({ kind }: Taken): TextContent {
    return { kind: 'text', text: says.phrase(WORDS[kind]) };
  }

  return { receive, take, inWords, after };
}

const WORDS: Readonly<Record<Taken['kind'], string>> = {
  replaced: 'report.corrected',
  added: 'report.corrected.added',
  unclear: 'report.correction.unclear',
  /** The words of other messages were held with it, and are gone. */
  lost: 'report.corrected.lost',
};

/**
 * The questions that the message answers. Where nothing is known of what an answer is made of, as after a delegate held the
 * conversation, a story or a place is taken for more than this message's words: none of it is lost.
 */
async function ownedBy(
  { effects: { report }, id, ownId, sources }: DialogTurn,
  draft: ReportDraft,
): Promise<readonly AnsweredBy[]> {
  const parts = sources.partsOf(draft.id);
  const known = draft.answered.flatMap((step): readonly AnsweredBy[] => {
    const ids = parts[step] ?? [];
    return ids.includes(id) ? [{ step, isAlone: ids.every((other) => other === id) }] : [];
  });
  // A turn that is run again finds the correction itself.
  const others = [...(await report.answeredBy(id)), ...(await report.answeredBy(ownId))]
    .filter(({ step }, index, all) => all.findIndex((other) => other.step === step) === index)
    .filter(({ step }) => parts[step] === undefined)
    .map(({ step, isAlone }) => ({ step, isAlone: isAlone && !isStoryStep(step) && step !== 'where' }));
  return [...known, ...others];
}

function after(state: WalkState, { draft, isEmptied }: Taken): WalkState {
  const { hasHeld, misses: _, ...rest } = state;
  const held = hasHeld && !isEmptied ? ({ hasHeld } as const) : {};
  return { ...rest, ...held, ...(draft && { reportId: draft.id, answered: draft.answered }) };
}

/** It reaches nobody. */
function isFirstNameOnly(answer: ReportAnswer): boolean {
  if (answer.step !== 'contact' || answer.contact.kind !== 'named') return false;
  return answer.contact.phone === undefined && answer.contact.email === undefined;
}

/** The question that was asked has been answered by the corrected words. */
function isNew({ place, answered = [] }: WalkState, draft: ReportDraft): boolean {
  return draft.answered.some((step) => step === place) && !answered.some((step) => step === place);
}
