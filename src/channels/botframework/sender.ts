import type { ConversationReference } from 'botbuilder';
import type { Clock } from '../../domain/clock.js';
import type { JsonObject } from '../../domain/json.js';
import type { Message, Reveal } from '../../domain/message.js';
import { isLocal } from '../../http/origins.js';
import type { AuthorNames } from '../author-names.js';
import type { ChannelLog } from '../channel.js';
import { failureOfStatus, readRetryAfter, SendFailure, type SendFailureCode } from '../delivery-failures.js';
import type { Due, Sender } from '../outbox-sender.js';
import { noteShown, revealed, revealNothing } from '../revealed.js';
import type { BotAdapter } from './adapter.js';
import { activityIdOf } from './external-id.js';
import { toReply } from './replies.js';

export interface SenderDependencies {
  readonly adapter: BotAdapter;
  readonly names: AuthorNames;
  readonly reveal?: Reveal;
  readonly clock: Clock;
  readonly log: ChannelLog;
  readonly baseUrl: () => string | undefined;
  /** Without credentials nothing is sent to another machine. */
  readonly hasCredentials: boolean;
}

/** Writes to the conversation that a stored address names, through the channel's connector. */
export function createBotFrameworkSender(deps: SenderDependencies): Sender {
  const { adapter, names, reveal = revealNothing, clock, log, hasCredentials } = deps;

  function replyTo({ conversation }: Due, message: Message) {
    const { channelId } = referenceOf(conversation.address?.details);
    const baseUrl = deps.baseUrl();
    return toReply(message, { names, channelId, ...(baseUrl !== undefined && { baseUrl }) });
  }

  return {
    resends: 'once',
    takes: (due) => due.conversation.address !== undefined && replyTo(due, due.message) !== undefined,
    async send([due]) {
      const reference = referenceOf(due.conversation.address?.details);
      if (!hasCredentials && !isLocal(reference.serviceUrl ?? '')) throw new SendFailure('not-allowed');
      // Only now: words that wait for a channel which takes nothing wait in memory, and no longer than they may.
      const shown = await revealed(due.message, reveal);
      const reply = replyTo(due, shown.message);
      if (!reply) return {};
      const replyToId = due.answered && activityIdOf(due.answered.externalId);
      try {
        await adapter.send(reference, { ...reply, ...(replyToId !== undefined && { replyToId }) });
      } catch (error) {
        const failure = toSendFailure(error, clock());
        if (failure.code === 'unanswered') await noteShown([shown], log);
        throw failure;
      }
      await noteShown([shown], log);
      return {};
    },
  };
}

function referenceOf(details: JsonObject | undefined): Partial<ConversationReference> {
  // Written by `openConversation` from botbuilder's own reference.
  return (details ?? {}) as Partial<ConversationReference>;
}

interface ConnectorError {
  readonly name?: unknown;
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

/** No connection was made: nothing can have arrived. */
const NO_CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function toSendFailure(error: unknown, now: Date): SendFailure {
  const { name, statusCode, code, response } = error as ConnectorError;
  if (typeof statusCode === 'number') {
    return new SendFailure(failureOfStatus(statusCode), readRetryAfter(response?.headers?.get('retry-after'), now));
  }
  return new SendFailure(codeOf(name, code));
}

function codeOf(name: unknown, code: unknown): SendFailureCode {
  if (typeof code === 'string' && NO_CONNECTION.includes(code)) return 'unreachable';
  // The request was on its way: its answer was lost, came too late, or made no sense.
  if (name === 'RestError' || name === 'AbortError') return 'unanswered';
  // No token could be had to write with: nothing was sent.
  return 'service-error';
}
