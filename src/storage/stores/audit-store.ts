import type { AuditEntry } from '../../domain/audit.js';
import type { AuditStore } from '../ports/audit-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createAuditStore(collections: RecordCollections): AuditStore {
  const entries = collections<AuditEntry>({ name: 'audit', placeOf: ({ seq }) => ({ id: `${seq}`, sort: seq }) });

  return {
    append: (entry) => entries.insert(entry),
    last: async () => (await entries.list({ order: 'descending', limit: 1 }))[0],
    after: (seq, limit) => entries.list({ after: seq, limit }),
    before: (seq, limit) => entries.list({ order: 'descending', limit, ...(seq !== undefined && { before: seq }) }),
  };
}
