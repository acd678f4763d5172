/**
 * The one place that decides what becomes of what a delegate writes: pure, with the clock as a value. A reply is held for
 * five seconds, then posted under one id until the server has acknowledged or refused it; a colleague who wrote meanwhile
 * sends it back to the composer. What is not acknowledged is always also part of the draft.
 */
import { backoffMs } from '../../shared/backoff.js';
import { type Failure, isPassing } from './failure.js';
import type { Message } from './wire.js';

/** Time to think again after « Envoyer ». */
export const HOLD_MS = 5_000;

export type Phase =
  | { readonly kind: 'held'; readonly dueAt: number }
  /** Its turn comes after the one before it. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'sending'; readonly attempt: number }
  | { readonly kind: 'retrying'; readonly at: number; readonly attempt: number }
  /** The server said no; `detail` says why, in French. */
  | { readonly kind: 'failed'; readonly detail: string };

export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  /** `seq` of the last message on the writer's screen. */
  readonly seenSeq: number;
  readonly at: number;
  readonly phase: Phase;
}

/** What a delegate writes in one conversation. */
export interface Writing {
  /** In the composer. */
  readonly text: string;
  /** A colleague wrote after this `seq`: to be read before sending. */
  readonly guardedAfter?: number;
  readonly outgoing: readonly Outgoing[];
}

export type SendingState = Readonly<Record<string, Writing>>;

export const NOTHING_WRITTEN: Writing = { text: '', outgoing: [] };

export type Input = { readonly conversationId: string } & (
  | { readonly kind: 'write'; readonly text: string }
  /** The draft that the server kept, with the messages that are in the conversation already. */
  | { readonly kind: 'restore'; readonly draft: string; readonly messages: readonly Message[]; readonly me: string }
  | { readonly kind: 'send'; readonly clientId: string; readonly seenSeq: number }
  | { readonly kind: 'send-now'; readonly clientId: string }
  /** Back into the composer. */
  | { readonly kind: 'cancel'; readonly clientId: string }
  | { readonly kind: 'retry'; readonly clientId: string }
  | { readonly kind: 'acknowledged'; readonly clientId: string }
  | { readonly kind: 'refused'; readonly clientId: string; readonly failure: Failure; readonly random: number }
  | { readonly kind: 'arrived'; readonly messages: readonly Message[]; readonly me: string }
  | { readonly kind: 'guard-read' }
  | { readonly kind: 'tick' }
  /** The line is back: no need to wait longer. */
  | { readonly kind: 'hurry' }
  /** The page goes out of sight: what is held leaves now. */
  | { readonly kind: 'leave' }
);

export interface Decision {
  readonly writing: Writing;
  /** To be posted now, in order. */
  readonly post: readonly Outgoing[];
}

/** What follows from `input`, at `now` in milliseconds. */
export function decide(writing: Writing, input: Input, now: number): Decision {
  return start(take(writing, input, now), now);
}

/** What the server keeps as the draft: what is not acknowledged yet, then what is in the composer. */
export function draftOf({ outgoing, text }: Writing): string {
  return [...outgoing.map((item) => item.text), text].filter((part) => part.trim() !== '').join(PARAGRAPH);
}

/** When something is to be done next; undefined when nothing waits for the clock. */
export function nextWake(state: SendingState): number | undefined {
  const times = Object.values(state).flatMap(({ outgoing }) => outgoing.map(({ phase }) => wakeOf(phase)));
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

const PARAGRAPH = '\n\n';

function take(writing: Writing, input: Input, now: number): Writing {
  switch (input.kind) {
    case 'write':
      return { ...writing, text: input.text };
    case 'restore':
      return restore(writing, input.draft, input.messages, input.me);
    case 'send':
      return send(writing, input, now);
    case 'send-now':
      return changePhase(writing, input.clientId, (phase) =>
        phase.kind === 'held' ? { kind: 'held', dueAt: now } : phase,
      );
    case 'cancel':
      return takeBack(writing, ({ clientId, phase }) => clientId === input.clientId && isUnsent(phase));
    case 'retry':
      return changePhase(writing, input.clientId, (phase) => (phase.kind === 'failed' ? { kind: 'queued' } : phase));
    case 'acknowledged':
      return without(writing, new Set([input.clientId]));
    case 'refused':
      return refuse(writing, input, now);
    case 'arrived':
      return arrive(writing, input.messages, input.me);
    case 'guard-read':
      return unguarded(writing);
    case 'hurry':
      return changeAll(writing, (phase) => (phase.kind === 'retrying' ? { ...phase, at: now } : phase));
    case 'leave':
      return changeAll(writing, (phase) => (phase.kind === 'held' ? { kind: 'held', dueAt: now } : phase));
    case 'tick':
      return writing;
  }
}

/** Posts what is due, the oldest first and one at a time: a reply overtakes none but one that the server refused. */
function start(given: Writing, now: number): Decision {
  const writing = queueDue(given, now);
  const [first] = writing.outgoing.filter(({ phase }) => phase.kind !== 'failed');
  if (!first) return { writing, post: [] };
  const wake = first.phase.kind === 'queued' ? now : wakeOf(first.phase);
  if (wake === undefined || wake > now) return { writing, post: [] };
  const attempt = first.phase.kind === 'retrying' ? first.phase.attempt : 0;
  const started = changePhase(writing, first.clientId, () => ({ kind: 'sending', attempt }));
  return { writing: started, post: [first] };
}

/** Its five seconds are over: from now on it waits for the one before it, and for no clock. */
function queueDue(writing: Writing, now: number): Writing {
  const isDue = (phase: Phase): boolean => phase.kind === 'held' && phase.dueAt <= now;
  if (!writing.outgoing.some(({ phase }) => isDue(phase))) return writing;
  return changeAll(writing, (phase) => (isDue(phase) ? { kind: 'queued' } : phase));
}

function send(writing: Writing, input: { readonly clientId: string; readonly seenSeq: number }, now: number): Writing {
  const text = writing.text.trim();
  if (text === '') return writing;
  // Whoever writes on has made up their mind about what came before.
  const { outgoing } = changeAll(writing, (phase) => (phase.kind === 'held' ? { kind: 'queued' } : phase));
  const { clientId, seenSeq } = input;
  const item: Outgoing = { clientId, text, seenSeq, at: now, phase: { kind: 'held', dueAt: now + HOLD_MS } };
  return { text: '', outgoing: [...outgoing, item] };
}

function refuse(writing: Writing, input: Input & { kind: 'refused' }, now: number): Writing {
  const { clientId, failure, random } = input;
  const item = writing.outgoing.find((one) => one.clientId === clientId);
  if (item?.phase.kind !== 'sending') return writing;
  if (failure.code === 'ColleagueWrote') return guard(writing, item.seenSeq, clientId);
  const { attempt } = item.phase;
  return changePhase(writing, clientId, () =>
    isPassing(failure)
      ? { kind: 'retrying', at: now + backoffMs(attempt, random), attempt: attempt + 1 }
      : { kind: 'failed', detail: failure.detail },
  );
}

function arrive(writing: Writing, messages: readonly Message[], me: string): Writing {
  const stored = new Set(messages.map(({ clientId }) => clientId).filter((id) => id !== undefined));
  const rest = without(writing, stored);
  const colleague = messages.filter(({ author, by }) => author === 'delegate' && by?.id !== me);
  const last = Math.max(0, ...colleague.map(({ seq }) => seq));
  const stopped = rest.outgoing.filter(({ phase, seenSeq }) => isWaiting(phase) && seenSeq < last);
  const [first] = stopped;
  return first ? guard(rest, first.seenSeq) : rest;
}

/** What was refused goes back to the composer, and with it all that the server cannot have yet, which follows from it. */
function guard(writing: Writing, seenSeq: number, refusedId?: string): Writing {
  const back = takeBack(writing, ({ clientId, phase }) => clientId === refusedId || isUnsent(phase));
  return { ...back, guardedAfter: seenSeq };
}

/** Before what the delegate has begun to write meanwhile. */
function takeBack(writing: Writing, isTaken: (item: Outgoing) => boolean): Writing {
  const taken = writing.outgoing.filter(isTaken);
  if (taken.length === 0) return writing;
  const text = draftOf({ text: writing.text, outgoing: taken });
  return { ...without(writing, new Set(taken.map(({ clientId }) => clientId))), text };
}

/**
 * A draft may hold a reply that left at the last moment, when the page was closed: what is in the conversation already is
 * not offered to be sent again. What the delegate has typed since goes before any draft.
 */
function restore(writing: Writing, draft: string, messages: readonly Message[], me: string): Writing {
  if (writing.text !== '' || writing.outgoing.length > 0) return writing;
  let text = draft.trim();
  for (const message of messages) {
    const said = message.by?.id === me ? message.text.trim() : '';
    if (said !== '' && (text === said || text.startsWith(said + PARAGRAPH))) text = text.slice(said.length).trim();
  }
  return text === '' ? writing : { ...writing, text };
}

function unguarded({ guardedAfter: _, ...writing }: Writing): Writing {
  return writing;
}

function without(writing: Writing, clientIds: ReadonlySet<string>): Writing {
  const outgoing = writing.outgoing.filter(({ clientId }) => !clientIds.has(clientId));
  return outgoing.length === writing.outgoing.length ? writing : { ...writing, outgoing };
}

function changePhase(writing: Writing, clientId: string, change: (phase: Phase) => Phase): Writing {
  return {
    ...writing,
    outgoing: writing.outgoing.map((item) =>
      item.clientId === clientId ? { ...item, phase: change(item.phase) } : item,
    ),
  };
}

function changeAll(writing: Writing, change: (phase: Phase) => Phase): Writing {
  return { ...writing, outgoing: writing.outgoing.map((item) => ({ ...item, phase: change(item.phase) })) };
}

/** The server surely does not have it. */
function isUnsent({ kind }: Phase): boolean {
  return kind === 'held' || kind === 'queued' || kind === 'failed';
}

function isWaiting({ kind }: Phase): boolean {
  return kind === 'held' || kind === 'queued';
}

function wakeOf(phase: Phase): number | undefined {
  if (phase.kind === 'held') return phase.dueAt;
  return phase.kind === 'retrying' ? phase.at : undefined;
}
