import type { Storage } from '../ports/storage.js';
import { type CollectionsParts, createRecordCollections } from '../record-collection.js';
import { createAccountStore } from './account-store.js';
import { createAskStore } from './ask-store.js';
import { createAttachmentStore } from './attachment-store.js';
import { createAuditStore } from './audit-store.js';
import { createBookmarkStore } from './bookmark-store.js';
import { createClaimStore } from './claim-store.js';
import { createDeliveryStore, DELIVERY_KIND } from './delivery-store.js';
import { createFactsStore } from './facts-store.js';
import { createInvitationStore } from './invitation-store.js';
import { createLeaseStore } from './lease-store.js';
import { createNoteStore } from './note-store.js';
import { createProcessStore } from './process-store.js';
import { createPushStore } from './push-store.js';
import { createReportStore } from './report-store.js';
import { createSessionStore } from './session-store.js';
import { createSettingsStore } from './settings-store.js';
import { createStatisticsStore } from './statistics-store.js';

/** Every store but that of the conversations, over one engine's records. */
export function createStores(parts: CollectionsParts): Omit<Storage, 'conversations' | 'ping' | 'close'> {
  const { table } = parts;
  const collections = createRecordCollections(parts);
  return {
    accounts: createAccountStore(collections),
    invitations: createInvitationStore(collections),
    sessions: createSessionStore(collections),
    audit: createAuditStore(collections),
    notes: createNoteStore(collections),
    bookmarks: createBookmarkStore(collections),
    deliveries: createDeliveryStore(collections),
    asks: createAskStore(collections),
    claims: createClaimStore(collections),
    attachments: createAttachmentStore(collections),
    reports: createReportStore(collections),
    settings: createSettingsStore(collections),
    facts: createFactsStore(collections),
    push: createPushStore(collections),
    statistics: createStatisticsStore(collections),
    leases: createLeaseStore(collections),
    processes: createProcessStore(collections),
    satellites: {
      conversationIds: (limit, after = '') => table.conversationIds(limit, after),
      removeOf: (conversationIds) => table.removeOfConversations(conversationIds),
      eraseOf: (conversationId) => table.removeOfConversations([conversationId], { except: DELIVERY_KIND }),
    },
  };
}
