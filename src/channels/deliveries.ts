import type { JsonObject } from '../domain/json.js';

/** How far each conversation of a push channel has got; the `DeliveryStore` of the storage ports is one. */
export interface Deliveries {
  load(conversationId: string): Promise<Delivery | undefined>;
  save(delivery: Delivery): Promise<void>;
  /**
   * Those with a failure, at most `limit`, in the order in which they failed.
   * @param after only those that failed later than this, in milliseconds since 1970.
   */
  listFailed(limit: number, after?: number): Promise<readonly Delivery[]>;
  remove(conversationId: string): Promise<boolean>;
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
