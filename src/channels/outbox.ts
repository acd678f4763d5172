import type { Clock } from '../domain/clock.js';
import type { ChannelName, Conversation } from '../domain/conversation.js';
import type { Conversations } from '../domain/conversations.js';
import { isDomainError } from '../domain/errors.js';
import type { Lease } from '../domain/leases.js';
import type { Message } from '../domain/message.js';
import { createAlarms, realTimers, type Timers } from '../domain/timers.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries, Delivery } from './deliveries.js';
import { createKeyedRuns } from './keyed-runs.js';
import { createLetter } from './outbox-letter.js';
import { createNewsBox, type News, withoutFailure } from './outbox-news.js';
import { createNoted } from './outbox-noted.js';
import { createOutcomes, type Outcomes } from './outbox-outcomes.js';
import { type Due, type Sender, toParcels } from './outbox-sender.js';
import { startSweep } from './outbox-sweep.js';

export interface OutboxDependencies {
  readonly channel: ChannelName;
  readonly conversations: Pick<Conversations, 'find' | 'messagesAfter' | 'signal'>;
  readonly deliveries: Deliveries;
  readonly changes: Pick<WakeUps, 'subscribeAll'>;
  readonly sender: Sender;
  /** The right to send. Absent: nobody else sends. */
  readonly lease?: Pick<Lease, 'isHeld' | 'over'>;
  /** Of this outbox alone; what is left in it once it is closed was not stored. Made here when absent. */
  readonly outcomes?: Outcomes;
  readonly clock: Clock;
  readonly log: ChannelLog;
  /** Conversations that are looked at on starting, since a process may die between storing and sending. */
  readonly atStart?: () => Promise<readonly string[]>;
  readonly timers?: Timers;
  readonly random?: () => number;
}

/**
 * `due`: something could not be sent, and will be tried again. `asked`: another process has been asked to send it; what is
 * asked is stored.
 */
export type Outcome = 'delivered' | 'due' | 'asked';

/**
 * Sends to residents of a push channel what is not theirs in a conversation, in order, from a stored cursor. What cannot be
 * sent stays due, over restarts. A message whose arrival is not known (no answer came, or the process died) is sent a
 * second time and never a third, or never a second time, as the channel has it: a resident may read it twice, or may have
 * missed it, of which delegates are told. One conversation is never sent to twice at once by one process; of several
 * processes one has the right to send, and no other can do what it does (see `Letter`).
 */
export interface Outbox {
  /** Begins at the conversation's start when it is new, after its last message otherwise; nothing when it has begun. */
  begin(conversation: Conversation, isNew: boolean): Promise<void>;
  /** Sends all that is due now. Never rejects. */
  deliver(conversationId: string): Promise<Outcome>;
  /**
   * Sends all that is due now. Resolves as soon as it is sure to be sent even if this process dies: it has left, or it is
   * stored that it waits. False when neither is so. Never rejects.
   */
  undertake(conversationId: string): Promise<boolean>;
  /**
   * Takes note of what the channel has learnt in another way than by sending. What is due is sent to somebody who can be
   * reached again. Resolves false when it is not stored, nor will be. Never rejects.
   */
  learn(conversationId: string, news: News): Promise<boolean>;
  /** Waits for what is being sent; the rest is sent after the next start. */
  close(): Promise<void>;
}

const PAGE = 100;
const STORAGE_PAUSE_MS = 5_000;
const MOST_FOREIGN = 20_000;

interface Ending {
  readonly outcome: Outcome;
  /** What is due, if anything, is known to storage. */
  readonly isNoted: boolean;
}

/** An outbox of the process that has the right to send. */
export interface SendingOutbox extends Outbox {
  /** Resolves false when it is not stored yet: this process remembers it, and stores it when it can. */
  learn(conversationId: string, news: News): Promise<boolean>;
}

/** Begins at once to follow changes, and to send what an earlier process left. */
export function createOutbox(deps: OutboxDependencies): SendingOutbox {
  const { conversations, deliveries, clock, log, timers = realTimers } = deps;
  const retries = createAlarms(timers, (id) => void deliver(id));
  /** Until then a conversation is left alone, whatever happens in it. */
  const notBefore = new Map<string, number>();
  /** Conversations of other channels. */
  const foreign = new Set<string>();
  const noted = createNoted();
  const news = createNewsBox(deps);
  const outcomes = deps.outcomes ?? createOutcomes(deliveries);
  const runs = createKeyedRuns(attempt, ({ outcome }) => outcome === 'delivered');
  const letter = createLetter({
    ...deps,
    outcomes,
    random: deps.random ?? Math.random,
    onNoted: noted.note,
    retryAfter(id, ms, isStrict) {
      retries.set(id, ms);
      if (isStrict) notBefore.set(id, clock().getTime() + ms);
    },
  });
  let isClosing = false;

  async function attempt(id: string): Promise<Ending> {
    noted.begin(id);
    const pause = (notBefore.get(id) ?? 0) - clock().getTime();
    if (pause > 0 && !retries.has(id)) retries.set(id, pause);
    // A pause follows what is stored as not sent.
    if (isClosing || pause > 0 || deps.lease?.isHeld() === false) return { outcome: 'due', isNoted: pause > 0 };
    try {
      const outcome = await drain(id);
      return { outcome, isNoted: outcome === 'delivered' || !isClosing };
    } catch (error) {
      const isOvertaken = isDomainError(error, 'revision-conflict');
      if (!isClosing && !isOvertaken) log.warn(faultOf(error), 'A delivery waits for storage');
      retries.set(id, STORAGE_PAUSE_MS);
      return { outcome: 'due', isNoted: false };
    } finally {
      noted.end(id);
    }
  }

  async function drain(id: string): Promise<Outcome> {
    notBefore.delete(id);
    const conversation = await conversations.find(id);
    if (conversation && conversation.channel !== deps.channel) return setAside(id);
    const begun = await outcomes.load(id);
    if (!begun) {
      news.drop(id);
      return 'delivered';
    }
    if (!conversation) {
      news.drop(id);
      await deliveries.remove(id);
      return 'delivered';
    }
    const heard = await news.hear(news.has(id) ? await passDoubt(conversation, begun) : begun);
    if (!heard || !(await sendAll(conversation, heard))) return 'due';
    retries.cancel(id);
    return 'delivered';
  }

  /** What is in doubt is told before news takes the place of the mark that says so. */
  async function passDoubt(conversation: Conversation, begun: Delivery): Promise<Delivery> {
    if (begun.failure?.upTo === undefined) return begun;
    const page = await conversations.messagesAfter(begun.conversationId, begun.deliveredSeq, PAGE);
    const [first] = toParcels(await toDues(conversation, page, conversations), deps.sender);
    return first ? letter.passDoubt(begun, first) : begun;
  }

  /** False when something stays due. */
  async function sendAll(conversation: Conversation, begun: Delivery): Promise<boolean> {
    const read = ({ conversationId, deliveredSeq }: Delivery) =>
      conversations.messagesAfter(conversationId, deliveredSeq, PAGE);
    let delivery = begun;
    for (let page = await read(delivery); page.length > 0; page = await read(delivery)) {
      noted.read(delivery.conversationId, page.at(-1)?.seq ?? 0);
      const passed = await sendPage(delivery, await toDues(conversation, page, conversations), page.length === PAGE);
      if (!passed) return false;
      delivery = passed;
    }
    if (delivery.failure?.code === 'queued') await deliveries.save(withoutFailure(delivery));
    return true;
  }

  /** Undefined when something stays due; it may end before the last of them. */
  async function sendPage(begun: Delivery, dues: readonly Due[], isFull: boolean): Promise<Delivery | undefined> {
    let delivery = begun;
    const parcels = toParcels(dues, deps.sender);
    for (const parcel of parcels) {
      if (isClosing) return undefined;
      const passed = await letter.pass(delivery, { ...parcel, isFollowed: isFull || parcel !== parcels.at(-1) });
      // What follows was put together as if all of the parcel had left.
      if (!passed || passed.deliveredSeq < parcel.lastSeq) return passed;
      delivery = passed;
    }
    return delivery;
  }

  function setAside(id: string): Outcome {
    if (foreign.size >= MOST_FOREIGN) foreign.clear();
    foreign.add(id);
    news.drop(id);
    return 'delivered';
  }

  const run = (id: string): Promise<Ending> =>
    foreign.has(id) ? Promise.resolve({ outcome: 'delivered', isNoted: true }) : runs.run(id);

  const deliver = async (id: string): Promise<Outcome> => (await run(id)).outcome;

  function forget(id: string): void {
    retries.cancel(id);
    notBefore.delete(id);
    news.drop(id);
    outcomes.drop(id);
    if (foreign.delete(id)) return;
    deliveries.remove(id).catch((error: unknown) => log.warn(faultOf(error), 'A delivery was not removed'));
  }

  const endFollowing = deps.changes.subscribeAll((id, { kind }) => {
    if (kind === 'changed') void deliver(id);
    else if (kind === 'removed') forget(id);
  });
  const endSweep = startSweep({ ...deps, timers, pauseMs: STORAGE_PAUSE_MS, retries });

  return {
    async begin({ id, lastSeq }, isNew) {
      if (await deliveries.load(id)) return;
      await deliveries.save({ conversationId: id, deliveredSeq: isNew ? 0 : lastSeq });
    },
    deliver,
    async undertake(id) {
      // The change that stored it has begun a run already, which may have to wait for its turn.
      const lastSeq = await conversations.find(id).then(
        (conversation) => conversation?.lastSeq ?? 0,
        () => Number.POSITIVE_INFINITY,
      );
      const isNoted = noted.wait(id, lastSeq);
      return Promise.race([isNoted, run(id).then((ending) => ending.isNoted)]);
    },
    async learn(id, learnt) {
      news.put(id, learnt);
      // A run that was under way may end before it has heard of it.
      for (let tries = 0; news.has(id) && tries < 2; tries++) await run(id);
      return !news.has(id);
    },
    async close() {
      isClosing = true;
      endFollowing();
      endSweep();
      retries.cancelAll();
      await runs.idle();
      // What failed meanwhile has set its own.
      retries.cancelAll();
    },
  };
}

async function toDues(
  conversation: Conversation,
  page: readonly Message[],
  { messagesAfter }: Pick<Conversations, 'messagesAfter'>,
): Promise<readonly Due[]> {
  const answeredBy = async ({ replyTo }: Message): Promise<Message | undefined> => {
    if (replyTo === undefined) return undefined;
    const isIt = ({ seq }: Message): boolean => seq === replyTo;
    return page.find(isIt) ?? (await messagesAfter(conversation.id, replyTo - 1, 1)).find(isIt);
  };
  const dues: Due[] = [];
  for (const message of page) {
    const answered = await answeredBy(message);
    dues.push({ conversation, message, ...(answered && { answered }) });
  }
  return dues;
}
