import type { Keeping } from '../domain/attachments.js';
import type { Message, Position } from '../domain/message.js';

/** One message from a resident, as a channel received it. */
export interface Inbound {
  /** Unique within the conversation; a second message with the same id is the same message. */
  readonly externalId: string;
  /** Echoed on the stored message. */
  readonly clientId?: string;
  /** At most 4,000 characters; the channel refuses longer ones. Empty only beside a position or something else that was sent. */
  readonly text: string;
  /** When it was written, where the channel knows: nothing older than an erasure is stored after it. */
  readonly writtenAt?: Date;
  /** `externalId` of the message that this one corrects; `text` is all of the new text. */
  readonly edits?: string;
  /** A place that was shared. */
  readonly position?: Position;
  /** Something other than words; `text` is what was written under it. */
  readonly enclosed?: Enclosed;
}

export const ENCLOSED_KINDS = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'sticker',
  'contact',
  'poll',
  'other',
] as const;

/** What a resident sent besides words. */
export interface Enclosed {
  readonly kind: (typeof ENCLOSED_KINDS)[number];
  /**
   * What became of it. `kept`: it was made ready for the delegate who held the conversation. Absent: nobody held it, so that
   * it was not fetched.
   */
  readonly outcome?: Keeping;
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
