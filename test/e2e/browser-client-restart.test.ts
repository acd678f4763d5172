import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { type BotClient, connectBotClient } from '../support/e2e-bot-client.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

/** The protocol's usual client, unmodified, over the death of the real server: it runs in Node here as in browsers. */
describe('botframework-directlinejs while the server is killed and started again', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let client: BotClient | undefined;
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
  });
  afterEach(() => client?.end());
  afterAll(async () => {
    await server.stop('SIGKILL');
    data.remove();
  });

  async function restart(): Promise<void> {
    server = await startServerProcess({ dataDir: data.path, port: server.port });
  }

  test('nothing is missed and nothing doubled', async () => {
    const chat = await openChat(server.url);
    client = connectBotClient(server.url, chat.token);
    const { post, sees } = client;
    await sees(/je suis un robot/);
    await post('où se trouve la permanence ?', 'a');
    await sees(/7\/9 rue Picasso/);

    // Killed with a message on its way: whether it was kept is not known, so it is sent again under its own id.
    const underWay = post('bonjour', 'b');
    await server.stop('SIGKILL');
    const isLost = (await underWay) === 'retry';
    expect(await post('merci', 'c')).toBe('retry');
    await restart();
    await chat.send('de la seconde page', 'd');
    for (const [text, id] of [
      ['bonjour', 'b'],
      ['merci', 'c'],
    ] as const)
      if (id === 'c' || isLost) await post(text, id);
    const whole = await chat.transcript();
    await client.until(whole.length);
    expect(client.received.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(client.errors).toEqual([]);
    const written = whole.filter(({ from }) => from.role === 'user').map(({ text }) => text);
    expect(written.toSorted()).toEqual(['bonjour', 'de la seconde page', 'merci', 'où se trouve la permanence ?']);
  });
});
