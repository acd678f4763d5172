import { setImmediate as nextTick } from 'node:timers/promises';
import type { Clock } from '../domain/clock.js';
import type { Conversations } from '../domain/conversations.js';
import { DomainError, isDomainError } from '../domain/errors.js';
import type { Lease } from '../domain/leases.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries, Delivery, DeliveryFailure } from './deliveries.js';
import { type DeliveryFailureCode, SendFailure } from './delivery-failures.js';
import type { Known } from './outbox-merge.js';
import type { Outcomes } from './outbox-outcomes.js';
import { judge, nextTry, type Resends, type Try, waitMs } from './outbox-plan.js';
import type { Dues, Parcel, Sender, Sent } from './outbox-sender.js';

export interface LetterDependencies {
  readonly conversations: Pick<Conversations, 'messagesAfter' | 'signal'>;
  readonly deliveries: Pick<Deliveries, 'save'>;
  readonly outcomes: Pick<Outcomes, 'save'> & Partial<Pick<Outcomes, 'keep'>>;
  readonly sender: Sender;
  /** The right to send. Absent: nobody else sends. */
  readonly lease?: Pick<Lease, 'isHeld' | 'over'> | undefined;
  readonly clock: Clock;
  readonly log: ChannelLog;
  readonly random: () => number;
  /** It is stored that something is due. */
  readonly onNoted?: (conversationId: string) => void;
  /** The parcel is to be tried again after `ms`; `isStrict`: not before. */
  readonly retryAfter: (conversationId: string, ms: number, isStrict: boolean) => void;
}

/**
 * No message is sent by two processes, even where both believe that they hold the right to send:
 * - Each send is preceded by a mark, written over exactly what its process has read (compare-and-set).
 * - Two marks for one message are therefore written one after the other, and whoever writes the second one has read either the
 *   first mark, or what became of the first send. In the first case it sends nothing (it passes the message over as in doubt),
 *   or sends what may be sent twice, as after a death in the middle. In the second case the first send is over and has not
 *   arrived, or was never made.
 * - A process that is stopped between its mark and its send and wakes up later sends once at most what the other one has
 *   passed over; what becomes of it is then put together with what stands (`mergeLate`).
 * The lease only makes all this rare.
 */
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

  async function noteOutcome(delivery: Delivery, of: Omit<Known, 'delivery'> = {}): Promise<void> {
    await outcomes.save(delivery, of);
    deps.onNoted?.(delivery.conversationId);
  }

  /** What has to wait for its turn is noted first. */
  async function untilReady({ delivery, dues: [first] }: Sending, end: AbortSignal): Promise<void> {
    const ready = sender.ready?.(first, end);
    if (!ready) return;
    const isNow = await Promise.race([ready.then(() => true), nextTick().then(() => false)]);
    if (!isNow) await note(asQueued(delivery));
    await ready;
  }

  const asQueued = (delivery: Delivery): Delivery =>
    delivery.failure ? delivery : { ...delivery, failure: queuedAt(clock()) };

  function markOf({ delivery, lastSeq }: Sending, which: Try): DeliveryFailure {
    const { attempts = 0 } = delivery.failure ?? {};
    const code = which === 'second' ? 'resending' : 'sending';
    return { code, at: clock().getTime(), attempts, upTo: lastSeq };
  }

  /** A mark that may stand, or does, is of a send that was not made. */
  async function mark({ delivery }: Sending, failure: DeliveryFailure): Promise<void> {
    try {
      await note({ ...delivery, failure });
    } catch (error) {
      if (!isDomainError(error, 'revision-conflict')) outcomes.keep?.({ delivery: asQueued(delivery), mark: failure });
      throw error;
    }
    if (isOurs()) return;
    await noteOutcome(asQueued(delivery), { mark: failure });
    throw overtaken();
  }

  const isOurs = (): boolean => deps.lease?.isHeld() ?? true;

  /** A turn for which the mark could not be stored would hold up the others. Returns the mark. */
  async function begin(sending: Sending, which: Try): Promise<DeliveryFailure> {
    const turn = new AbortController();
    const giveUp = (): void => turn.abort();
    deps.lease?.over.addEventListener('abort', giveUp);
    try {
      // Of what is over already the listener is never told.
      if (!isOurs() || deps.lease?.over.aborted) throw overtaken();
      await untilReady(sending, turn.signal);
      const failure = markOf(sending, which);
      await mark(sending, failure);
      return failure;
    } catch (error) {
      giveUp();
      throw error;
    } finally {
      deps.lease?.over.removeEventListener('abort', giveUp);
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

  async function settle(
    sending: Sending,
    which: Try,
    mark: DeliveryFailure,
    failure: SendFailure,
  ): Promise<Delivery | undefined> {
    const { conversationId } = sending.delivery;
    const attempts = (sending.delivery.failure?.attempts ?? 0) + 1;
    const verdict = judge(failure.code, { attempts, which, resends: resendsOf(sending.dues) });
    log.warn({ code: verdict.code, attempts }, 'A message was not delivered');
    const at = clock().getTime();
    const delivery = { ...sending.delivery, ...(failure.notes && { notes: failure.notes }) };
    if (verdict.kind === 'over') return passOver({ ...sending, delivery }, verdict.code, mark);
    await noteOutcome({ ...delivery, failure: { code: verdict.code, at, attempts } }, { mark });
    conversations.signal(conversationId, { kind: 'desk' });
    retry(conversationId, failure, attempts);
    return undefined;
  }

  function retry(conversationId: string, { code, retryAfterMs }: SendFailure, attempts: number): void {
    const isStrict = code === 'unanswered' || retryAfterMs !== undefined;
    deps.retryAfter(conversationId, waitMs(code, attempts, deps.random(), retryAfterMs), isStrict);
  }

  /** The next one begins anew; that this one is in doubt, or was refused, stays marked. */
  async function passOver(
    { delivery, dues, lastSeq }: Sending,
    code: DeliveryFailureCode,
    mark?: DeliveryFailure,
  ): Promise<Delivery> {
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
    await noteOutcome(passed, mark && { mark });
    conversations.signal(delivery.conversationId, { kind: 'desk' });
    return passed;
  }

  const resendsOf = (dues: Dues): Resends => (sender.repeats?.(dues) ? 'once' : sender.resends);
  const inDoubt = (dues: Dues): DeliveryFailureCode => (resendsOf(dues) === 'never' ? 'uncertain' : 'unconfirmed');

  /** What has left is stored before the next part waits for its turn: a death meanwhile leaves no doubt. */
  async function sendAll(sending: Sending, which: Try, isFollowed: boolean): Promise<Delivery | undefined> {
    const mark = await begin(sending, which);
    const outcome = await attempt(sending);
    if (outcome instanceof SendFailure) return settle(sending, which, mark, outcome);
    const { failure: _, ...before } = sending.delivery;
    const settled = { ...before, ...(outcome.notes && { notes: outcome.notes }) };
    if (outcome.isPart) {
      const delivery = { ...settled, failure: queuedAt(clock()) };
      await noteOutcome(delivery, { mark });
      return sendAll({ ...sending, delivery }, which, isFollowed);
    }
    const { lastSeq } = sending;
    const passed = { ...settled, deliveredSeq: lastSeq, ...(isFollowed && { failure: queuedAt(clock()) }) };
    await outcomes.save(passed, { mark, arrived: sending.dues.map(({ message }) => message.seq) });
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

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another process sends now');
}

/** Nothing of it was tried yet. */
function queuedAt(now: Date): DeliveryFailure {
  return { code: 'queued' satisfies DeliveryFailureCode, at: now.getTime(), attempts: 0 };
}
