import { z } from 'zod';
import { type AnswerCatalogue, createAnswers } from '../domain/answers.js';
import type { EnclosedRefusal } from '../domain/attachments.js';
import { ENCLOSED_KINDS, type EnclosedKind, type EnclosedWords } from '../domain/enclosed-words.js';
import { fillWords } from '../domain/fill-words.js';
import type { Position } from '../domain/message.js';
import { naming, text } from './answers-schema.js';
import { ContentError, readJson } from './read-json.js';

/** What residents are told of the limits, in bytes. */
export interface FileLimits {
  /** Of a photo, as it comes. */
  readonly incoming: number;
  readonly pdf: number;
}

const MEGABYTE = 1_000_000;
/** Of a degree: the fifth digit is about a metre. */
const DIGITS = 5;

const said = naming([]);
const label = text.max(40, { error: 'texte trop long (40 caractères au plus)' });
const buttons = z.array(z.string()).max(3, { error: 'au plus 3 boutons' });
const refused = naming(['incoming', 'pdf']);

const schema = z.strictObject({
  place: z.strictObject({ hidden: label, shown: naming(['latitude', 'longitude']) }),
  kinds: z.record(
    z.enum(ENCLOSED_KINDS),
    z.strictObject({ kept: label, lost: label, withText: said, alone: said, waiting: said }),
  ),
  actions: z.strictObject({ alone: buttons, besideReport: buttons }),
  words: z.strictObject({
    inReport: said,
    inReportWithText: said,
    besideReport: said,
    keptForLater: said,
    replaced: said,
    unread: said,
    placeWaiting: said,
    placeDanger: said,
  }),
  refused: z.strictObject({
    kind: refused,
    contact: refused,
    size: refused,
    damaged: refused,
    'too-many': refused,
    unavailable: refused,
  }),
});

/**
 * The words about what is no text.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @param actions the buttons that there are.
 * @throws ContentError with every fault of its enclosed.json.
 */
export function loadEnclosed(
  corpusDir: URL,
  { actions }: Pick<AnswerCatalogue, 'actions'>,
  limits: FileLimits,
): EnclosedWords {
  const catalogue = readJson(new URL('enclosed.json', corpusDir.href.replace(/\/?$/, '/')), schema);
  const faults = unknownActions(catalogue, actions);
  if (faults.length > 0) throw new ContentError(faults);
  return createEnclosedWords(catalogue, actions, limits);
}

type Catalogue = z.infer<typeof schema>;

function unknownActions({ actions }: Catalogue, known: AnswerCatalogue['actions']): string[] {
  return Object.entries(actions).flatMap(([id, ids]) =>
    ids
      .filter((action) => !Object.hasOwn(known, action))
      .map((action) => `corpus/fr/enclosed.json : actions.${id} : bouton « ${action} » inconnu`),
  );
}

function createEnclosedWords(
  { place, kinds, words, actions: buttons, refused: refusals }: Catalogue,
  actions: AnswerCatalogue['actions'],
  limits: FileLimits,
): EnclosedWords {
  const say = (bubbles: readonly string[], ids: readonly string[] = []) =>
    createAnswers({ answers: { said: { bubbles, actions: ids } }, actions }).render('said', inMegabytes(limits));
  const refusalOf = (kind: EnclosedKind, reason: EnclosedRefusal) =>
    kind === 'contact' && reason === 'kind' ? refusals.contact : refusals[reason];
  return {
    label: (kind, isKept) => kinds[kind][isKept ? 'kept' : 'lost'],
    place: (position) => (position ? fillWords(place.shown, inDegrees(position)) : place.hidden),
    withBot: (kind, hasText) => (hasText ? say([kinds[kind].withText]) : say([kinds[kind].alone], buttons.alone)),
    waiting: (kind) => say([kinds[kind].waiting]),
    inReport: (hasText) => say([hasText ? words.inReportWithText : words.inReport]),
    besideReport: () => say([words.besideReport], buttons.besideReport),
    keptForLater: () => say([words.keptForLater]),
    refused: (kind, reason) => say([refusalOf(kind, reason)]),
    replaced: () => say([words.replaced]),
    unread: () => say([words.unread]),
    placeWaiting: () => say([words.placeWaiting, words.placeDanger]),
  };
}

function inMegabytes({ incoming, pdf }: FileLimits): Record<string, string> {
  const whole = (bytes: number) => String(Math.floor(bytes / MEGABYTE));
  return { incoming: whole(incoming), pdf: whole(pdf) };
}

function inDegrees({ latitude, longitude }: Position): Record<string, string> {
  return { latitude: latitude.toFixed(DIGITS), longitude: longitude.toFixed(DIGITS) };
}
