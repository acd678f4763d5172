import type { Clock } from '../../src/domain/clock.js';
import type { ConcealedWords } from '../../src/domain/concealed-words.js';
import type { EnclosedWords } from '../../src/domain/enclosed-words.js';
import type { TextContent } from '../../src/domain/message.js';
import { type Confidences, createConfidences } from '../../src/pipeline/confidences.js';
import type { ReportServices } from '../../src/pipeline/report-effects.js';
import type { DialogRunner } from '../../src/pipeline/run-dialogs.js';

/** Each says what it is for. */
export const CONCEALED: ConcealedWords = {
  answer: '(scellé)',
  corrected: '(scellé, corrigé)',
  receipt: '[code]',
  receiptShown: 'voici le code',
  receiptOver: 'code montré',
  failed: () => [{ kind: 'text', text: 'réponse perdue' }],
  overtaken: () => [{ kind: 'text', text: 'réponse non montrée' }],
  notCorrected: () => [{ kind: 'text', text: 'correction non montrée' }],
  hasAnswer: () => [{ kind: 'text', text: 'réponse reçue' }],
};

const said = (text: string): readonly [TextContent] => [{ kind: 'text', text }];

/** Each says what it is for. */
export const ENCLOSED: EnclosedWords = {
  label: (kind, isKept) => `[${kind}${isKept ? '' : ' perdu'}]`,
  place: (position) => (position ? `[position ${position.latitude} ${position.longitude}]` : '[position]'),
  withBot: (kind, hasText) => said(`${kind} au robot${hasText ? ', avec texte' : ''}`),
  waiting: (kind) => said(`${kind} en attente`),
  inReport: (hasText) => said(`pas dans un signalement${hasText ? ', avec texte' : ''}`),
  besideReport: () => said('à côté du signalement'),
  keptForLater: () => said('gardé pour plus tard'),
  refused: (kind, reason) => said(`${kind} refusé : ${reason}`),
  replaced: () => said('remplacé, pas transmis'),
  unread: () => said('la suite n’est pas lue'),
  placeWaiting: () => said('position en attente'),
};

/** The calls that were made, with their arguments; none of them does anything. */
export interface ReportCalls {
  readonly calls: (readonly [name: string, ...unknown[]])[];
  readonly services: ReportServices;
}

export function createReportCalls(): ReportCalls {
  const calls: (readonly [string, ...unknown[]])[] = [];
  const noted =
    <Result>(name: string, result: Result) =>
    async (...given: unknown[]): Promise<Result> => {
      calls.push([name, ...given]);
      return result;
    };
  const draft = { id: 'r1', answered: [], known: {}, changedAt: 0, expiresAt: 0 };
  return {
    calls,
    services: {
      intake: {
        canBeRead: noted('canBeRead', true),
        draftOf: noted('draftOf', draft),
        open: noted('open', draft),
        answer: noted('answer', draft),
        answeredBy: noted('answeredBy', []),
        discard: noted('discard', undefined),
        submit: noted('submit', { receiptRef: 'ref-1' }),
        readReceipt: noted('readReceipt', undefined),
        peekReceipt: noted('peekReceipt', undefined),
      },
      followUp: {
        find: noted('find', 'unknown' as const),
        add: noted('add', true),
        notifyIn: noted('notifyIn', true),
        notifyAfterSending: noted('notifyAfterSending', true),
      },
    },
  };
}

export interface Secrets {
  readonly concealed: ConcealedWords;
  readonly enclosed: EnclosedWords;
  readonly confidences: Confidences;
  readonly reports: ReportServices;
}

/** What a turn handler needs where no test looks at reports. */
export function buildSecrets(clock: Clock = () => new Date()): Secrets {
  const confidences = createConfidences(clock);
  return { concealed: CONCEALED, enclosed: ENCLOSED, confidences, reports: createReportCalls().services };
}

/** Dialogs of which only the run matters: nothing in them is confidential, unless told. */
export function runner(
  run: DialogRunner['run'],
  isConfidential: DialogRunner['isConfidential'] = () => false,
): DialogRunner {
  return { run, isConfidential };
}
