import type { AccountStore, InvitationStore, SessionStore } from './account-store.js';
import type { AttachmentStore } from './attachment-store.js';
import type { AuditStore } from './audit-store.js';
import type { ConversationStore } from './conversation-store.js';
import type { AskStore, BookmarkStore, ClaimStore, DeliveryStore, NoteStore, SatelliteStore } from './desk-store.js';
import type { LeaseStore, ProcessStore } from './process-store.js';
import type { ReportStore } from './report-store.js';
import type { FactsStore, PushStore, SettingsStore, StatisticsStore } from './settings-store.js';

/** One database, opened and migrated. Every store throws DomainError `storage-unavailable` when it does not answer. */
export interface Storage {
  readonly conversations: ConversationStore;
  readonly accounts: AccountStore;
  readonly invitations: InvitationStore;
  readonly sessions: SessionStore;
  readonly audit: AuditStore;
  readonly notes: NoteStore;
  readonly bookmarks: BookmarkStore;
  readonly deliveries: DeliveryStore;
  readonly asks: AskStore;
  readonly claims: ClaimStore;
  readonly attachments: AttachmentStore;
  readonly satellites: SatelliteStore;
  readonly reports: ReportStore;
  readonly settings: SettingsStore;
  readonly facts: FactsStore;
  readonly push: PushStore;
  readonly statistics: StatisticsStore;
  readonly leases: LeaseStore;
  readonly processes: ProcessStore;
  /** Resolves when the database answers; rejects with DomainError `storage-unavailable`. */
  ping(): Promise<void>;
  /** Lets writes under way finish, then closes. */
  close(): Promise<void>;
}
