import { setImmediate as nextTick } from 'node:timers/promises';
import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Conversations } from '../domain/conversations.js';
import type { JsonObject } from '../domain/json.js';
import type { Message } from '../domain/message.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries, Delivery, DeliveryFailure } from './deliveries.js';
import { type DeliveryFailureCode, SendFailure } from './delivery-failures.js';
import type { Outcomes } from './outbox-outcomes.js';
import { judge, nextTry, type Resends, type Try, waitMs } from './outbox-plan.js';

/** A message on its way to the resident. */
export interface Due {
  readonly conversation: Conversation;
  readonly message: Message;
  /** The resident's message that it answers. */
  readonly answered?: Message;
}

/** What is sent together, in its order. */
export type Dues = readonly [Due, ...Due[]];

/** How a channel's service is written to. */
export interface Sender {
  /** Whether what may have arrived is sent a second time: rather twice than not at all, or rather not at all than twice. */
  readonly resends: Resends;
  /** True for what is sent a second time all the same: nobody is harmed if it arrives twice, somebody is if it never does. */
  repeats?(dues: Dues): boolean;
  /** False for what has no form in the channel: it counts as delivered. */
  takes(due: Due): boolean;
  /** True when `next`, which comes right after `dues`, is sent together with them. Absent: each is sent by itself. */
  joins?(dues: Dues, next: Due): boolean;
  /**
   * Resolves when the service may be written to. Nothing is stored of a try before that, so that a death meanwhile leaves no doubt.
   * @param end gives the turn up, waited for or had: nothing is sent after all. Never once `send` is called.
   */
  ready?(due: Due, end: AbortSignal): Promise<void>;
  /**
   * Resolves once the service has acknowledged all of it, or a part; it must settle within seconds.
   * @param notes what earlier sends of this conversation left to be remembered.
   * @throws SendFailure
   */
  send(dues: Dues, notes: JsonObject): Promise<Sent>;
}

export interface Sent {
  /** What is to be remembered in place of the notes, if it has changed. */
  readonly notes?: JsonObject;
  /** There is more of it: once these notes are stored, `send` is called again in its turn. */
  readonly isPart?: boolean;
}

/** Messages that are passed in one go. */
export interface Parcel {
  /** Those to be sent; the others have no form in the channel, or are the resident's. */
  readonly dues: readonly Due[];
  /** `seq` of the last message of the parcel. */
  readonly lastSeq: number;
  /** Others are to follow: once this one has left, it is stored that something is still due. */
  readonly isFollowed?: boolean;
}

export interface LetterDependencies {
  readonly conversations: Pick<Conversations, 'messagesAfter' | 'signal'>;
  readonly deliveries: Pick<Deliveries, 'save'>;
  readonly outcomes: Pick<Outcomes, 'save'>;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly log: ChannelLog;
  readonly random: () => number;
  /** It is stored that something is due. */
  readonly onNoted?: (conversationId: string) => void;
  /** The parcel is to be tried again after `ms`; `isStrict`: not before. */
  readonly retryAfter: (conversationId: string, ms: number, isStrict: boolean) => void;
}

export interface Letter {
  /**
   * Sends one parcel, if there is something to be sent. Before each try a mark is stored, so that a process that dies in the
   * middle is known to have tried.
   * @returns where the conversation has got to; undefined when the parcel stays due. Both are stored, save for a parcel
   * without anything to be sent: passing it again costs nothing.
   */
  pass(delivery: Delivery, parcel: Parcel): Promise<Delivery | undefined>;
  /** Passes over a parcel that a process died over, where it is not sent again; leaves all others as they are. */
  passDoubt(delivery: Delivery, parcel: Parcel): Promise<Delivery>;
}

/** Delegates are shown the last ones that are in doubt, and the last ones that were refused. */
const MOST_MARKED = 50;

const IN_DOUBT: readonly DeliveryFailureCode[] = ['uncertain', 'unconfirmed'];

/** One that is to be sent. */
interface Sending {
  readonly delivery: Delivery;
  readonly dues: Dues;
  readonly lastSeq: number;
}

export function createLetter(deps: LetterDependencies): Letter {
  const { conversations, deliveries, outcomes, sender, clock, log } = deps;

  async function note(delivery: Delivery): Promise<void> {
    await deliveries.save(delivery);
    deps.onNoted?.(delivery.conversationId);
  }

  async function noteOutcome(delivery: Delivery): Promise<void> {
    await outcomes.save(delivery);
    deps.onNoted?.(delivery.conversationId);
  }

  /** What has to wait for its turn is noted first. */
  async function untilReady({ delivery, dues: [first] }: Sending, end: AbortSignal): Promise<void> {
    const ready = sender.ready?.(first, end);
    if (!ready) return;
    const isNow = await Promise.race([ready.then(() => true), nextTick().then(() => false)]);
    if (!isNow) await note(delivery.failure ? delivery : { ...delivery, failure: queuedAt(clock()) });
    await ready;
  }

  async function mark({ delivery, lastSeq }: Sending, which: Try): Promise<void> {
    const { attempts = 0 } = delivery.failure ?? {};
    const code = which === 'second' ? 'resending' : 'sending';
    await note({ ...delivery, failure: { code, at: clock().getTime(), attempts, upTo: lastSeq } });
  }

  /** A turn for which the mark could not be stored would hold up the others. */
  async function begin(sending: Sending, which: Try): Promise<void> {
    const turn = new AbortController();
    try {
      await untilReady(sending, turn.signal);
      await mark(sending, which);
    } catch (error) {
      turn.abort();
      throw error;
    }
  }

  async function attempt({ delivery, dues }: Sending): Promise<Sent | SendFailure> {
    try {
      return await sender.send(dues, delivery.notes ?? {});
    } catch (error) {
      if (error instanceof SendFailure) return error;
      log.error(faultOf(error), 'A message could not be put into the form of its channel');
      return new SendFailure('service-error');
    }
  }

  async function settle(sending: Sending, which: Try, failure: SendFailure): Promise<Delivery | undefined> {
    const { conversationId } = sending.delivery;
    const attempts = (sending.delivery.failure?.attempts ?? 0) + 1;
    const verdict = judge(failure.code, { attempts, which, resends: resendsOf(sending.dues) });
    log.warn({ code: verdict.code, attempts }, 'A message was not delivered');
    const at = clock().getTime();
    const delivery = { ...sending.delivery, ...(failure.notes && { notes: failure.notes }) };
    if (verdict.kind === 'over') return passOver({ ...sending, delivery }, verdict.code);
    await noteOutcome({ ...delivery, failure: { code: verdict.code, at, attempts } });
    conversations.signal(conversationId, { kind: 'desk' });
    retry(conversationId, failure, attempts);
    return undefined;
  }

  function retry(conversationId: string, { code, retryAfterMs }: SendFailure, attempts: number): void {
    const isStrict = code === 'unanswered' || retryAfterMs !== undefined;
    deps.retryAfter(conversationId, waitMs(code, attempts, deps.random(), retryAfterMs), isStrict);
  }

  /** The next one begins anew; that this one is in doubt, or was refused, stays marked. */
  async function passOver({ delivery, dues, lastSeq }: Sending, code: DeliveryFailureCode): Promise<Delivery> {
    // A process that died may have put less into its parcel.
    const upTo = Math.min(delivery.failure?.upTo ?? lastSeq, lastSeq);
    const seqs = dues.map(({ message }) => message.seq).filter((seq) => seq <= upTo);
    const marks = IN_DOUBT.includes(code) ? 'uncertain' : 'refused';
    const passed = {
      ...delivery,
      deliveredSeq: upTo,
      failure: { code, at: clock().getTime(), attempts: 0 },
      [marks]: [...(delivery[marks] ?? []), ...seqs].slice(-MOST_MARKED),
    };
    await noteOutcome(passed);
    conversations.signal(delivery.conversationId, { kind: 'desk' });
    return passed;
  }

  const resendsOf = (dues: Dues): Resends => (sender.repeats?.(dues) ? 'once' : sender.resends);
  const inDoubt = (dues: Dues): DeliveryFailureCode => (resendsOf(dues) === 'never' ? 'uncertain' : 'unconfirmed');

  /** What has left is stored before the next part waits for its turn: a death meanwhile leaves no doubt. */
  async function sendAll(sending: Sending, which: Try, isFollowed: boolean): Promise<Delivery | undefined> {
    await begin(sending, which);
    const outcome = await attempt(sending);
    if (outcome instanceof SendFailure) return settle(sending, which, outcome);
    const { failure: _, ...before } = sending.delivery;
    const settled = { ...before, ...(outcome.notes && { notes: outcome.notes }) };
    if (outcome.isPart) {
      const delivery = { ...settled, failure: queuedAt(clock()) };
      await noteOutcome(delivery);
      return sendAll({ ...sending, delivery }, which, isFollowed);
    }
    const { lastSeq } = sending;
    const passed = { ...settled, deliveredSeq: lastSeq, ...(isFollowed && { failure: queuedAt(clock()) }) };
    await outcomes.save(passed);
    conversations.signal(passed.conversationId, { kind: 'delivered', seq: lastSeq });
    return passed;
  }

  return {
    async pass(delivery, { dues, lastSeq, isFollowed = false }) {
      const [first, ...rest] = dues;
      if (!first) return { ...delivery, deliveredSeq: lastSeq };
      const sending: Sending = { delivery, dues: [first, ...rest], lastSeq };
      const which = nextTry(delivery.failure, resendsOf(sending.dues));
      return which === 'none' ? passOver(sending, inDoubt(sending.dues)) : sendAll(sending, which, isFollowed);
    },
    async passDoubt(delivery, { dues: [first, ...rest], lastSeq }) {
      if (!first) return delivery;
      const dues: Dues = [first, ...rest];
      if (nextTry(delivery.failure, resendsOf(dues)) !== 'none') return delivery;
      return passOver({ delivery, dues, lastSeq }, inDoubt(dues));
    },
  };
}

/** Nothing of it was tried yet. */
function queuedAt(now: Date): DeliveryFailure {
  return { code: 'queued' satisfies DeliveryFailureCode, at: now.getTime(), attempts: 0 };
}

/** Puts together what the sender joins. What is not to be sent goes with what comes before it. */
export function toParcels(dues: readonly Due[], sender: Pick<Sender, 'takes' | 'joins'>): readonly Parcel[] {
  const parcels: { readonly dues: Due[]; lastSeq: number }[] = [];
  for (const due of dues) {
    const last = parcels.at(-1);
    const { author, seq } = due.message;
    const isSent = author !== 'resident' && sender.takes(due);
    if (last && (!isSent || isJoined(last.dues, due, sender))) {
      if (isSent) last.dues.push(due);
      last.lastSeq = seq;
    } else parcels.push({ dues: isSent ? [due] : [], lastSeq: seq });
  }
  return parcels;
}

function isJoined(dues: readonly Due[], next: Due, { joins }: Pick<Sender, 'joins'>): boolean {
  const [first, ...rest] = dues;
  return first !== undefined && (joins?.([first, ...rest], next) ?? false);
}
