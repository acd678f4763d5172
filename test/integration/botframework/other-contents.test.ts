import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type BotFrameworkServer,
  type ChannelService,
  startBotFrameworkServer,
  startChannelService,
} from '../../support/directline-botframework.js';
import { call } from '../../support/directline-calls.js';

/** What only other channels bring about: nothing of it goes out that a Bot Framework client could not read. */

let service: ChannelService;
let server: BotFrameworkServer;

beforeEach(async () => {
  service = await startChannelService();
  server = await startBotFrameworkServer({ emulator: true });
});
afterEach(async () => {
  await server.stop();
  await service.stop();
});

function post(activity: Record<string, unknown>) {
  return call(`${server.url}/api/messages`, {
    body: {
      channelId: 'emulator',
      serviceUrl: service.url,
      conversation: { id: 'conv-1' },
      from: { id: 'user-1' },
      recipient: { id: 'bot-1' },
      ...activity,
    },
  });
}

async function begin(): Promise<string> {
  await post({ type: 'message', id: 'a-1', text: 'Bonjour' });
  return server.conversationOf(service.url, 'conv-1');
}

test('a question that a place can answer goes out as a question', async () => {
  const id = await begin();
  const position = { latitude: 47.2, longitude: 5.9 };
  await server.desk.store(
    id,
    { author: 'resident', content: { kind: 'text', text: 'horaires', edits: 1, editedAt: 5 } },
    { author: 'bot', content: { kind: 'text', text: 'Où est-ce ?', asksFor: 'position' } },
    { author: 'bot', content: { kind: 'text', text: 'Ici', card: { title: 'Maison', position, links: [] } } },
    { author: 'system', content: { kind: 'erased', erasedMessages: 3, writtenAt: 12 } },
    { author: 'bot', content: { kind: 'text', text: 'Fin' } },
  );
  await service.until(5);
  const sent = service.sent.slice(2).map(({ activity }) => activity);
  expect(sent.map(({ text }) => text)).toEqual(['Où est-ce ?', 'Ici', 'Fin']);
  expect(JSON.stringify(sent)).not.toMatch(/asksFor|47\.2|writtenAt/);
});

test('an edit that a client tells of is taken note of, and changes nothing', async () => {
  const id = await begin();
  const before = await server.bot.conversations.messagesAfter(id, 0, 100);
  expect((await post({ type: 'messageUpdate', id: 'a-1', text: 'Bonsoir' })).status).toBe(200);
  expect(await server.bot.conversations.messagesAfter(id, 0, 100)).toEqual(before);
});
