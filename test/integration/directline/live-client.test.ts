import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { base, openSession } from '../../support/directline-calls.js';
import { ACCEPTED, COMPLETED, INITIATE } from '../../support/directline-desk.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';
import { FetchXmlHttpRequest } from '../../support/directline-xhr.js';

/** A live chat read by `botframework-directlinejs` exactly as npm delivers it: it must take what it does not know in its stride. */
let server: DirectLineServer;
let line: DirectLine | undefined;

beforeAll(() => {
  Object.assign(globalThis, { XMLHttpRequest: FetchXmlHttpRequest });
});
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
});
beforeEach(async () => {
  server = await startDirectLineServer();
});
afterEach(async () => {
  line?.end();
  await server.stop();
});

test.each([
  ['WebSocket', true],
  ['polling', false],
])('an unmodified client by %s reads all of it, in order, and goes on', async (_, webSocket) => {
  const { token, conversationId: id } = await openSession(server.url);
  const received: Activity[] = [];
  const statuses: ConnectionStatus[] = [];
  const errors: Error[] = [];
  const waiting = new Set<() => void>();
  const client = new DirectLine({ domain: base(server.url), token, webSocket, pollingInterval: 200 });
  line = client;
  client.connectionStatus$.subscribe((status) => statuses.push(status));
  client.activity$.subscribe(
    (activity) => {
      received.push(activity);
      for (const look of waiting) look();
    },
    (error: Error) => errors.push(error),
  );
  const until = (isEnough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isEnough()) resolve();
      };
      waiting.add(look);
      look();
    });
  const stored = (): string[] =>
    received.flatMap((activity) => {
      const { type, name, text } = activity as { type: string; name?: string; text?: string };
      return type === 'typing' || name === 'permanence.queue' ? [] : [name ?? text ?? ''];
    });
  const post = (activity: Activity): Promise<string> =>
    new Promise((resolve, reject) => {
      client.postActivity(activity).subscribe(resolve, reject);
    });

  await until(() => stored().length === 1);
  await server.desk.change(id, 'waiting', INITIATE, 'Un délégué va venir.');
  await until(() => stored().length === 3);
  server.bot.wakeUps.notify(id, { kind: 'queue', position: 1, usualWaitMinutes: 4 });
  server.bot.wakeUps.notify(id, { kind: 'desk' });
  await server.desk.change(id, 'assigned', ACCEPTED);
  await post({ type: 'typing', from: { id: 'somebody' } } as Activity);
  server.bot.wakeUps.notify(id, { kind: 'typing', author: 'delegate', delegateId: 'd-1', name: 'Jean' });
  await server.desk.say(id, 'Je vous lis.');
  await until(() => stored().length === 5);
  await post({ type: 'message', text: 'Merci', from: { id: 'somebody' }, channelData: { clientActivityID: 'a' } });
  await server.desk.change(id, 'bot', COMPLETED, 'L’assistant reprend.');
  await until(() => stored().length === 8);

  expect(stored()).toEqual([
    'Bonjour, je suis un robot.',
    'handoff.initiate',
    'Un délégué va venir.',
    'handoff.status',
    'Je vous lis.',
    'Merci',
    'handoff.status',
    'L’assistant reprend.',
  ]);
  const others = received.filter(({ type }) => type === 'typing').map(({ from }) => from.name);
  expect(others).toEqual(webSocket ? ['Jean, délégué'] : []);
  expect(statuses.at(-1)).toBe(ConnectionStatus.Online);
  expect(errors).toEqual([]);
});
