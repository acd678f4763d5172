import type { SectorId } from '../src/domain/facts.js';
import type { Topic } from '../src/domain/reply-words.js';
import type { Intent } from '../src/nlu/intent-recognizer.js';
import { answer, type DialogTurn } from './dialog-turn.js';
import { ABOUT_DATES, type Memory } from './memory.js';

/** Answers that tell when and where the permanence can be visited, besides those about its dates. */
const ABOUT_VISITS: readonly Intent[] = [
  'permanence.location',
  'permanence.appointment',
  'delegates.role',
  'handoff.request',
];
const ABOUT_PERMANENCES: readonly Intent[] = [...ABOUT_DATES, ...ABOUT_VISITS];

/** What a message means after the last one. */
interface Continuation {
  readonly intent: Intent;
  /** It is of a town without permanences. */
  readonly isElsewhere?: boolean;
  /** It is of the day that the last answer was about. */
  readonly isSameDay?: boolean;
}

/** What a rule looks at. */
interface Situation {
  readonly turn: DialogTurn;
  readonly last: Intent | undefined;
  readonly homeSector: SectorId | undefined;
  /** What « et … ? » names; undefined unless the message goes on like this. */
  readonly topics: readonly Topic[] | undefined;
  /** True when the recogniser leaves room for it: it is unsure, or hesitates between this and something else. */
  mayBe(intent: Intent): boolean;
  /** The same, or the recogniser is sure of one of these, of which a message that goes on can be taken for another. */
  mayStandFor(intent: Intent, others: readonly Intent[]): boolean;
}

export interface ContextualTurn {
  readonly turn: DialogTurn;
  readonly isElsewhere: boolean;
}

/**
 * Reads what the message leaves out from what was talked about: « et jeudi ? » goes on about dates, « et à
 * Pontarlier ? » about addresses. Messages that are understood by themselves stay as they are.
 */
export function readInContext(turn: DialogTurn, memory: Memory, homeSector: SectorId | undefined): ContextualTurn {
  const found = isSaidInFull(turn) ? undefined : goesOn(toSituation(turn, memory.lastIntent, homeSector));
  if (!found) return { turn, isElsewhere: false };
  const isSameDay = found.isSameDay && !turn.entities.dates;
  const entities = { ...turn.entities, ...(isSameDay && memory.dates && { dates: memory.dates }) };
  return { turn: { ...turn, decision: answer(found.intent), entities }, isElsewhere: found.isElsewhere ?? false };
}

function isSaidInFull({ command, isButton, danger, requests }: DialogTurn): boolean {
  return command !== undefined || isButton || danger !== undefined || requests.length > 1;
}

function toSituation(turn: DialogTurn, last: Intent | undefined, homeSector: SectorId | undefined): Situation {
  const { decision, followUp } = turn;
  const choices = decision.kind === 'disambiguate' ? decision.intents : undefined;
  const mayBe = (intent: Intent) => decision.kind !== 'answer' && (choices?.includes(intent) ?? true);
  return {
    turn,
    last,
    homeSector,
    topics: followUp,
    mayBe,
    mayStandFor(intent, others) {
      if (followUp === undefined) return mayBe(intent);
      return decision.kind !== 'answer' || [intent, ...others].includes(decision.intent);
    },
  };
}

const RULES: readonly ((situation: Situation) => Continuation | undefined)[] = [
  inAnotherTown,
  onAnotherDay,
  ofTheNewStation,
  atWhatPlace,
  withTheOthers,
  atWhatTime,
];

function goesOn(situation: Situation): Continuation | undefined {
  for (const rule of RULES) {
    const found = rule(situation);
    if (found) return found;
  }
  return undefined;
}

/** « et à Pontarlier ? » */
function inAnotherTown({ turn, last, homeSector, mayStandFor }: Situation): Continuation | undefined {
  const { sector } = turn.entities;
  if (!sector || !last) return undefined;
  if (last === 'contact.email') return mayStandFor(last, ABOUT_PERMANENCES) ? { intent: last } : undefined;
  if (!ABOUT_PERMANENCES.includes(last) || !mayStandFor(last, ['contact.email', ...ABOUT_PERMANENCES]))
    return undefined;
  return sector === homeSector ? { intent: last } : { intent: 'contact.email', isElsewhere: true };
}

/** « et jeudi ? »; of a day that either permanence may be on, the answer about the delegates tells both. */
function onAnotherDay({ turn, last, topics = [], mayBe, mayStandFor }: Situation): Continuation | undefined {
  if (!turn.entities.dates) return undefined;
  if (topics.includes('commissioners') || topics.includes('delegates')) return undefined;
  if (last && ABOUT_DATES.includes(last) && mayStandFor(last, ABOUT_DATES)) return { intent: last };
  if (last && ABOUT_VISITS.includes(last) && mayBe('permanence.hours')) return { intent: 'permanence.hours' };
  const { decision } = turn;
  const isEither = decision.kind === 'disambiguate' && decision.intents.every((intent) => ABOUT_DATES.includes(intent));
  return isEither ? { intent: 'permanence.hours' } : undefined;
}

/** « et l'adresse ? », « et les horaires ? » of the station that was talked about, not of the permanence. */
function ofTheNewStation({ last, topics = [], mayStandFor }: Situation): Continuation | undefined {
  if (last !== 'station.new' || topics.includes('delegates') || topics.includes('commissioners')) return undefined;
  if (!topics.includes('place') && !topics.includes('time')) return undefined;
  const isOfIt = mayStandFor(last, ['permanence.location', 'permanence.hours', 'contact.email']);
  return isOfIt && !topics.includes('mail') ? { intent: last } : undefined;
}

/** « et l'adresse ? » */
function atWhatPlace({ last, topics = [], mayStandFor }: Situation): Continuation | undefined {
  if (!last || !ABOUT_PERMANENCES.includes(last) || !topics.includes('place') || topics.includes('mail'))
    return undefined;
  return mayStandFor('permanence.location', ['contact.email', ...ABOUT_DATES])
    ? { intent: 'permanence.location' }
    : undefined;
}

/** « et pour les commissaires ? », « et les délégués ? » */
function withTheOthers({ last, topics = [], mayStandFor }: Situation): Continuation | undefined {
  if (!last || !ABOUT_PERMANENCES.includes(last)) return undefined;
  if (topics.includes('commissioners') && mayStandFor('permanence.commissioners', ABOUT_PERMANENCES)) {
    return { intent: 'permanence.commissioners', isSameDay: true };
  }
  const isBackToDelegates = last === 'permanence.commissioners' && topics.includes('delegates');
  const mayBeHours = mayStandFor('permanence.hours', ['delegates.role', 'permanence.commissioners']);
  return isBackToDelegates && mayBeHours ? { intent: 'permanence.hours', isSameDay: true } : undefined;
}

/** « et à quelle heure ? » */
function atWhatTime({ last, topics = [], mayStandFor }: Situation): Continuation | undefined {
  if (!last || !topics.includes('time') || !ABOUT_PERMANENCES.includes(last)) return undefined;
  const intent = last === 'permanence.commissioners' ? last : 'permanence.hours';
  return mayStandFor(intent, ABOUT_DATES) ? { intent } : undefined;
}
