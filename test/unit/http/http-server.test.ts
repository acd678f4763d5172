import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { openHttpServer } from '../../../src/http/http-server.js';

const open = (listener: RequestListener, closingMs?: number) =>
  openHttpServer({
    listener,
    onUpgrade: (_, socket) => socket.destroy(),
    onClientError: (_, socket) => socket.destroy(),
    port: 0,
    host: '127.0.0.1',
    ...(closingMs !== undefined && { closingMs }),
  });

/** Resolves with all that came until the other side ended it. */
async function untilEnded(socket: Socket): Promise<string> {
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes;
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return heard;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

test('a connection that was opened in advance does not hold up the end', async () => {
  const server = await open((_, response) => response.end('answer'));
  const silent = await connected(server.port);
  const heard = untilEnded(silent);
  while ((await server.connections()) < 1);
  await server.close();
  expect(await heard).toBe('');
});

test('a request under way is answered before the end, one that was answered holds nothing up', async () => {
  const [begun, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const server = await open(async ({ url }, response) => {
    if (url === '/slow') {
      begun.resolve();
      await answer.promise;
    }
    response.end('answer');
  });
  const [idle, slow] = [await connected(server.port), await connected(server.port)];
  const heard = [untilEnded(idle), untilEnded(slow)];
  idle.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(idle, 'data');
  slow.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await begun.promise;
  const closing = server.close();
  expect(await heard[0]).toMatch(/^HTTP\/1\.1 200[\s\S]*answer$/);
  answer.resolve();
  expect(await heard[1]).toMatch(/^HTTP\/1\.1 200[\s\S]*answer$/);
  await closing;
});

test('a request that has no end is cut', async () => {
  const begun = Promise.withResolvers<void>();
  const server = await open(() => begun.resolve(), 20);
  const socket = await connected(server.port);
  const heard = untilEnded(socket);
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await begun.promise;
  await server.close();
  expect(await heard).toBe('');
});
