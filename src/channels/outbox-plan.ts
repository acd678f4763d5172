import type { DeliveryFailure } from './deliveries.js';
import type { DeliveryFailureCode, SendFailureCode } from './delivery-failures.js';

/**
 * How often a message may be sent whose arrival is not known: twice. A service has no way to tell two sends of one
 * message apart, so a third would be worse than the doubt.
 */
export type Try = 'first' | 'second' | 'none';

/** Whether that second send is made: `never` leaves the doubt instead. */
export type Resends = 'once' | 'never';

/** Which try the next one is, by what was stored of the last one. A mark without an end is a process that died. */
const NEXT_TRY: ReadonlyMap<string, Try> = new Map<DeliveryFailureCode, Try>([
  ['sending', 'second'],
  ['unanswered', 'second'],
  ['resending', 'none'],
]);

/** A message that is refused for so many times keeps the ones after it waiting no longer. */
const MOST_REFUSALS = 5;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** First and longest wait before another try. One that may double a message waits for the late answer of a slow service. */
const WAITS: Readonly<Record<SendFailureCode, readonly [first: number, longest: number]>> = {
  unreachable: [2 * SECOND, 5 * MINUTE],
  busy: [2 * SECOND, 5 * MINUTE],
  'service-error': [2 * SECOND, 5 * MINUTE],
  unanswered: [20 * SECOND, 20 * SECOND],
  refused: [10 * SECOND, 5 * MINUTE],
  'not-allowed': [10 * MINUTE, 60 * MINUTE],
  blocked: [60 * MINUTE, 60 * MINUTE],
  gone: [10 * MINUTE, 60 * MINUTE],
};
/** Longer than this no service is believed. */
const LONGEST_RETRY_AFTER = 60 * MINUTE;

export function nextTry(failure: DeliveryFailure | undefined, resends: Resends): Try {
  const next = NEXT_TRY.get(failure?.code ?? '') ?? 'first';
  return next === 'second' && resends === 'never' ? 'none' : next;
}

/** What becomes of a message that could not be sent. */
export type Verdict =
  /** It stays due; `code` is what is stored. */
  | { readonly kind: 'due'; readonly code: DeliveryFailureCode }
  /** The ones after it go on. */
  | { readonly kind: 'over'; readonly code: DeliveryFailureCode };

export interface Attempt {
  /** This one included. */
  readonly attempts: number;
  readonly which: Try;
  readonly resends: Resends;
}

export function judge(code: SendFailureCode, { attempts, which, resends }: Attempt): Verdict {
  if (code === 'unanswered' && resends === 'never') return { kind: 'over', code: 'uncertain' };
  if (code === 'unanswered' && which === 'second') return { kind: 'over', code: 'unconfirmed' };
  if (code === 'refused' && attempts >= MOST_REFUSALS) return { kind: 'over', code: 'refused' };
  // That it may have arrived once stays known, whatever became of the later tries.
  return { kind: 'due', code: which === 'second' ? 'unanswered' : code };
}

/**
 * Time to the next try, in ms: doubling from try to try, with up to a quarter more at random so that all do not come back
 * at once, and never before the service wants it.
 * @param random in [0, 1)
 */
export function waitMs(code: SendFailureCode, attempts: number, random: number, retryAfterMs = 0): number {
  const [first, longest] = WAITS[code];
  const wait = Math.min(longest, first * 2 ** Math.min(attempts - 1, 20));
  return Math.max(Math.round(wait * (1 + random / 4)), Math.min(retryAfterMs, LONGEST_RETRY_AFTER));
}
