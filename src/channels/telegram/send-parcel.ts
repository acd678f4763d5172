import type { Clock } from '../../domain/clock.js';
import type { ChannelLog } from '../channel.js';
import { SendFailure } from '../delivery-failures.js';
import type { TelegramApi } from './api.js';
import { mergeMarks } from './deletions.js';
import { isOver, sendFailureOf } from './faults.js';
import { type MessageMark, type Notes, type OpenKeyboard, writeNotes } from './notes.js';
import type { Pace } from './pace.js';
import type { Outgoing } from './render.js';

export interface Parcel {
  readonly chatId: number;
  /** Of its first message. */
  readonly seq: number;
  readonly calls: readonly Outgoing[];
}

export interface ParcelDependencies {
  readonly api: TelegramApi;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: ChannelLog;
}

/** Where Telegram does not say how long. */
const DEFAULT_HOLD_MS = 1_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Makes the calls of one parcel, in order; those that an earlier try made are not made again. One whose answer is lost is in
 * doubt and not made again either: the rest follows, and then the doubt is told. The first call has its place in the pace
 * already, which is given back here.
 * @throws SendFailure with what is to be remembered.
 */
export async function sendParcel(
  { chatId, seq, calls }: Parcel,
  begun: Notes,
  deps: ParcelDependencies,
): Promise<Notes> {
  const earlier = begun.part?.seq === seq ? begun.part : { seq, done: 0 };
  let notes: Notes = { ...begun, part: earlier };
  let isReady = true;

  for (const call of calls.slice(earlier.done)) {
    if (!isReady) await readyFor(chatId, notes, deps);
    isReady = false;
    const outcome = await attempt(chatId, call, deps);
    if (outcome instanceof SendFailure && outcome.code !== 'unanswered') {
      throw new SendFailure(outcome.code, outcome.retryAfterMs, writeNotes(notes));
    }
    notes = outcome instanceof SendFailure ? passed(notes, true) : withSent(passed(notes, false), call, outcome, deps);
  }
  if (isReady) deps.pace.sent(chatId);
  const { part, ...rest } = notes;
  if (part?.isInDoubt) throw new SendFailure('unanswered', undefined, writeNotes(rest));
  return rest;
}

/** A pause that Telegram wants is not waited for in the middle of a parcel: a death meanwhile would leave a doubt. */
async function readyFor(chatId: number, notes: Notes, { pace }: ParcelDependencies): Promise<void> {
  const heldMs = pace.heldMs(chatId);
  if (heldMs > LONGEST_PAUSE_MS) throw new SendFailure('busy', heldMs, writeNotes(notes));
  try {
    await pace.ready(chatId);
  } catch {
    // It was closed: the rest is sent after the next start.
    throw new SendFailure('busy', undefined, writeNotes(notes));
  }
}

/** @returns the message that was sent; undefined for what may be left out. */
async function attempt(
  chatId: number,
  call: Outgoing,
  { api, pace, log }: ParcelDependencies,
): Promise<MessageMark | SendFailure | undefined> {
  try {
    const { message_id, date } = await callOf(chatId, call, api);
    return [message_id, date * 1000];
  } catch (error) {
    const failure = sendFailureOf(error);
    if (failure.code === 'busy') pace.hold(failure.retryAfterMs ?? DEFAULT_HOLD_MS, chatId);
    if (!isLeftOut(call, error)) return failure;
    log.warn({ status: 400 }, 'A place was not taken by Telegram: its address stands in the text');
    return undefined;
  } finally {
    pace.sent(chatId);
  }
}

function callOf(chatId: number, call: Outgoing, api: TelegramApi) {
  return call.method === 'sendMessage'
    ? api.call('sendMessage', { ...call.parameters, chat_id: chatId })
    : api.call('sendVenue', { ...call.parameters, chat_id: chatId });
}

function isLeftOut({ method }: Outgoing, error: unknown): boolean {
  return method === 'sendVenue' && isOver(error);
}

function passed(notes: Notes, isInDoubt: boolean): Notes {
  const { part } = notes;
  if (!part) return notes;
  return {
    ...notes,
    part: { ...part, done: part.done + 1, ...((isInDoubt || part.isInDoubt) && { isInDoubt: true }) },
  };
}

function withSent(notes: Notes, call: Outgoing, mark: MessageMark | undefined, { clock }: ParcelDependencies): Notes {
  if (!mark) return notes;
  const ids = mergeMarks([...(notes.ids ?? []), mark], clock());
  if (call.method !== 'sendMessage') return { ...notes, ids };
  const { isMenuAway: wasAway, keyboard: before, ...rest } = notes;
  const keyboard = openedBy(call, mark) ?? before;
  const isMenuAway = call.field === undefined ? wasAway : call.field === 'position';
  return { ...rest, ids, ...(keyboard && { keyboard }), ...(isMenuAway && { isMenuAway }) };
}

function openedBy(
  { keyboard }: Outgoing & { method: 'sendMessage' },
  [messageId]: MessageMark,
): OpenKeyboard | undefined {
  if (!keyboard) return undefined;
  const { seq, links } = keyboard;
  return { messageId, seq, ...(links.length > 0 && { links }) };
}
