import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { openSite, type Site } from '../support/security-site.js';

const TOKEN = 'un-jeton-de-test-de-trente-deux-caracteres';
const CANARY = 'canari-violette-4711';

let site: Site | undefined;

afterEach(async () => {
  await site?.close();
  site = undefined;
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}

const asking = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test('without a setting there is nothing', async () => {
  site = await openSite();
  expect((await fetch(`${site.url}/metrics`)).status).toBe(404);
});

test('by a token on the server’s own port, and nothing of what a resident wrote', async () => {
  site = await openSite({ METRICS_TOKEN: TOKEN });
  const chat = await openChat(site.url);
  await chat.ask(`Bonjour, je m’appelle ${CANARY}`);
  await fetch(`${site.url}/${CANARY}?nom=${CANARY}`);

  expect((await fetch(`${site.url}/metrics`)).status).toBe(404);
  expect((await fetch(`${site.url}/metrics`, asking(`${TOKEN}x`))).status).toBe(404);
  const response = await fetch(`${site.url}/metrics`, asking(TOKEN));
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(text).toMatch(/^permanence_turn_seconds_count\{outcome="committed"\} 1$/m);
  expect(text).toMatch(/^permanence_http_requests_total\{area="directline",status="2xx"\} \d+$/m);
  expect(text).toMatch(/^permanence_http_requests_total\{area="pages",status="4xx"\} 3$/m);
  expect(text).toMatch(/^permanence_storage_up 1$/m);
  expect(text).toMatch(/^permanence_lease_held\{name="upkeep"\} 1$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  for (const word of [CANARY, chat.conversationId, chat.token, TOKEN]) expect(text).not.toContain(word);
});

test('on a port of its own, for this machine only', async () => {
  const port = await freePort();
  site = await openSite({ METRICS_PORT: `${port}`, HOST: '127.0.0.1' });
  expect((await fetch(`${site.url}/metrics`)).status).toBe(404);
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toMatch(/^permanence_storage_up 1$/m);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(404);
  await expect(fetch(`http://127.0.0.2:${port}/metrics`)).rejects.toThrow('fetch failed');
});

test('on a port of its own by a token', async () => {
  const port = await freePort();
  site = await openSite({ METRICS_PORT: `${port}`, METRICS_TOKEN: TOKEN });
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, asking(TOKEN))).status).toBe(200);
});

test('a port that is taken is told to the operator', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await expect(openSite({ METRICS_PORT: `${port}` })).rejects.toThrow('METRICS_PORT : ce port est pris');
  await new Promise((resolve) => server.close(resolve));
});
