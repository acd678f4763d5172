import type { Message } from '../domain/message.js';

/** One message from a resident, as a channel received it. */
export interface Inbound {
  /** Unique within the conversation; a second message with the same id is the same message. */
  readonly externalId: string;
  /** Echoed on the stored message. */
  readonly clientId?: string;
  /** At most 4,000 characters; the channel refuses longer ones. */
  readonly text: string;
}

export interface TurnOutcome {
  /** `duplicate`: the message had been committed before; nothing was written. */
  readonly kind: 'committed' | 'duplicate';
  /** `seq` of the resident's message. */
  readonly seq: number;
  /** What was answered. Empty for a duplicate. */
  readonly replies: readonly Message[];
}

export interface TurnHandler {
  /**
   * Runs one turn. When it resolves, the message and its answers are stored and survive a crash; when it rejects,
   * nothing was written and the same call may be made again.
   * @throws DomainError `conversation-gone`, `revision-conflict` (after several tries), `storage-unavailable`.
   */
  handle(conversationId: string, inbound: Inbound): Promise<TurnOutcome>;
}
