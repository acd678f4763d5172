import type { Clock } from '../../domain/clock.js';
import type { Message } from '../../domain/message.js';
import type { ChannelLog } from '../channel.js';
import { SendFailure, type SendFailureCode } from '../delivery-failures.js';
import type { Due, Sent } from '../outbox-sender.js';
import type { TelegramApi } from './api.js';
import { markOf, mergeMarks, type RecentMessages } from './deletions.js';
import { sendFailureOf } from './faults.js';
import { type MessageMark, type Notes, writeNotes } from './notes.js';

export interface ErasureDependencies {
  readonly api: TelegramApi;
  /** Knows of the resident's messages. */
  readonly recent: RecentMessages;
  readonly clock: Clock;
  readonly log: ChannelLog;
}

/** https://core.telegram.org/bots/api#deletemessages */
const MOST_A_CALL = 100;
/** Tries at which Telegram failed, a quarter of a minute in all: what the resident is told waits for them. */
const MOST_TRIES = 4;
/** After these the same is done again: nobody minds a message that is deleted twice. */
const AGAIN: readonly SendFailureCode[] = ['busy', 'unreachable', 'unanswered', 'service-error'];

/**
 * Removes what can be removed from a chat, as many messages at a time as one call takes. What Telegram will not delete stays:
 * the resident is told how to delete a chat.
 * @throws SendFailure when it is to be tried again.
 */
export async function erase(
  { conversation, message }: Due,
  chatId: number,
  notes: Notes,
  deps: ErasureDependencies,
): Promise<Sent> {
  const { recent, clock, log } = deps;
  const until = writtenAtOf(message);
  const isBegun = notes.part?.seq === message.seq;
  const unnoted = recent.of(conversation.id).filter(([, sentAt]) => sentAt <= until);
  const own = isBegun ? [] : markOf(message.externalId, until);
  const marks = mergeMarks([...(notes.ids ?? []), ...unnoted, ...own], clock());
  const { left, failure } = await deleteNext(chatId, marks, deps);
  recent.settle(conversation.id, unnoted);

  const { done: failedBefore = 0 } = (isBegun && notes.part) || {};
  const part = { seq: message.seq, done: failedBefore + (failure && isCounted(failure) ? 1 : 0) };
  const begun = writeNotes({ ...notes, ids: left, part });
  if (failure && part.done < MOST_TRIES) throw new SendFailure(codeOf(failure), failure.retryAfterMs, begun);
  if (!failure && left.length > 0) return { notes: begun, isPart: true };
  if (failure) log.warn({ code: failure.code, count: left.length }, 'An erasure on Telegram was given up');
  // What stood under a message went with it, the menu perhaps too.
  return { notes: writeNotes({ isMenuAway: true }) };
}

interface Deletion {
  /** Those that were not tried, or are to be tried again. */
  readonly left: readonly MessageMark[];
  /** Why they are. */
  readonly failure?: SendFailure;
}

async function deleteNext(
  chatId: number,
  marks: readonly MessageMark[],
  { api, log }: ErasureDependencies,
): Promise<Deletion> {
  const ids = marks.slice(0, MOST_A_CALL).map(([messageId]) => messageId);
  if (ids.length === 0) return { left: [] };
  const failure = await failureOf(api.call('deleteMessages', { chat_id: chatId, message_ids: ids }));
  if (failure && AGAIN.includes(failure.code)) return { left: marks, failure };
  if (failure) log.warn({ code: failure.code }, 'Messages of an erased conversation were not deleted on Telegram');
  // One that cannot be deleted may have kept the others.
  for (const [index, id] of failure?.code === 'refused' ? ids.entries() : []) {
    const one = await failureOf(api.call('deleteMessage', { chat_id: chatId, message_id: id }));
    if (one && AGAIN.includes(one.code)) return { left: marks.slice(index), failure: one };
  }
  return { left: marks.slice(MOST_A_CALL) };
}

function failureOf(call: Promise<unknown>): Promise<SendFailure | undefined> {
  return call.then(() => undefined, sendFailureOf);
}

/** The others are as if nobody had been asked. */
function isCounted({ code }: SendFailure): boolean {
  return code === 'service-error' || code === 'unanswered';
}

/** Done twice it harms nobody: that it may have been done is no doubt. */
function codeOf({ code }: SendFailure): SendFailureCode {
  return code === 'unanswered' ? 'service-error' : code;
}

/** By Telegram's clock where it is known, as the marks are; else by ours. */
function writtenAtOf({ content, at }: Message): number {
  return (content.kind === 'erased' ? content.writtenAt : undefined) ?? at.getTime();
}
