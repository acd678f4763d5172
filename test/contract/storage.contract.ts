import type { MakeStorage } from '../support/storage-under-test.js';
import { describeAccountStore } from './account-store.contract.js';
import { describeAttachmentStore } from './attachment-store.contract.js';
import { describeAuditStore } from './audit-store.contract.js';
import { describeConversationStore } from './conversation-store.contract.js';
import {
  describeAskStore,
  describeBookmarkStore,
  describeClaimStore,
  describeDeliveryStore,
  describeNoteStore,
  describeSatelliteStore,
} from './desk-stores.contract.js';
import { describeInvitationStore } from './invitation-store.contract.js';
import { describeMigration } from './migration.contract.js';
import { describeLeaseStore, describeProcessStore } from './process-stores.contract.js';
import { describeRecordsAtRest } from './records-at-rest.contract.js';
import { describeReportStore } from './report-store.contract.js';
import { describeSessionStore } from './session-store.contract.js';
import {
  describeFactsStore,
  describePushStore,
  describeSettingsStore,
  describeStatisticsStore,
} from './settings-stores.contract.js';

/** What every adapter promises, port by port. It never asks which one it tests. */
export function describeStorage(name: string, makeStorage: MakeStorage): void {
  for (const describePort of [
    describeConversationStore,
    describeAccountStore,
    describeInvitationStore,
    describeSessionStore,
    describeAuditStore,
    describeNoteStore,
    describeBookmarkStore,
    describeDeliveryStore,
    describeAskStore,
    describeClaimStore,
    describeSatelliteStore,
    describeAttachmentStore,
    describeReportStore,
    describeSettingsStore,
    describeFactsStore,
    describePushStore,
    describeStatisticsStore,
    describeLeaseStore,
    describeProcessStore,
    describeRecordsAtRest,
    describeMigration,
  ]) {
    describePort(name, makeStorage);
  }
}
