import { dayKey } from '../../shared/dates.js';
import type { Message, Person } from '../live/wire.js';
import { AUTHORS, EVENTS } from './strings.js';

/** Who speaks, as told by colour and words. */
export type Voice = 'resident' | 'bot' | 'me' | 'delegate' | 'system';

/** A row of the log, in order. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'event'; readonly key: string; readonly text: string; readonly at: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      readonly voice: Voice;
      readonly name: string;
      /** The one before is by the same author and of the same minutes: the name need not stand there again. */
      readonly isContinued: boolean;
      /** The resident wrote it anew later on: when. What is here counts no more. */
      readonly replacedAt?: number | undefined;
      /** It is what they wrote anew. */
      readonly correction?: Correction | undefined;
    };

/** The earlier message is absent when it is not on the page. */
export interface Correction {
  readonly original?: Message | undefined;
  /** What stood there until then. */
  readonly before?: string | undefined;
}

/** Messages further apart than this each have their author's name. */
const TOGETHER_MS = 5 * 60_000;

export interface TimelineInput {
  readonly messages: readonly Message[];
  readonly me: string;
  /** How far `me` had read. */
  readonly firstReadSeq: number;
  /** Who holds it now: the last taking, when the event does not say whose it was, is theirs. */
  readonly holder?: Person | undefined;
}

/**
 * The conversation as rows: a separator for each day of Paris, and one before the first message that `me` had not read.
 */
export function timeline({ messages, me, firstReadSeq, holder }: TimelineInput): readonly Row[] {
  const rows: Row[] = [];
  const lastTaken = holder && messages.findLast(({ event }) => event === 'handoff.accepted');
  const versions = versionsOf(messages);
  let before: Message | undefined;
  let hasUnread = firstReadSeq === 0;
  for (const message of messages) {
    const isNewDay = !before || dayKey(before.at) !== dayKey(message.at);
    if (isNewDay) rows.push({ kind: 'day', key: `day-${message.seq}`, at: message.at });
    const isFirstUnread = !hasUnread && message.seq > firstReadSeq && voiceOf(message, me) !== 'me';
    if (isFirstUnread) rows.push({ kind: 'unread', key: 'unread' });
    hasUnread ||= isFirstUnread;
    const shown = message === lastTaken && holder ? { ...message, by: message.by ?? holder } : message;
    rows.push({ ...rowOf(shown, me, isNewDay || isFirstUnread ? undefined : before), ...versions.get(message.seq) });
    before = message;
  }
  return rows;
}

export function voiceOf({ author, by }: Message, me: string): Voice {
  if (author === 'delegate') return by?.id === me ? 'me' : 'delegate';
  return author;
}

/** « Jean, délégué » */
export function nameOf(message: Message, me: string): string {
  const voice = voiceOf(message, me);
  if (voice !== 'delegate') return AUTHORS[voice];
  return message.by ? AUTHORS.delegate(message.by.displayName) : AUTHORS.unknownDelegate;
}

/** What happened, in words. */
export function eventWords({ event, by }: Message, me: string): string | undefined {
  if (event !== 'handoff.accepted') return event && EVENTS[event];
  if (!by) return EVENTS.acceptedByUnknown;
  return by.id === me ? EVENTS.acceptedByMe : EVENTS.accepted(by.displayName);
}

interface Versions {
  readonly replacedAt?: number;
  readonly correction?: Correction;
}

/** What was written anew, by `seq`: which version came before each, and which after. */
function versionsOf(messages: readonly Message[]): ReadonlyMap<number, Versions> {
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const latest = new Map<number, Message>();
  const versions = new Map<number, Versions>();
  for (const message of messages) {
    if (message.edits === undefined) continue;
    const original = originOf(message, bySeq);
    const before = latest.get(original) ?? bySeq.get(original);
    if (before) versions.set(before.seq, { ...versions.get(before.seq), replacedAt: message.editedAt ?? message.at });
    versions.set(message.seq, { correction: { original: bySeq.get(original), before: before?.text } });
    latest.set(original, message);
  }
  return versions;
}

/** `seq` of the message that was there first. */
function originOf(message: Message, bySeq: ReadonlyMap<number, Message>): number {
  const { edits } = message;
  if (edits === undefined) return message.seq;
  const corrected = bySeq.get(edits);
  // What came later cannot have been corrected.
  return corrected && corrected.seq < message.seq ? originOf(corrected, bySeq) : edits;
}

function rowOf(message: Message, me: string, before: Message | undefined): Row {
  const key = `m-${message.seq}`;
  const text = eventWords(message, me);
  if (text !== undefined) return { kind: 'event', key, text, at: message.at };
  const isContinued =
    before !== undefined &&
    message.edits === undefined &&
    before.event === undefined &&
    before.author === message.author &&
    before.by?.id === message.by?.id &&
    message.at - before.at < TOGETHER_MS;
  return { kind: 'message', key, message, voice: voiceOf(message, me), name: nameOf(message, me), isContinued };
}
