import type { Command } from '../src/domain/reply-words.js';
import type { Intent, OtherLanguage } from '../src/nlu/intent-recognizer.js';
import type { DialogTurn } from './dialog-turn.js';
import type { Memory } from './memory.js';
import { requestsOf } from './requests.js';

/** What is to be done with a message that no dialog waits for. */
export type Route =
  /** One matter, or two in their order. */
  | { readonly kind: 'begin'; readonly intents: readonly Intent[] }
  | { readonly kind: 'callback' }
  | { readonly kind: 'say'; readonly answer: 'menu' | 'nothing.to-cancel' | 'acknowledged' }
  | { readonly kind: 'language'; readonly language: OtherLanguage }
  | { readonly kind: 'disambiguate' }
  | { readonly kind: 'offer-help' }
  /** The resident waits for a person no more. */
  | { readonly kind: 'stop-waiting' }
  /** It is for the delegate who is waited for. */
  | { readonly kind: 'for-delegate' };

export function routeOf(turn: DialogTurn, memory: Memory): Route {
  if (turn.language) return { kind: 'language', language: turn.language };
  const ordered = turn.command && ORDERS[turn.command](turn, memory);
  if (ordered) return ordered;
  if (isSadWithoutRequest(turn)) return begin('emergency');
  // The code of a report has no other use.
  if (turn.entities.receiptCode !== undefined) return begin('report.status');
  if (isGreetingForDelegate(turn)) return { kind: 'for-delegate' };
  const requests = requestsOf(turn);
  // Who waits for a delegate tells it to the delegate.
  if (isWaitingForPerson(turn) && turn.tellsStory && isOnlyReport(requests)) return { kind: 'for-delegate' };
  if (requests.length > 0) return begin(...requests);
  const { decision } = turn;
  const isDangerUnclear = decision.kind === 'disambiguate' && decision.intents.includes('emergency');
  if (isWaitingForPerson(turn) && !isDangerUnclear) return { kind: 'for-delegate' };
  return { kind: decision.kind === 'disambiguate' ? 'disambiguate' : 'offer-help' };
}

export function isWaitingForPerson({ effects }: DialogTurn): boolean {
  return effects.handoff.status === 'waiting';
}

/** Undefined when the words mean nothing here, so that what the recogniser made of them counts. */
type Order = (turn: DialogTurn, memory: Memory) => Route | undefined;

const ORDERS: Readonly<Record<Command, Order>> = {
  yes: (turn, { offer }) => (offer ? begin(offer) : acknowledge(turn)),
  no: acknowledge,
  'dont-know': acknowledge,
  menu: endWaitOr('menu'),
  back: endWaitOr('menu'),
  cancel: endWaitOr('nothing.to-cancel'),
  'stop-waiting': endWaitOr('nothing.to-cancel'),
  wait: (turn) => (isWaitingForPerson(turn) || turn.isButton ? begin('handoff.request') : undefined),
  callback: () => ({ kind: 'callback' }),
  erase: () => begin('privacy.delete'),
  happening: () => begin('emergency'),
  over: () => begin('emergency'),
  safe: () => begin('emergency'),
  unsafe: () => begin('emergency'),
  skip: stray,
  send: stray,
  change: stray,
  morning: stray,
  afternoon: stray,
  evening: stray,
  any: stray,
  resume: () => begin('report.start'),
  restart: () => begin('report.start'),
  consent: stray,
  discard: stray,
  'keep-going': stray,
  inform: followUp,
  'stop-informing': followUp,
  add: followUp,
  finish: stray,
  'lost-code': stray,
  unshare: stray,
};

/** A button under a report that was sent: with its code it can still be done. */
function followUp({ isButton }: DialogTurn): Route | undefined {
  return isButton ? begin('report.status') : undefined;
}

function isOnlyReport(requests: readonly Intent[]): boolean {
  return requests.length === 1 && requests[0] === 'report.start';
}

function begin(...intents: readonly Intent[]): Route {
  return { kind: 'begin', intents };
}

function acknowledge(turn: DialogTurn): Route | undefined {
  if (isSmallTalk(turn)) return undefined;
  return isWaitingForPerson(turn) ? { kind: 'for-delegate' } : { kind: 'say', answer: 'acknowledged' };
}

function endWaitOr(answer: 'menu' | 'nothing.to-cancel'): Order {
  return (turn) => (isWaitingForPerson(turn) ? { kind: 'stop-waiting' } : { kind: 'say', answer });
}

/** Something of a form that is over: « envoyer » with nothing to send. */
function stray(turn: DialogTurn): Route | undefined {
  if (!turn.isButton) return undefined;
  return isWaitingForPerson(turn) ? { kind: 'for-delegate' } : { kind: 'say', answer: 'nothing.to-cancel' };
}

/** « ok » may be thanks; any other reading of a bare yes or no, with nothing asked, would be a guess. */
function isSmallTalk({ decision }: DialogTurn): boolean {
  return decision.kind === 'answer' && decision.intent.startsWith('smalltalk.');
}

/** « bonjour » opens what is being written to the delegate who is waited for. */
function isGreetingForDelegate(turn: DialogTurn): boolean {
  const { decision } = turn;
  return isWaitingForPerson(turn) && decision.kind === 'answer' && decision.intent === 'smalltalk.greeting';
}

/** « au revoir, c'est fini pour moi »: no menu and no goodbye, but whether they are safe. */
function isSadWithoutRequest(turn: DialogTurn): boolean {
  const isSad = turn.danger?.kinds.includes('suicide') ?? false;
  return isSad && (turn.decision.kind !== 'answer' || isSmallTalk(turn));
}
