import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Revealed } from '../../../src/domain/message.js';
import {
  type BotFrameworkServer,
  type ChannelService,
  startBotFrameworkServer,
  startChannelService,
} from '../../support/directline-botframework.js';
import { call } from '../../support/directline-calls.js';

let service: ChannelService;
let server: BotFrameworkServer;
let known: Map<string, Revealed>;
let asked: string[];

beforeEach(async () => {
  known = new Map([['words:a', { text: 'Vous avez dit : rue de Picardie.' }]]);
  asked = [];
  service = await startChannelService();
  server = await startBotFrameworkServer(
    { emulator: true },
    {
      reveal: async (name) => {
        asked.push(name);
        return known.get(name);
      },
    },
  );
});
afterEach(async () => {
  await server.stop();
  await service.stop();
});

async function begin(): Promise<string> {
  await call(`${server.url}/api/messages`, {
    body: {
      type: 'message',
      id: 'a-1',
      channelId: 'emulator',
      serviceUrl: service.url,
      conversation: { id: 'conv-1' },
      from: { id: 'user-1' },
      recipient: { id: 'bot-1' },
      text: 'Bonjour',
    },
  });
  return server.conversationOf(service.url, 'conv-1');
}

const sent = (): unknown => service.sent.at(-1)?.activity.text;

test('a letter goes out with the words that its message has a stand-in for', async () => {
  const id = await begin();
  await server.desk.store(id, { author: 'bot', content: { kind: 'text', text: 'Récapitulatif.', reveal: 'words:a' } });
  await service.until(3);
  expect(sent()).toBe('Vous avez dit : rue de Picardie.');
  expect(asked).toEqual(['words:a']);
});

test('once they are gone, the stand-in goes out', async () => {
  const id = await begin();
  known.clear();
  await server.desk.store(id, { author: 'bot', content: { kind: 'text', text: 'Récapitulatif.', reveal: 'words:a' } });
  await service.until(3);
  expect(sent()).toBe('Récapitulatif.');
});

test('what waits for a service that takes nothing is read anew for each try, and is stored nowhere', async () => {
  const id = await begin();
  service.script({ status: 503 });
  const failed = new Promise<void>((resolve) => {
    server.bot.wakeUps.subscribe(id, ({ kind }) => kind === 'desk' && resolve());
  });
  await server.desk.store(id, { author: 'bot', content: { kind: 'text', text: 'Récapitulatif.', reveal: 'words:a' } });
  await failed;
  expect(JSON.stringify(await server.storage.deliveries.load(id))).not.toContain('Picardie');
  known.clear();
  while (service.sent.length < 3) {
    server.timers.advance(20);
    await setImmediate();
  }
  expect(sent()).toBe('Récapitulatif.');
});

test('a receipt counts as shown once it has left', async () => {
  const id = await begin();
  const left: number[] = [];
  const onShown = async () => void left.push(service.sent.length);
  known.set('receipt:r', { text: 'Votre code : ABCD', receipt: 'ABCD', onShown });
  service.script({ status: 503 });
  const failed = new Promise<void>((resolve) => {
    server.bot.wakeUps.subscribe(id, ({ kind }) => kind === 'desk' && resolve());
  });
  await server.desk.store(id, { author: 'bot', content: { kind: 'text', text: 'Code.', reveal: 'receipt:r' } });
  await failed;
  expect(left).toEqual([]);
  while (left.length < 1) {
    server.timers.advance(20);
    await setImmediate();
  }
  expect(sent()).toBe('Votre code : ABCD');
});
