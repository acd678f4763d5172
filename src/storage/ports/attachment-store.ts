import type { Millis } from '../../domain/desk-state.js';
import type { Attachment } from '../../domain/message.js';

/** What is known of a file without opening it. */
export interface StoredAttachment extends Attachment {
  readonly conversationId: string;
  readonly keptAt: Millis;
}

/** Files of residents. Sealed at rest. Removed with their conversation. */
export interface AttachmentStore {
  /** Stores it in place of an earlier one with the same id in the conversation. @param content at most 10 MB. */
  save(attachment: StoredAttachment, content: Uint8Array): Promise<void>;
  find(conversationId: string, id: string): Promise<StoredAttachment | undefined>;
  /** Undefined when there is none. @throws AlteredError when it was altered. */
  content(conversationId: string, id: string): Promise<Uint8Array | undefined>;
  /** The first kept first. One that was altered is passed over. */
  listOf(conversationId: string): Promise<readonly StoredAttachment[]>;
  /** Of all conversations, those whose `keptAt` is earlier. One that was altered is passed over. */
  listBefore(before: Millis): Promise<readonly StoredAttachment[]>;
  /** False when there was none. */
  remove(conversationId: string, id: string): Promise<boolean>;
}
