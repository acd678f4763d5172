import { afterAll, describe, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { dropDatabase, ownDatabase } from '../support/own-database.js';
import { makeDataDir, startServerProcess } from '../support/server-process.js';
import { startNetwork } from '../support/storage-network.js';

const data = makeDataDir();
afterAll(data.remove);

(process.env.MONGODB_TEST_URI ? describe : describe.skip)(
  'the database goes away and comes back (needs MONGODB_TEST_URI)',
  () => {
    test('a message is refused with 503 and nothing is lost: the same one goes through once the database is back', async () => {
      const target = ownDatabase('faults');
      const { href } = target;
      const network = await startNetwork(target);
      target.host = network.host;
      target.searchParams.set('serverSelectionTimeoutMS', '500');
      const server = await startServerProcess({ dataDir: data.path, env: { MONGODB_URI: target.href } });
      try {
        const chat = await openChat(server.url);
        await chat.ask('bonjour');
        const before = await chat.transcript();

        network.cut();
        expect((await chat.post('où est la permanence ?', 'pendant')).status).toBe(503);
        expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

        network.restore();
        await chat.send('où est la permanence ?', 'pendant');
        const added = (await chat.transcript()).slice(before.length);
        expect(added.filter((activity) => activity.channelData?.author === 'resident')).toHaveLength(1);
        expect(added.map(({ text }) => text).join('\n')).toContain('7/9 rue Picasso');
        expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      } finally {
        network.restore();
        expect(await server.stop()).toBe(0);
        network.cut();
        await network.stop();
        await dropDatabase(href);
      }
    });
  },
);
