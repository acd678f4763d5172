/**
 * A process of its own that writes, to be killed: `storage-child.ts <dataDir> <conversation id> [mongodb uri]`.
 * It prints `open`, then the position of each message once the store has acknowledged it.
 */
import { writeSync } from 'node:fs';
import { createStorage } from '../../src/storage/create-storage.js';
import { buildChange, buildConversation, buildMessages } from './build-conversation.js';

const [dataDir = '', id = '', mongodbUri] = process.argv.slice(2);
const { storage } = await createStorage({ dataDir, ...(mongodbUri && { mongodbUri }) });
const store = storage.conversations;
if (!(await store.load(id))) await store.create(buildConversation({ id }), []);
writeSync(1, 'open\n');

for (;;) {
  const { rev = 0, lastSeq = 0 } = (await store.load(id)) ?? {};
  const messages = buildMessages(3, lastSeq);
  await store.commit(buildChange({ id, expectedRev: rev, dialogState: { lastSeq: lastSeq + 3 }, messages }));
  writeSync(1, `${lastSeq + 3}\n`);
}
