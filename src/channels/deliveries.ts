import type { ChannelName } from '../domain/conversation.js';
import type { JsonObject } from '../domain/json.js';

/** How far each conversation of a push channel has got, as the one who sends sees it: read before it is written. */
export interface Deliveries {
  load(conversationId: string): Promise<Delivery | undefined>;
  /** @throws DomainError `revision-conflict` when another process has written since it was read. */
  save(delivery: Delivery): Promise<void>;
  /**
   * Those with a failure, at most `limit`, in the order in which they failed.
   * @param after only those that failed later than this, in milliseconds since 1970.
   */
  listFailed(limit: number, after?: number): Promise<readonly Delivery[]>;
  remove(conversationId: string): Promise<boolean>;
}

/** The same as it is stored, for all processes; the `DeliveryStore` of the storage ports is one. */
export interface DeliveryShelf extends Omit<Deliveries, 'load' | 'save'> {
  load(conversationId: string): Promise<StoredDelivery | undefined>;
  /**
   * Over what stands at `expectedRev`; absent: nothing stands yet.
   * @returns the new rev.
   * @throws DomainError `revision-conflict`.
   */
  save(delivery: Delivery, expectedRev?: number): Promise<number>;
}

export interface StoredDelivery extends Delivery {
  readonly rev: number;
}

/** What the process that sends is asked for by the others; the `AskStore` of the storage ports is one. */
export interface AskShelf {
  load(conversationId: string): Promise<StoredAsk | undefined>;
  /** As `DeliveryShelf.save`. */
  save(ask: Ask, expectedRev?: number): Promise<number>;
  /** The oldest first. @param after only those of later than this, in milliseconds since 1970. */
  listOf(channel: ChannelName, limit: number, after?: number): Promise<readonly StoredAsk[]>;
  remove(conversationId: string, rev: number): Promise<boolean>;
}

export interface Ask {
  readonly conversationId: string;
  readonly channel: ChannelName;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly news?: string;
  readonly notes?: JsonObject;
}

export interface StoredAsk extends Ask {
  readonly rev: number;
}

/** The `ClaimStore` of the storage ports is one. */
export interface ClaimShelf {
  /** Who came first: `by`, or another. The same at each call. */
  claim(conversationId: string, thing: string, by: string): Promise<string>;
}

export interface Delivery {
  readonly conversationId: string;
  /** Everything up to this `seq` has left. */
  readonly deliveredSeq: number;
  readonly failure?: DeliveryFailure;
  /** `seq` of messages whose arrival is not known, the last ones. */
  readonly uncertain?: readonly number[];
  /** `seq` of messages that the service never took and that are not tried again, the last ones. */
  readonly refused?: readonly number[];
  /** What the channel has to remember of what it sent. */
  readonly notes?: JsonObject;
}

export interface DeliveryFailure {
  /** A code of `DELIVERY_FAILURES`. */
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly attempts: number;
  /** Of a try under way: the last `seq` that it sends. */
  readonly upTo?: number;
}
