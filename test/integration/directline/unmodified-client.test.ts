import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Activity, ConnectionStatus, DirectLine, type Message } from 'botframework-directlinejs';
import type { Session } from '../../../src/channels/directline/parts.js';
import { base, call, openSession, say } from '../../support/directline-calls.js';
import { type DirectLineServer, SECRET, startDirectLineServer } from '../../support/directline-server.js';
import { FetchXmlHttpRequest } from '../../support/directline-xhr.js';

/** `botframework-directlinejs` exactly as npm delivers it, against the server over real sockets. */
let server: DirectLineServer;
const clients: DirectLine[] = [];

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
  for (const client of clients.splice(0)) client.end();
  await server.stop();
});

type Options = Partial<ConstructorParameters<typeof DirectLine>[0]>;

interface Client {
  readonly line: DirectLine;
  readonly received: Activity[];
  readonly statuses: ConnectionStatus[];
  /** What the client threw at its reader, if it did. */
  readonly errors: Error[];
  post(text: string, clientActivityID: string): Promise<string>;
  /** Resolves once this many activities have arrived. */
  until(count: number): Promise<readonly Activity[]>;
  texts(): (string | undefined)[];
}

function connectClient(options: Options): Client {
  // The delay before reconnecting is 3 s plus this times 12 s: an option of the client's own.
  const line = new DirectLine({ domain: base(server.url), random: () => 0, ...options } as Options);
  clients.push(line);
  const received: Activity[] = [];
  const statuses: ConnectionStatus[] = [];
  const errors: Error[] = [];
  const checks = new Set<() => void>();
  line.connectionStatus$.subscribe((status) => statuses.push(status));
  line.activity$.subscribe(
    (activity) => {
      received.push(activity);
      for (const check of checks) check();
    },
    (error: Error) => errors.push(error),
  );
  return {
    line,
    received,
    statuses,
    errors,
    post: (text, clientActivityID) =>
      new Promise((resolve, reject) => {
        line
          .postActivity({ type: 'message', text, from: { id: 'somebody' }, channelData: { clientActivityID } })
          .subscribe(resolve, reject);
      }),
    until: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length < count) return;
          checks.delete(check);
          resolve(received);
        };
        checks.add(check);
        check();
      }),
    texts: () => received.map((activity) => (activity as Message).text),
  };
}

const CONVERSATION = ['Bonjour', 'C’est quand ?', 'carte'];
const EXPECTED = [
  'Bonjour, je suis un robot.',
  ...['Bonjour', 'C’est quand ?'].flatMap((text) => [text, `Vous avez écrit : ${text}`]),
  'carte',
  'Voici.',
];

describe.each([
  ['WebSocket', { webSocket: true }],
  ['polling', { webSocket: false, pollingInterval: 200 }],
])('a whole conversation by %s', (_, transport: Options) => {
  test('from a widget session’s token', async () => {
    const { token } = await openSession(server.url);
    await holdConversation(connectClient({ token, ...transport }));
  });

  test('from a token that a site’s backend made', async () => {
    const { body } = await call<Session>(`${base(server.url)}/tokens/generate`, { method: 'POST', token: SECRET });
    await holdConversation(connectClient({ token: body.token, ...transport }));
  });

  test('from the secret', async () => {
    await holdConversation(connectClient({ secret: SECRET, ...transport }));
  });

  test('from a known conversation and its watermark, missing nothing', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'Avant');
    const { conversationId, token } = session;
    const client = connectClient({ conversationId, token, watermark: '1', ...transport });
    await client.until(2);
    await client.post('Après', 'b');
    await client.until(4);
    expect(client.texts()).toEqual(['Avant', 'Vous avez écrit : Avant', 'Après', 'Vous avez écrit : Après']);
  });
});

async function holdConversation(client: Client): Promise<void> {
  await client.until(1);
  const ids: string[] = [];
  for (const [index, text] of CONVERSATION.entries()) {
    ids.push(await client.post(text, `id-${index}`));
    await client.until(3 + index * 2);
  }
  expect(client.texts()).toEqual(EXPECTED);
  const own = client.received.filter(({ from }) => from.role === 'user');
  expect(own.map(({ id, channelData }) => [id, channelData.clientActivityID])).toEqual(
    ids.map((id, index) => [id, `id-${index}`]),
  );
  expect((client.received.at(-1) as Message).attachments).toHaveLength(1);
  expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
  expect(client.errors).toEqual([]);
}

describe('a client by WebSocket', () => {
  test('goes on after the server was stopped and started again: nothing missed, nothing doubled', async () => {
    const session = await openSession(server.url);
    const client = connectClient({ token: session.token });
    await client.until(1);
    await client.post('Avant', 'a');
    await client.until(3);
    const { port, data, clock } = server;
    await server.stop();
    server = await startDirectLineServer({ port, data, clock });
    await say(server.url, session, 'Pendant la coupure');
    await client.until(5);
    await client.post('Après', 'b');
    await client.until(7);
    expect(client.texts()).toEqual([
      'Bonjour, je suis un robot.',
      ...['Avant', 'Pendant la coupure', 'Après'].flatMap((text) => [text, `Vous avez écrit : ${text}`]),
    ]);
    expect(client.errors).toEqual([]);
  });

  test('shares its conversation with a second tab', async () => {
    const { token } = await openSession(server.url);
    const [one, two] = [connectClient({ token }), connectClient({ token })];
    await Promise.all([one.until(1), two.until(1)]);
    await Promise.all([one.post('De la première', 'a'), two.post('De la seconde', 'b')]);
    expect(await one.until(5)).toEqual(await two.until(5));
  });

  test('hears that its conversation was removed, and stops', async () => {
    const { token } = await openSession(server.url);
    const client = connectClient({ token });
    await client.until(1);
    const ended = new Promise<Error>((resolve) => {
      client.line.activity$.subscribe(undefined, resolve);
    });
    await call(`${server.url}/api/widget/session`, { method: 'DELETE', token });
    expect((await ended).message).toBe('conversation ended');
  });

  test('is told by status and problem what it may not send', async () => {
    const { token } = await openSession(server.url);
    const client = connectClient({ token });
    await client.until(1);
    await expect(client.post(' ', 'a')).rejects.toMatchObject({
      status: 400,
      xhr: { response: { code: 'EmptyMessage' } },
    });
    const upload = new Promise((_, reject) => {
      const contentUrl = 'data:text/plain,x';
      client.line
        .postActivity({
          type: 'message',
          from: { id: 'x' },
          attachments: [{ contentType: 'text/plain', contentUrl, name: 'a.txt' }],
        } as Message)
        .subscribe(undefined, reject);
    });
    await expect(upload).rejects.toMatchObject({ status: 415, xhr: { response: { code: 'UploadsNotAccepted' } } });
  });
});

test('a token that has ended shows as ExpiredToken; with a fresh session the client goes on', async () => {
  const { token } = await openSession(server.url);
  const client = connectClient({ token });
  await client.until(1);
  server.clock.advance(3600);
  expect(await client.post('Trop tard', 'a')).toBe('retry');
  expect(client.statuses.at(-1)).toBe(ConnectionStatus.ExpiredToken);
  const { body } = await call<Session>(`${server.url}/api/widget/session`, { body: { token } });
  client.line.reconnect(body);
  expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
  await client.post('Me revoici', 'b');
  const isAnswered = (): boolean => client.texts().includes('Vous avez écrit : Me revoici');
  for (let count = 2; !isAnswered(); count++) await client.until(count);
  // This client keeps its first socket beside the new one, and leaves it to Web Chat to know messages by their id.
  const byId = new Map(client.received.map((activity) => [activity.id, (activity as Message).text]));
  expect([...byId.values()]).toEqual(['Bonjour, je suis un robot.', 'Me revoici', 'Vous avez écrit : Me revoici']);
});
