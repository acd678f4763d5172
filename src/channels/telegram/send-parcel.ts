import type { Clock } from '../../domain/clock.js';
import type { ChannelLog } from '../channel.js';
import { SendFailure } from '../delivery-failures.js';
import type { Result, TelegramApi } from './api.js';
import { mergeMarks } from './deletions.js';
import { isOver, sendFailureOf } from './faults.js';
import type { MessageMark, Notes, OpenKeyboard } from './notes.js';
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

export interface CallsMade {
  /** What is to be remembered. */
  readonly notes: Notes;
  /** More calls are to be made, each in its turn. */
  readonly isPart?: boolean;
  /** Why the parcel has not left, or is in doubt. */
  readonly failure?: SendFailure;
}

/** Where Telegram does not say how long. */
const DEFAULT_HOLD_MS = 1_000;

/**
 * Makes the next call of a parcel: those that were made are not made again. One whose answer is lost is in doubt and not made
 * again either: the rest follows, and then the doubt is told. The call has its place in the pace already, which is given back
 * here.
 */
export async function sendParcel(
  { chatId, seq, calls }: Parcel,
  begun: Notes,
  deps: ParcelDependencies,
): Promise<CallsMade> {
  const part = begun.part?.seq === seq ? begun.part : { seq, done: 0 };
  const notes: Notes = { ...begun, part };
  const call = calls[part.done];
  if (!call) {
    deps.pace.sent(chatId);
    return over(notes);
  }
  const outcome = await attempt(chatId, call, deps);
  if (outcome instanceof SendFailure && outcome.code !== 'unanswered') return { notes, failure: outcome };
  const made =
    outcome instanceof SendFailure ? passed(notes, true) : withSent(passed(notes, false), call, outcome, deps);
  return part.done + 1 < calls.length ? { notes: made, isPart: true } : over(made);
}

function over({ part, ...notes }: Notes): CallsMade {
  return part?.isInDoubt ? { notes, failure: new SendFailure('unanswered') } : { notes };
}

/** @returns the message that was sent; undefined for what may be left out. */
async function attempt(
  chatId: number,
  call: Outgoing,
  { api, pace, log }: ParcelDependencies,
): Promise<MessageMark | SendFailure | undefined> {
  try {
    return markOf(await callOf(chatId, call, api)) ?? new SendFailure('unanswered');
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

/** Undefined for an answer that is no message, whatever Telegram's types promise: what was sent may have arrived. */
function markOf(answer: Partial<Result<'sendMessage'>> | null | undefined): MessageMark | undefined {
  const { message_id: id, date } = answer ?? {};
  return Number.isInteger(id) && Number.isInteger(date) ? [Number(id), Number(date) * 1000] : undefined;
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
