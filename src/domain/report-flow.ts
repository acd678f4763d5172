import { foldText } from './answers.js';
import type { Command } from './reply-words.js';
import { REPORT_CATEGORIES, type ReportAnswer, type ReportCategory, type ReportStep } from './report-answers.js';
import { type ContactWords, readContactStep } from './report-contact.js';
import type { MomentReader, SaidMoment } from './report-moment.js';
import { isPlaceSealed, type PlaceReading, readPlace, withoutPosition } from './report-place.js';
import { goneOn, isStoryPart, type StoryStep } from './report-story.js';
import {
  type FreeStep,
  isFreeStep,
  passOver,
  type WalkDraft,
  type WalkPlace,
  type WalkReading,
  type WalkReply,
} from './report-walk.js';
import type { ReportWords } from './report-words.js';

/** The walk through a report, without a word about who runs it. */
export interface ReportFlow {
  /** What a message that tells a story answers already; empty for one that tells none. */
  begin(reply: WalkReply): readonly ReportAnswer[];
  /** What a message makes of the question that was asked. */
  read(step: ReportStep, reply: WalkReply, draft: WalkDraft): WalkReading;
  /** A shared place, whatever was asked; undefined when it would take away what is sealed for good. */
  share(reply: Pick<WalkReply, 'text' | 'position'>, draft: WalkDraft): PlaceReading | undefined;
  /** What the answer to « où » is once the shared place is taken back: its words stand. */
  unshare(draft: WalkDraft): ReportAnswer;
  /** More words, when all questions are answered. */
  readMore(reply: WalkReply, draft: WalkDraft): WalkReading;
  /** A story that is told at this place, whatever was asked: it answers the question, or goes with what happened. */
  tell(place: WalkPlace, reply: WalkReply, draft: WalkDraft): readonly ReportAnswer[];
  /** What goes on with the report after a break, as it is to be sealed: nothing that was told is replaced. */
  goOn(answers: readonly ReportAnswer[], draft: WalkDraft): readonly ReportAnswer[];
  /** Of answers that were given before the walk, or between two of its parts, those that replace none. */
  fit(answers: readonly ReportAnswer[], draft: WalkDraft): readonly ReportAnswer[];
}

export interface ReportFlowDependencies {
  readonly words: ReportWords;
  readonly moments: MomentReader;
  readonly contacts: ContactWords;
  /** What the button of the category says. */
  readonly titleOf: (category: ReportCategory) => string;
  /** What is read back of a place on the map that came without words. */
  readonly sharedPlace: string;
}

export function createReportFlow(deps: ReportFlowDependencies): ReportFlow {
  const { words, moments } = deps;

  function begin({ text, now, happened, time }: WalkReply): readonly ReportAnswer[] {
    const category = words.categoryIn(text);
    const place = words.placeIn(text);
    const moment = moments.inWords(text, { happened, time }, now);
    const isStory = words.tellsStory(text);
    return [
      ...(category && category !== 'other' ? [{ step: 'category', category } as const] : []),
      ...(isStory && place ? [{ step: 'where', text: place } as const] : []),
      ...(isStory && moment ? [{ step: 'when', moment: moments.read(moment, { happened, time }, now) } as const] : []),
      ...(isStory ? [{ step: 'what', text } as const] : []),
    ];
  }

  function readCategory(reply: WalkReply): WalkReading {
    const { text, command } = reply;
    const titled = REPORT_CATEGORIES.find((category) => foldText(deps.titleOf(category)) === foldText(text));
    const isLeftOpen = command === 'dont-know' || command === 'skip' || command === 'no';
    const category = titled ?? (isLeftOpen ? 'other' : undefined);
    if (category) return { kind: 'answers', answers: [{ step: 'category', category }] };
    if (words.tellsStory(text) && !reply.isForeign) return { kind: 'answers', answers: begin(reply) };
    const betrayed = command && command !== 'menu' ? undefined : words.categoryIn(text);
    return betrayed ? { kind: 'answers', answers: [{ step: 'category', category: betrayed }] } : { kind: 'unclear' };
  }

  function readFree(step: FreeStep, reply: WalkReply, draft: WalkDraft): WalkReading {
    const { text, now, command, happened, time, position } = reply;
    if (position && step === 'where') return readPlace(reply, draft, deps.sharedPlace);
    if (words.saysNothing(text) || isOneOf(command, PASSING[step])) {
      const passed = passOver(step);
      return passed ? { kind: 'answers', answers: [passed] } : { kind: 'unclear', reason: 'again' };
    }
    if (isNoAnswer(step, reply)) return { kind: 'unclear' };
    if (step === 'where') return readPlace(reply, draft, deps.sharedPlace);
    if (step !== 'when') return { kind: 'answers', answers: [told(step, text)] };
    return { kind: 'answers', answers: [{ step, moment: moments.read(text, { happened, time }, now) }] };
  }

  function isNoAnswer(step: FreeStep, { text, command, happened, time }: WalkReply): boolean {
    if (words.isUnclear(text) || (command !== undefined && !ANSWERING.includes(command))) return true;
    return step === 'what' ? isBareRequest(text, words) : isAsking(step, text, { happened, time });
  }

  /** « pourquoi vous voulez savoir ? » is no place. */
  function isAsking(step: FreeStep, text: string, { happened, time }: SaidMoment): boolean {
    if (!isQuestion(text)) return false;
    return step === 'where' ? words.placeIn(text) === undefined : step === 'when' && !happened && !time;
  }

  function share(reply: Pick<WalkReply, 'text' | 'position'>, draft: WalkDraft): PlaceReading | undefined {
    return isPlaceSealed(draft) ? undefined : readPlace(reply, draft, deps.sharedPlace);
  }

  /** A story that comes when there is one goes under it, or under `step`; of anything else, what was answered stands. */
  function placed(answer: ReportAnswer, draft: WalkDraft, step?: StoryStep): readonly ReportAnswer[] {
    if (!draft.answered.includes(answer.step)) return [answer];
    if (answer.step === 'where' && 'text' in answer && answer.position) return share(answer, draft)?.answers ?? [];
    if (!isStoryPart(answer) || isSame(answer, draft.known[answer.step])) return [];
    return [goneOn(step ?? answer.step, answer.text, draft)];
  }

  function readOwnWords(step: ReportStep, reply: WalkReply, draft: WalkDraft): WalkReading | undefined {
    if (step === 'category') return readCategory(reply);
    return isFreeStep(step) ? readFree(step, reply, draft) : undefined;
  }

  return {
    begin,
    read(step, reply, draft) {
      if (step === 'category') return readCategory(reply);
      if (step !== 'contact') return readFree(step, reply, draft);
      const reading = readContactStep(reply, draft, deps);
      return reading.kind === 'unclear' && !reading.reason ? addMore(reply, draft, words) : reading;
    },
    share,
    unshare: (draft) => withoutPosition(draft, deps.sharedPlace),
    readMore: (reply, draft) => addMore(reply, draft, words),
    tell(place, reply, draft) {
      const isOpen = place !== 'recap' && !draft.answered.includes(place);
      const reading = isOpen ? readOwnWords(place, reply, draft) : undefined;
      if (reading?.kind === 'answers') return reading.answers;
      return [told(place === 'more' ? place : 'what', reply.text)];
    },
    goOn: (answers, draft) => answers.flatMap((answer) => placed(answer, draft)),
    fit: (answers, draft) => answers.flatMap((answer) => placed(answer, draft, 'more')),
  };
}

function isOneOf(command: Command | undefined, commands: readonly Command[]): boolean {
  return command !== undefined && commands.includes(command);
}

function told(step: 'what' | 'more', text: string): ReportAnswer {
  return step === 'what' ? { step, text } : { step, text };
}

/** Besides « passer »: what says that there is nothing to say. */
const PASSING: Readonly<Record<FreeStep, readonly Command[]>> = {
  where: ['skip', 'no', 'dont-know'],
  when: ['skip', 'no', 'dont-know'],
  what: [],
  more: ['skip', 'no', 'dont-know', 'send'],
};

/** Buttons of other dialogs whose words may be an answer: « Le soir ». */
const ANSWERING: readonly Command[] = ['morning', 'afternoon', 'evening', 'any'];

/** « je veux faire un signalement », once it is under way. */
function isBareRequest(text: string, words: ReportWords): boolean {
  return !words.tellsStory(text) && words.categoryIn(text) === undefined && /signal|d[ée]nonc/iu.test(text);
}

/** Residents tell a story in several messages: what comes after the questions about it goes with it. */
function addMore({ text, command, isDoubtful }: WalkReply, draft: WalkDraft, words: ReportWords): WalkReading {
  const isAddition = !command && !isDoubtful && words.tellsStory(text) && !isQuestion(text);
  if (!isAddition) return { kind: 'unclear' };
  return { kind: 'answers', answers: [goneOn('more', text, draft)], remains: 'added' };
}

/** The same message, run again. */
function isSame(answer: ReportAnswer, before: ReportAnswer | undefined): boolean {
  return before !== undefined && 'text' in answer && 'text' in before && answer.text === before.text;
}

function isQuestion(text: string): boolean {
  return /\?\s*$/.test(text);
}
