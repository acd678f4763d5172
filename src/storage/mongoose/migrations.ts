import type { RecordCodec } from '../record-codec.js';
import { setupFaults } from '../setup-faults.js';
import { isDuplicateKey } from './errors.js';
import { buildAllIndexes, buildIndexes } from './indexes.js';
import type { Models } from './models.js';

const META_ID = 'storage';
/** Each step may run twice, and beside another process: there are no transactions. A released one is never edited. */
const MIGRATIONS: readonly ((models: Models) => Promise<void>)[] = [
  (models) => buildIndexes(models, ['address', 'lastMessage', 'archivedSeq', 'archivedHash']),
  async (models) => {
    const isOld = { inboxList: { $exists: false } };
    await models.conversations.updateMany(isOld, { $set: { desk: null, inboxList: 'none' } });
    await buildIndexes(models, ['inboxList']);
  },
  (models) => buildIndexes(models, ['recordKey', 'recordOrder', 'recordOwner', 'recordConversation']),
];

/** The format that this code reads and writes. */
export const MONGODB_FORMAT = MIGRATIONS.length;

/**
 * Checks that the database was made with this key, and marks one that is empty with it.
 * @returns whether it is in this code's format.
 * @throws ConfigError when it was not, or when a newer version has already been there.
 */
export async function checkFormat(models: Models, codec: RecordCodec): Promise<boolean> {
  const { keyCheck, version } = await readMeta(models, codec);
  if (!codec.opensKeyCheck(keyCheck)) throw setupFaults.otherKey();
  if (version > MIGRATIONS.length) throw setupFaults.newerDatabase(version, MIGRATIONS.length);
  return version === MIGRATIONS.length;
}

/** Brings the database to this code's format, and builds what is missing of its indexes. Throws as `checkFormat`. */
export async function migrate(models: Models, codec: RecordCodec): Promise<void> {
  await checkFormat(models, codec);
  const meta = await readMeta(models, codec);
  for (const [version, step] of MIGRATIONS.entries()) {
    if (version < meta.version) continue;
    await step(models);
    await models.meta.updateOne({ _id: META_ID, version }, { $set: { version: version + 1 } });
  }
  await buildAllIndexes(models);
}

/** The one document on the database itself; the first process makes it. */
async function readMeta({ meta }: Models, codec: RecordCodec) {
  const found = await meta.findById(META_ID).lean();
  if (found) return found;
  const made = { _id: META_ID, version: 0, keyCheck: codec.sealKeyCheck() };
  try {
    await meta.create(made);
    return made;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return meta.findById(META_ID).orFail().lean();
  }
}
