/**
 * A process of its own that writes beside others: `storage-appender.ts <dataDir> <name> <count> [mongodb uri]`.
 * It appends `count` entries to the audit and adds 1 to a setting as often, each again until it is in.
 */
import { isDomainError } from '../../src/domain/errors.js';
import { createStorage } from '../../src/storage/create-storage.js';
import { buildAuditEntry } from './storage-builders.js';

const [dataDir = '', name = '', count = '0', mongodbUri] = process.argv.slice(2);
const { storage } = await createStorage({ dataDir, ...(mongodbUri && { mongodbUri }) });
const { audit, settings } = storage;

async function until(attempt: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isDomainError(error, 'duplicate') && !isDomainError(error, 'revision-conflict')) throw error;
    }
  }
}

for (let index = 0; index < Number(count); index++) {
  await until(async () => {
    const { seq = 0 } = (await audit.last()) ?? {};
    await audit.append(buildAuditEntry(seq + 1, { subject: `${name} ${index}` }));
  });
  await until(async () => {
    const stored = await settings.load('setup');
    await settings.save('setup', { count: Number(stored?.value.count ?? 0) + 1 }, stored?.rev);
  });
}
await storage.close();
