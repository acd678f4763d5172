import { once } from 'node:events';
import { type RequestOptions, request } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAgent } from '../../../src/channels/telegram/agent.js';
import { ApiFault, createTelegramApi } from '../../../src/channels/telegram/api.js';

const CONNECT_MS = 60;

let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
  if (server?.listening) await once(server, 'close');
  server = undefined;
});

async function listen(made: Server): Promise<number> {
  server = made;
  made.on('connection', (socket) => {
    sockets.add(socket.on('error', () => undefined));
  });
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return (made.address() as AddressInfo).port;
}

async function faultAt(apiRoot: string): Promise<string> {
  const api = createTelegramApi({ token: '1:a', apiRoot, connectMs: CONNECT_MS });
  try {
    await api.call('sendMessage', { chat_id: 1, text: 'a' });
    return 'none';
  } catch (error) {
    if (error instanceof ApiFault) return error.kind;
    throw error;
  }
}

describe('without a connection nothing can have arrived', () => {
  test('a server that never shakes hands', async () => {
    const port = await listen(createServer());
    expect(await faultAt(`https://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test('a server that hangs up on shaking hands', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.end())));
    expect(await faultAt(`https://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test('a server that resets on shaking hands', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(await faultAt(`https://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test('a server that does not speak TLS', async () => {
    const port = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n'))),
    );
    expect(await faultAt(`https://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test('a server that refuses the handshake', async () => {
    const port = await listen(createTlsServer().on('tlsClientError', () => undefined));
    expect(await faultAt(`https://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test.each(['http', 'https'])('no server at all, by %s', async (scheme) => {
    const port = await listen(createServer());
    server?.close();
    expect(await faultAt(`${scheme}://127.0.0.1:${port}`)).toBe('unreachable');
  });

  test('a name that does not exist', async () => {
    expect(await faultAt('https://nowhere.invalid')).toBe('unreachable');
  });
});

describe('once there is a connection', () => {
  /** Without certificates: both know a secret. */
  const TLS = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'PSK' } as const;
  const SECRET = Buffer.from('of both sides');

  async function codeOf(answer: (socket: Socket) => void): Promise<string> {
    const made = createTlsServer({ ...TLS, pskCallback: () => SECRET });
    made.on('secureConnection', (socket) => {
      socket.on('error', () => undefined).once('data', () => setTimeout(() => answer(socket), 2 * CONNECT_MS));
    });
    const port = await listen(made);
    const options = { ...TLS, port, host: '127.0.0.1', agent: createAgent(CONNECT_MS) };
    const pskCallback = () => ({ psk: SECRET, identity: 'us' });
    const asked = request({ ...options, pskCallback, checkServerIdentity: () => undefined } as RequestOptions).end();
    try {
      const [response] = await once(asked, 'response');
      response.resume();
      return 'none';
    } catch (error) {
      return String((error as { code?: unknown }).code);
    }
  }

  test('an answer may take longer than a connection', async () => {
    expect(await codeOf((socket) => socket.end('HTTP/1.1 204 Done\r\n\r\n'))).toBe('none');
  });

  test('a reset is one, since what was sent may have arrived', async () => {
    expect(await codeOf((socket) => socket.destroy())).toBe('ECONNRESET');
  });
});
