import type { Conversation } from './conversation.js';
import type { DelegateId, Millis } from './desk-state.js';
import type { Message, Signature } from './message.js';

/** The delegate who acts, as residents and colleagues read them. */
export type Actor = Signature;

/** What a delegate sends. */
export interface ReplyToSend {
  /** Unique in the conversation; a second one with the same id is the same reply. */
  readonly clientId: string;
  readonly text: string;
  /** `seq` of the last message that the writer's screen showed. */
  readonly seenSeq: number;
}

/**
 * What delegates do with conversations. Each call is one compare-and-set on the conversation, tried again when a resident's
 * message came in between; each one that changes who speaks adds the handoff event and the words for the resident.
 * All throw DomainError `conversation-gone`, `revision-conflict` (after several tries), `storage-unavailable`; and
 * `not-in-this-state` when the table of transitions does not allow it.
 */
export interface Desk {
  /**
   * Makes the delegate the holder of a conversation that nobody holds; done already when they hold it.
   * @throws DomainError `held-by-colleague`.
   */
  take(id: string, by: Actor): Promise<Conversation>;
  /**
   * Writes to the resident. Nobody's conversation is taken in the same write. A colleague's stays theirs.
   * @returns the stored message; that of the first call when the same `clientId` was sent before.
   * @throws DomainError `colleague-wrote` when another delegate wrote after `seenSeq`.
   */
  reply(id: string, by: Actor, reply: ReplyToSend): Promise<{ conversation: Conversation; message: Message }>;
  /** The assistant speaks again. The holder's, or anybody's for one that waits. @throws DomainError `held-by-colleague`. */
  giveBack(id: string, by: Actor): Promise<Conversation>;
  /** The holder lets go: it waits again, offered to `to` when given. @throws DomainError `held-by-colleague`. */
  transfer(id: string, by: Actor, to?: DelegateId): Promise<Conversation>;
  /** Ends it; the resident's next message opens it again with the assistant. @throws DomainError `held-by-colleague`. */
  close(id: string, by: Actor): Promise<Conversation>;
  /** A closed or given-back one is the delegate's again: they become its holder. */
  reopen(id: string, by: Actor): Promise<Conversation>;
  /** It waits, out of sight until then or until the resident writes. @throws DomainError `held-by-colleague`. */
  snooze(id: string, by: Actor, until: Millis): Promise<Conversation>;
  /** Back in sight now. */
  unsnooze(id: string, by: Actor): Promise<Conversation>;
  /** A delegate has seen the emergency and the missed request. */
  acknowledge(id: string, by: Actor): Promise<Conversation>;
  /** Leaves it to the assistant for good. */
  block(id: string, by: Actor, reason: string): Promise<Conversation>;
  unblock(id: string, by: Actor): Promise<Conversation>;
  label(
    id: string,
    by: Actor,
    change: { labels?: readonly string[]; priority?: 'normal' | 'high' },
  ): Promise<Conversation>;
  setCallbackDone(id: string, by: Actor, callbackId: string, isDone: boolean): Promise<Conversation>;
  /**
   * The holder has been away for too long: it waits again. False, and nothing, when it changed hands meanwhile.
   * @param heldSince nothing happens to another hold of theirs than the one that began then.
   */
  releaseAbsent(id: string, holder: DelegateId, heldSince?: Millis): Promise<boolean>;
  /** Nobody came: the assistant takes it back and offers the call-back. Nothing when somebody came meanwhile. */
  giveUpWaiting(id: string): Promise<void>;
  /**
   * Notes that the alarm about this wait goes out by push or by e-mail. False when it had, or nobody waits any more.
   * @param since nothing is noted of another wait, or danger, than the one that began then.
   */
  markAlarm(id: string, step: 'pushedAt' | 'emailedAt', since?: Millis): Promise<boolean>;
}

/** Who is connected to any of the processes, and what they look at; of others, as known by what was read last. */
export interface Presence {
  /** A delegate's page is open. Returns the function that ends it. `conversationId`: the one on its screen. */
  enter(delegateId: DelegateId, conversationId?: string): () => void;
  isConnected(delegateId: DelegateId): boolean;
  connected(): readonly DelegateId[];
  viewersOf(conversationId: string): readonly DelegateId[];
  /**
   * When the delegate was last connected; the start of the process when they have not been since. Rather too late than too
   * early: now, while nothing is known of the other processes.
   */
  lastSeen(delegateId: DelegateId): Date;
  /** Called after each change of who is connected or looks at what. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export type { DeskWords } from './desk-words.js';
