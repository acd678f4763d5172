import type { Clock } from '../../src/domain/clock.js';
import type { ConcealedWords } from '../../src/domain/concealed-words.js';
import { type Confidences, createConfidences } from '../../src/pipeline/confidences.js';
import type { ReportServices } from '../../src/pipeline/report-effects.js';
import type { DialogRunner } from '../../src/pipeline/run-dialogs.js';

/** Each says what it is for. */
export const CONCEALED: ConcealedWords = {
  answer: '(scellé)',
  receipt: '[code]',
  receiptShown: 'voici le code',
  receiptOver: 'code montré',
  failed: () => [{ kind: 'text', text: 'réponse perdue' }],
  overtaken: () => [{ kind: 'text', text: 'réponse non montrée' }],
  hasAnswer: () => [{ kind: 'text', text: 'réponse reçue' }],
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
  readonly confidences: Confidences;
  readonly reports: ReportServices;
}

/** What a turn handler needs where no test looks at reports. */
export function buildSecrets(clock: Clock = () => new Date()): Secrets {
  return { concealed: CONCEALED, confidences: createConfidences(clock), reports: createReportCalls().services };
}

/** Dialogs of which only the run matters: nothing in them is confidential, unless told. */
export function runner(
  run: DialogRunner['run'],
  isConfidential: DialogRunner['isConfidential'] = () => false,
): DialogRunner {
  return { run, isConfidential };
}
