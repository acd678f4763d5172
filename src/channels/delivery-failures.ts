import type { JsonObject } from '../domain/json.js';

/**
 * Why something does not get to a resident of a push channel: each code with its words for the delegate, which say what
 * to do. The codes are stored.
 */
export const DELIVERY_FAILURES = {
  queued: 'En attente d’envoi.',
  sending: 'Envoi en cours.',
  resending: 'Nouvel envoi en cours.',
  unreachable: 'Le service de messagerie ne répond pas. Nouvel essai dans un instant.',
  busy: 'Le service de messagerie reçoit trop de messages. Nouvel essai dans un instant.',
  'service-error': 'Le service de messagerie est en panne. Nouvel essai dans un instant.',
  unanswered: 'Le service de messagerie n’a pas confirmé l’envoi. Un second essai suit.',
  unconfirmed:
    'Un message n’a pas été confirmé. Le résident l’a reçu une fois, deux fois ou pas du tout. Demandez-lui s’il l’a reçu.',
  uncertain:
    'Incertain : la messagerie n’a pas confirmé l’envoi. Le résident a reçu ce message, ou pas. Il n’est pas envoyé deux fois : demandez-lui s’il l’a reçu.',
  refused: 'Le service de messagerie refuse un message. Écrivez-le autrement, ou plus court.',
  'not-allowed': 'Le service de messagerie ne nous laisse plus écrire à ce résident. Proposez un rappel s’il revient.',
  blocked:
    'Injoignable : le résident a bloqué le robot ou supprimé la discussion. Ce qui reste à lui dire partira s’il revient.',
  gone: 'Cette discussion n’existe plus dans la messagerie du résident. S’il écrit de nouveau, ce sera ici ou dans une nouvelle conversation.',
} as const satisfies Readonly<Record<string, string>>;

export type DeliveryFailureCode = keyof typeof DELIVERY_FAILURES;

/** In French, for the delegate. A code of an earlier version gets the words of a service that does not answer. */
export function deliveryFailureWords(code: string): string {
  return isCode(code) ? DELIVERY_FAILURES[code] : DELIVERY_FAILURES.unreachable;
}

/** How one try to send can fail. Only after `unanswered` may the message have arrived. */
export type SendFailureCode = Extract<
  DeliveryFailureCode,
  'unreachable' | 'busy' | 'service-error' | 'unanswered' | 'refused' | 'not-allowed' | 'blocked' | 'gone'
>;

/** Thrown by a sender. It holds nothing of what was to be sent. */
export class SendFailure extends Error {
  readonly code: SendFailureCode;
  /** How long the service asks to be left alone, in ms. */
  readonly retryAfterMs: number | undefined;
  /** What the channel has to remember of it, such as the part that has left. */
  readonly notes: JsonObject | undefined;

  constructor(code: SendFailureCode, retryAfterMs?: number, notes?: JsonObject) {
    super(code);
    this.name = 'SendFailure';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.notes = notes;
  }
}

/** What an HTTP status other than success means for a message. */
export function failureOfStatus(status: number): SendFailureCode {
  if (status === 429) return 'busy';
  if (status === 401 || status === 403) return 'not-allowed';
  if (status === 404 || status === 410) return 'gone';
  return status >= 400 && status < 500 && status !== 408 && status !== 412 ? 'refused' : 'service-error';
}

/** `Retry-After` in ms (RFC 9110, 10.2.3: seconds or a date); undefined without one that can be read. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function isCode(code: string): code is DeliveryFailureCode {
  return Object.hasOwn(DELIVERY_FAILURES, code);
}
