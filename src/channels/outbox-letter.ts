import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Conversations } from '../domain/conversations.js';
import type { Message } from '../domain/message.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries, Delivery } from './deliveries.js';
import { SendFailure } from './delivery-failures.js';
import { judge, nextTry, type Try, waitMs } from './outbox-plan.js';

/** A message on its way to the resident. */
export interface Due {
  readonly conversation: Conversation;
  readonly message: Message;
  /** The resident's message that it answers. */
  readonly answered?: Message;
}

/** How a channel's service is written to. */
export interface Sender {
  /** False for what has no form in the channel: it counts as delivered. */
  takes(due: Due): boolean;
  /**
   * Resolves once the service has acknowledged the message; it must settle within seconds.
   * @throws SendFailure
   */
  send(due: Due): Promise<void>;
}

export interface LetterDependencies {
  readonly conversations: Pick<Conversations, 'messagesAfter' | 'signal'>;
  readonly deliveries: Pick<Deliveries, 'save'>;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly log: ChannelLog;
  readonly random: () => number;
  /** The message is to be tried again after `ms`; `isStrict`: not before. */
  readonly retryAfter: (conversationId: string, ms: number, isStrict: boolean) => void;
}

export interface Letter {
  /**
   * Sends one message, if it is to be sent. Before each try a mark is stored, so that a process that dies in the middle is
   * known to have tried.
   * @returns where the conversation has got to; undefined when the message stays due. Both are stored, save for a message
   * that is not to be sent: passing it again costs nothing.
   */
  pass(delivery: Delivery, due: Due): Promise<Delivery | undefined>;
}

export function createLetter(deps: LetterDependencies): Letter {
  const { conversations, deliveries, sender, clock, log } = deps;

  async function attempt(delivery: Delivery, due: Due, which: Try): Promise<SendFailure | undefined> {
    const { attempts = 0 } = delivery.failure ?? {};
    const code = which === 'second' ? 'resending' : 'sending';
    await deliveries.save({ ...delivery, failure: { code, at: clock().getTime(), attempts } });
    try {
      await sender.send(due);
      return undefined;
    } catch (error) {
      if (error instanceof SendFailure) return error;
      log.error(faultOf(error), 'A message could not be put into the form of its channel');
      return new SendFailure('service-error');
    }
  }

  async function settle(delivery: Delivery, due: Due, which: Try, failure: SendFailure): Promise<Delivery | undefined> {
    const { conversationId } = delivery;
    const attempts = (delivery.failure?.attempts ?? 0) + 1;
    const verdict = judge(failure.code, attempts, which);
    log.warn({ code: verdict.code, attempts }, 'A message was not delivered');
    const at = clock().getTime();
    if (verdict.kind === 'over') return passOver(delivery, due, verdict.code);
    await deliveries.save({ ...delivery, failure: { code: verdict.code, at, attempts } });
    conversations.signal(conversationId, { kind: 'desk' });
    retry(conversationId, failure, attempts);
    return undefined;
  }

  function retry(conversationId: string, { code, retryAfterMs }: SendFailure, attempts: number): void {
    const isStrict = code === 'unanswered' || retryAfterMs !== undefined;
    deps.retryAfter(conversationId, waitMs(code, attempts, deps.random(), retryAfterMs), isStrict);
  }

  /** The next message begins anew; that this one is in doubt is told until then. */
  async function passOver({ conversationId }: Delivery, { message }: Due, code: string): Promise<Delivery> {
    const failure = { code, at: clock().getTime(), attempts: 0 };
    const passed = { conversationId, deliveredSeq: message.seq, failure };
    await deliveries.save(passed);
    conversations.signal(conversationId, { kind: 'desk' });
    return passed;
  }

  return {
    async pass(delivery, due) {
      const { conversationId } = delivery;
      const { seq, author } = due.message;
      if (author === 'resident' || !sender.takes(due)) return { ...delivery, deliveredSeq: seq };
      const which = nextTry(delivery.failure);
      if (which === 'none') return passOver(delivery, due, 'unconfirmed');
      const failure = await attempt(delivery, due, which);
      if (failure) return settle(delivery, due, which, failure);
      await deliveries.save({ conversationId, deliveredSeq: seq });
      conversations.signal(conversationId, { kind: 'delivered', seq });
      return { conversationId, deliveredSeq: seq };
    },
  };
}
