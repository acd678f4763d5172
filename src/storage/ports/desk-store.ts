import type { ChannelName } from '../../domain/conversation.js';
import type { DelegateId, Millis } from '../../domain/desk-state.js';
import type { JsonObject } from '../../domain/json.js';

/** A private note of a delegate about a conversation. It is stored apart from the messages: no channel can read it. */
export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly by: DelegateId;
  readonly at: Millis;
  readonly text: string;
}

/** Sealed at rest. Removed with their conversation. */
export interface NoteStore {
  /** @throws DomainError `duplicate` when the id is taken. */
  add(note: Note): Promise<void>;
  /** The oldest first. */
  listOf(conversationId: string): Promise<readonly Note[]>;
  /** Returns how many were removed. */
  removeOf(conversationId: string): Promise<number>;
}

/** What one delegate has begun to write, and how far they have read. */
export interface Bookmark {
  readonly accountId: DelegateId;
  readonly conversationId: string;
  readonly draft?: string;
  /** `seq` of the last message read. */
  readonly readSeq: number;
  readonly at: Millis;
}

/** Sealed at rest. Removed with their conversation. */
export interface BookmarkStore {
  load(accountId: DelegateId, conversationId: string): Promise<Bookmark | undefined>;
  /** Stores it in place of the earlier one of the same account and conversation. */
  save(bookmark: Bookmark): Promise<void>;
  listOf(accountId: DelegateId): Promise<readonly Bookmark[]>;
  /** Those of every delegate about the conversation; returns how many were removed. */
  removeOf(conversationId: string): Promise<number>;
}

/** How far a conversation of a push channel has been delivered. */
export interface Delivery {
  readonly conversationId: string;
  /** Everything up to this `seq` has left. */
  readonly deliveredSeq: number;
  /** Why the message after it does not leave: a code of `DELIVERY_FAILURES`. */
  readonly failure?: {
    readonly code: string;
    readonly at: Millis;
    readonly attempts: number;
    /** Of a try under way: the last `seq` that it sends. */
    readonly upTo?: number;
  };
  /** `seq` of messages whose arrival is not known, the last ones. */
  readonly uncertain?: readonly number[];
  /** `seq` of messages that the service never took and that are not tried again, the last ones. */
  readonly refused?: readonly number[];
  /** What the channel has to remember of what it sent. */
  readonly notes?: JsonObject;
}

export interface StoredDelivery extends Delivery {
  readonly rev: number;
}

export interface DeliveryStore {
  load(conversationId: string): Promise<StoredDelivery | undefined>;
  /**
   * Over what stands at `expectedRev`; absent: nothing stands yet.
   * @returns the new rev.
   * @throws DomainError `revision-conflict` when something else stands there, or nothing does any more.
   */
  save(delivery: Delivery, expectedRev?: number): Promise<number>;
  /**
   * Those with a failure, at most `limit`, in the order in which they failed: to be tried again.
   * @param after only those that failed later than this.
   */
  listFailed(limit: number, after?: Millis): Promise<readonly Delivery[]>;
  remove(conversationId: string): Promise<boolean>;
}

/** What the process that sends for a channel is to see to in a conversation: one at most for each. */
export interface Ask {
  readonly conversationId: string;
  readonly channel: ChannelName;
  readonly at: Millis;
  /** What the channel has learnt of the resident, by the channel's own names. */
  readonly news?: string;
  /** What the one who asks knows, and the one who sends may not. */
  readonly notes?: JsonObject;
}

export interface StoredAsk extends Ask {
  readonly rev: number;
}

/** Sealed at rest. Removed with their conversation. */
export interface AskStore {
  load(conversationId: string): Promise<StoredAsk | undefined>;
  /**
   * Over the one that stands at `expectedRev`; absent: none stands yet.
   * @returns the new rev: none that this conversation had before.
   * @throws DomainError `revision-conflict`.
   */
  save(ask: Ask, expectedRev?: number): Promise<number>;
  /** The oldest first. @param after only those of later than this. */
  listOf(channel: ChannelName, limit: number, after?: Millis): Promise<readonly StoredAsk[]>;
  /** False when it stands at that rev no more. */
  remove(conversationId: string, rev: number): Promise<boolean>;
}

/** Things of a conversation that only the first who comes does. Removed with it. */
export interface ClaimStore {
  /** Who came first: `by`, or another. The same at each call. */
  claim(conversationId: string, thing: string, by: string): Promise<string>;
}

/** Notes, bookmarks, deliveries, asks, claims, files and drafts of reports together: what goes with a conversation and is removed with it. */
export interface SatelliteStore {
  /** The conversations that something is stored of, there or not, in order of id, after `after`; empty at the end only. */
  conversationIds(limit: number, after?: string): Promise<readonly string[]>;
  /** Removes everything of these conversations; returns how many things there were. */
  removeOf(conversationIds: readonly string[]): Promise<number>;
  /**
   * For one whose content was erased, and which goes on: the same, save how far it was delivered, without which all that is
   * said next would be left unsent, or said again.
   */
  eraseOf(conversationId: string): Promise<number>;
}
