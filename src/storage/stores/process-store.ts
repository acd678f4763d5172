import type { ProcessStore, StoredProcess } from '../ports/process-store.js';
import type { RecordCollections } from '../record-collection.js';

export const PROCESS_KIND = 'process';

export function createProcessStore(collections: RecordCollections): ProcessStore {
  const processes = collections<StoredProcess>({ name: PROCESS_KIND, placeOf: ({ id, at }) => ({ id, sort: at }) });
  return {
    save: (process) => processes.put(process),
    list: () => processes.listReadable(),
    remove: (id) => processes.remove(id),
    removeBefore: (at) => processes.removeRange({ before: at }),
  };
}
