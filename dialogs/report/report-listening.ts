import type { ReplyWords } from '../../src/domain/reply-words.js';
import { isFreeStep, type WalkReply } from '../../src/domain/report-walk.js';
import type { ReportWords } from '../../src/domain/report-words.js';
import type { Intent } from '../../src/nlu/intent-recognizer.js';
import { type DialogTurn, isOfDanger } from '../dialog-turn.js';
import type { Place } from './report-state.js';

export interface ListeningDependencies {
  readonly words: ReportWords;
  readonly replies: Pick<ReplyWords, 'momentScope'>;
}

/** How a message inside a report is to be taken. A story resembles many questions: in doubt it is an answer. */
export interface Listening {
  toReply(turn: DialogTurn): WalkReply;
  /** Words meant for the assistant, at a question that is answered in one's own words. */
  isForAssistant(turn: DialogTurn, place: Place): boolean;
  /** A danger under way; what is told in one's own words may well sound like one. */
  isDanger(turn: DialogTurn, place: Place): boolean;
  /** More than a word or two, so that it would be a loss. */
  isSubstantial(turn: DialogTurn): boolean;
}

/** Asked about the service itself: how they begin is enough. */
const ABOUT_SERVICE: readonly Intent[] = ['privacy.confidentiality', 'bot.identity', 'bot.help'];
/** Asked about the desk: stories name hours and places too, so that only a question mark tells. */
const ABOUT_DESK: readonly Intent[] = [
  'permanence.hours',
  'permanence.commissioners',
  'permanence.location',
  'permanence.appointment',
  'delegates.role',
  'contact.email',
  'complaint.file',
  'report.status',
];
/** Asked for, rather than about; short. */
const WISHES: readonly Intent[] = ['handoff.request', 'privacy.delete', 'smalltalk.goodbye'];
const LONGEST_WISH = 8;
/** Readings that do not make a story, or a name, a doubtful one. */
const OF_REPORTS = ['report.start', 'smalltalk.'];

export function createListening({ words, replies }: ListeningDependencies): Listening {
  function isAnswerTo(place: Place, { entities, text }: DialogTurn): boolean {
    if (place === 'where') return words.placeIn(text) !== undefined;
    const isTime = entities.happened !== undefined || entities.time !== undefined;
    return place === 'when' && isTime && replies.momentScope(text) === 'only';
  }

  return {
    toReply: ({ text, now, entities: { happened, time }, command, decision, effects: { position }, language }) => ({
      text,
      position,
      now,
      happened,
      time,
      command,
      isForeign: language !== undefined,
      isDoubtful: decision.kind === 'answer' && !OF_REPORTS.some((start) => decision.intent.startsWith(start)),
    }),
    isForAssistant(turn, place) {
      const { decision, effects, entities, isButton, requests, text } = turn;
      if (effects.position || decision.kind !== 'answer' || words.saysNothing(text)) return false;
      // « Besançon » is a button too, and a place.
      if (isButton) return entities.sector === undefined;
      if (requests.includes('report.start') || isAnswerTo(place, turn)) return false;
      if (WISHES.includes(decision.intent)) return text.trim().split(/\s+/).length <= LONGEST_WISH;
      if (!words.isQuestion(text)) return false;
      return ABOUT_SERVICE.includes(decision.intent) || (ABOUT_DESK.includes(decision.intent) && isAsking(text));
    },
    isDanger(turn, place) {
      // « chez moi » tells of a danger when it is said by itself, and not in reply to « Où est-ce ? ».
      if (place === 'where' && words.isOnlyPlace(turn.text)) return false;
      return isFreeStep(place) ? turn.danger?.level === 2 : isOfDanger(turn);
    },
    isSubstantial: ({ command, tellsStory }) => command === undefined && tellsStory,
  };
}

function isAsking(text: string): boolean {
  return /\?\s*$/.test(text);
}
