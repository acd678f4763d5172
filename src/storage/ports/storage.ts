import type { ConversationStore } from './conversation-store.js';

/** One database, opened and migrated. */
export interface Storage {
  readonly conversations: ConversationStore;
  /** Resolves when the database answers; rejects with DomainError `storage-unavailable`. */
  ping(): Promise<void>;
  /** Lets writes under way finish, then closes. */
  close(): Promise<void>;
}
