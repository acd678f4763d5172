import type { Keeping } from '../domain/attachments.js';
import type { EnclosedKind } from '../domain/enclosed-words.js';
import type { Message, Position } from '../domain/message.js';

export { ENCLOSED_KINDS } from '../domain/enclosed-words.js';

/** One message from a resident, as a channel received it. */
export interface Inbound {
  /** Unique within the conversation; a second message with the same id is the same message. */
  readonly externalId: string;
  /** Echoed on the stored message. */
  readonly clientId?: string;
  /** At most 4,096 characters: no channel takes more. Empty only beside a position or something else that was sent. */
  readonly text: string;
  /**
   * When it was written, where the channel knows: nothing older than an erasure is stored after it. Of a correction: when
   * the message that it corrects was written.
   */
  readonly writtenAt?: Date;
  /**
   * Where the channel numbers what is said, in its order: its number, or of a button the highest one known when it was
   * pressed. Of a correction: that of the message that it corrects. It tells better than times what is older than an erasure.
   */
  readonly order?: number;
  /** What came with it and is no part of it: it is looked at for a danger, kept nowhere, and its writer is told so. */
  readonly unread?: string;
  /** `externalId` of the message that this one corrects; `text` is all of the new text. */
  readonly edits?: string;
  /** When it was corrected, where the channel knows: a correction that comes after a newer one changes nothing. */
  readonly editedAt?: Date;
  /** A place that was shared. */
  readonly position?: Position;
  /** Something other than words; `text` is what was written under it. */
  readonly enclosed?: Enclosed;
  /**
   * Looked at once the conversation is read, in each try: true when something that is stored has taken its place, so that it
   * was never said. Nothing can be stored between this look and the message itself.
   */
  readonly isOver?: () => Promise<boolean>;
}

/** What a resident sent besides words. */
export interface Enclosed {
  readonly kind: EnclosedKind;
  /** Stays the same while only the words under it are corrected, where the channel knows. */
  readonly mark?: string;
  /**
   * What became of it. `kept`: it was made ready for the delegate who held the conversation. Absent: nobody held it, so that
   * it was not fetched.
   */
  readonly outcome?: Keeping;
}

export interface TurnOutcome {
  /**
   * `duplicate`: the message had been committed before; nothing was written. `dropped`: nothing is to be written either, now
   * or later: it is older than an erasure or than what is known of it, or a place that goes on moving.
   */
  readonly kind: 'committed' | 'duplicate' | 'dropped';
  /** `seq` of the resident's message; 0 of one that was dropped. */
  readonly seq: number;
  /** What was answered. Empty unless it was committed. */
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
