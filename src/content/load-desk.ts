import { type AnswerCatalogue, type Answers, createAnswers } from '../domain/answers.js';
import type { DateWords } from '../domain/date-words.js';
import type { DeskWords } from '../domain/desk-words.js';
import { numberWords } from '../domain/emergency-answer.js';
import type { Facts, PermanenceId } from '../domain/facts.js';
import { fillWords } from '../domain/fill-words.js';
import { type CannedReply, type DeskCatalogue, deskSchema } from './desk-schema.js';
import { ContentError, readJson } from './read-json.js';

export type { CannedReply } from './desk-schema.js';

/** What delegates find under « / », and the labels that they may put on a conversation. */
export interface CannedReplies {
  readonly replies: CannedReply[];
  readonly labels: string[];
}

export interface DeskContent {
  readonly words: DeskWords;
  /** Filled in from the facts of the data files. */
  readonly cannedReplies: CannedReplies;
  /** Filled in from other facts: those that coordinators have changed. */
  cannedRepliesFor(facts: Facts): CannedReplies;
}

export interface DeskContentDependencies {
  readonly actions: AnswerCatalogue['actions'];
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly facts: Facts;
}

const COMPLAINT_SERVICE = 'plainte-en-ligne';

/**
 * The words of the delegates' desk.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its desk.json.
 */
export function loadDesk(corpusDir: URL, deps: DeskContentDependencies): DeskContent {
  const catalogue = readJson(new URL('desk.json', corpusDir.href.replace(/\/?$/, '/')), deskSchema);
  const faults = unknownActions(catalogue, deps.actions);
  if (faults.length > 0) throw new ContentError(faults);
  const cannedRepliesFor = (facts: Facts) => fillCannedReplies(catalogue, { ...deps, facts });
  return {
    words: createDeskWords(catalogue, deps),
    cannedReplies: cannedRepliesFor(deps.facts),
    cannedRepliesFor,
  };
}

function unknownActions({ words }: DeskCatalogue, known: AnswerCatalogue['actions']): string[] {
  return Object.entries(words).flatMap(([id, { actions = [] }]) =>
    actions
      .filter((action) => !Object.hasOwn(known, action))
      .map((action) => `corpus/fr/desk.json : words.${id}.actions : bouton « ${action} » inconnu`),
  );
}

function createDeskWords({ words }: DeskCatalogue, { actions, facts }: DeskContentDependencies): DeskWords {
  const said = createAnswers({ answers: words, actions });
  const numbers = numberWords({ facts });
  const render = (id: keyof DeskWords) => () => said.render(id, numbers);
  return {
    taken: render('taken'),
    givenBack: render('givenBack'),
    closed: render('closed'),
    transferred: render('transferred'),
    lostHold: render('lostHold'),
    nobodyCame: render('nobodyCame'),
  };
}

/** A reply about something that the facts do not hold is left out: no delegate is to send « écrivez à … » to nobody. */
function fillCannedReplies(
  { cannedReplies, labels }: DeskCatalogue,
  deps: Omit<DeskContentDependencies, 'actions'>,
): CannedReplies {
  const variables = variablesOf(deps);
  const isKnown = ({ text }: CannedReply) =>
    Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).every((name) => Object.hasOwn(variables, name));
  return {
    replies: cannedReplies.filter(isKnown).map((reply) => ({ ...reply, text: fillWords(reply.text, variables) })),
    labels: [...labels],
  };
}

function variablesOf({ answers, dates, facts }: Omit<DeskContentDependencies, 'actions'>): Record<string, string> {
  const delegates = facts.permanences.find(({ id }) => id === 'delegates');
  const place = facts.places.find(({ id }) => id === delegates?.placeId);
  const complaint = facts.services.find(({ id }) => id === COMPLAINT_SERVICE);
  const email = facts.sectors.find(({ name }) => name === facts.town.city)?.email;
  return {
    ...numberWords({ facts }),
    ...facts.town,
    ...ruleOf('delegates', { dates, facts }),
    ...ruleOf('commissioners', { dates, facts }),
    ...(place && {
      address: answers.phrase('address', { place: place.name, street: place.street, district: place.district }),
      map: place.mapUrl,
    }),
    ...(complaint && { complaint: complaint.url }),
    ...(email !== undefined && { email }),
  };
}

/** « tous les mercredis, l'après-midi » */
function ruleOf(
  id: PermanenceId,
  { dates, facts }: Pick<DeskContentDependencies, 'dates' | 'facts'>,
): Record<string, string> {
  const permanence = facts.permanences.find((entry) => entry.id === id);
  if (!permanence) return {};
  const rule = dates.rule(permanence.rule);
  const slot = dates.slot(permanence.slot);
  return { [`${id}Rule`]: slot ? `${rule}, ${slot}` : rule };
}
