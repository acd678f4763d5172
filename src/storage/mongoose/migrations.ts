import type { RecordCodec } from '../record-codec.js';
import { setupFaults } from '../setup-faults.js';
import { isDuplicateKey } from './errors.js';
import type { Models } from './models.js';

const META_ID = 'storage';
/** Each step may run twice, and beside another process: there are no transactions. A released one is never edited. */
const MIGRATIONS: readonly ((models: Models) => Promise<void>)[] = [
  async ({ conversations, archive }) => {
    await conversations.collection.createIndex({ addressHash: 1 }, { unique: true });
    await conversations.collection.createIndex({ lastMessageAt: 1 });
    await archive.collection.createIndex({ archive: 1, seq: 1 });
    await archive.collection.createIndex({ archive: 1, externalHash: 1 });
  },
  async ({ conversations }) => {
    await conversations.updateMany({ inboxList: { $exists: false } }, { $set: { desk: null, inboxList: 'none' } });
    await conversations.collection.createIndex({ inboxList: 1, lastMessageAt: 1, _id: 1 });
  },
  async ({ records }) => {
    await records.collection.createIndex({ kind: 1, uniqueKey: 1 }, { unique: true });
    await records.collection.createIndex({ kind: 1, sort: 1, _id: 1 });
    await records.collection.createIndex({ kind: 1, owner: 1, sort: 1, _id: 1 });
    await records.collection.createIndex({ conversation: 1, kind: 1, sort: 1, _id: 1 });
  },
];

/**
 * Brings the database to this code's format and checks that it was made with this key.
 * @throws ConfigError when it was not, or when a newer version has already been there.
 */
export async function migrate(models: Models, codec: RecordCodec): Promise<void> {
  const meta = await readMeta(models, codec);
  if (!codec.opensKeyCheck(meta.keyCheck)) throw setupFaults.otherKey();
  if (meta.version > MIGRATIONS.length) throw setupFaults.newerDatabase(meta.version, MIGRATIONS.length);
  for (const [version, step] of MIGRATIONS.entries()) {
    if (version < meta.version) continue;
    await step(models);
    await models.meta.updateOne({ _id: META_ID, version }, { $set: { version: version + 1 } });
  }
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
