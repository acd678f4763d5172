import { DomainError, isDomainError } from '../../domain/errors.js';
import type { LeaseName } from '../../domain/leases.js';
import type { LeaseStore } from '../ports/process-store.js';
import type { RecordCollections } from '../record-collection.js';

interface HeldLease {
  readonly name: LeaseName;
  readonly holder?: string;
}

export const LEASE_KIND = 'lease';
const FIRST_TOKEN = 1;

/** The token is the row's rev. */
export function createLeaseStore(collections: RecordCollections): LeaseStore {
  const leases = collections<HeldLease>({ name: LEASE_KIND, placeOf: ({ name }) => ({ id: name, sort: 0 }) });

  async function writeFirst(lease: HeldLease): Promise<number> {
    try {
      await leases.insert(lease, FIRST_TOKEN);
      return FIRST_TOKEN;
    } catch (error) {
      throw isDomainError(error, 'duplicate') ? overtaken() : error;
    }
  }

  return {
    async load(name) {
      const stored = await leases.load(name);
      return stored && { token: stored.rev, ...(stored.value.holder !== undefined && { holder: stored.value.holder }) };
    },
    async write(name, holder, expectedToken) {
      const lease = { name, ...(holder !== undefined && { holder }) };
      if (expectedToken === undefined) return writeFirst(lease);
      if ((await leases.replace(lease, expectedToken)) !== 'replaced') throw overtaken();
      return expectedToken + 1;
    },
  };
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another process came first');
}
