import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { createStorage, migrateStorage } from '../../../src/storage/create-storage.js';
import { buildConversation } from '../../support/build-conversation.js';
import { OTHER_KEY, TEST_KEY } from '../../support/storage-under-test.js';

let parent: string;
let dataDir: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'permanence-create-'));
  dataDir = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true }));

describe('createStorage', () => {
  it('needs nothing but a folder, and tells that it made a key', async () => {
    const first = await createStorage({ dataDir });
    expect(first).toMatchObject({ wasKeyGenerated: true, engine: 'sqlite' });
    const conversation = buildConversation();
    await first.storage.conversations.create(conversation, []);
    await first.storage.close();

    const second = await createStorage({ dataDir });
    expect(second).toMatchObject({ wasKeyGenerated: false, key: first.key });
    expect(await second.storage.conversations.load(conversation.id)).toEqual(conversation);
    await second.storage.close();
    expect((await readdir(dataDir)).sort()).toEqual(['data.key', 'permanence.db']);
  });

  it('makes no key file when a key is given', async () => {
    const { storage, key } = await createStorage({ dataDir, dataKey: TEST_KEY });
    await storage.close();
    expect(key.toString('base64')).toBe(TEST_KEY);
    expect(await readdir(dataDir)).toEqual(['permanence.db']);
  });

  it('works for several servers that start at once on an empty folder', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, () => createStorage({ dataDir })));
    expect(opened.filter(({ wasKeyGenerated }) => wasKeyGenerated)).toHaveLength(1);
    for (const { storage } of opened) await storage.ping();
    for (const { storage } of opened) await storage.close();
  });

  it.each(['mongo://x', 'mongodb://', 'mongodb://secret@/', 'mongodb://host/?unknown=1'])(
    'refuses an unreadable address of MongoDB without repeating it: %s',
    async (mongodbUri) => {
      const opening = createStorage({ dataDir, dataKey: TEST_KEY, mongodbUri });
      await expect(opening).rejects.toThrow(ConfigError);
      await expect(opening).rejects.toThrow(/^MONGODB_URI/);
      await expect(opening).rejects.not.toThrow(/secret|unknown/);
    },
  );

  it('says that MongoDB does not answer, without the password of its address', async () => {
    const mongodbUri = 'mongodb://account:secret@127.0.0.1:1/base';
    const opening = createStorage({ dataDir, dataKey: TEST_KEY, mongodbUri });
    await expect(opening).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.not.stringMatching(/secret/),
    });
  });
});

describe('migrateStorage', () => {
  it('leaves a database that servers open with the same key only', async () => {
    await migrateStorage({ dataDir, dataKey: TEST_KEY });
    await migrateStorage({ dataDir, dataKey: TEST_KEY });
    await expect(migrateStorage({ dataDir, dataKey: OTHER_KEY })).rejects.toThrow(ConfigError);
    await expect(createStorage({ dataDir })).rejects.toThrow(/autre clé/);
  });
});
