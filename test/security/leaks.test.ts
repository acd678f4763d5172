import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { setupTokenIn } from '../support/desk-client.js';
import { openStream, type StreamSocket } from '../support/directline-socket.js';
import { type Day, liveDay } from '../support/security-day.js';
import { send } from '../support/security-raw.js';
import { CANARIES, canariesIn, PRIVATE_WORDS } from '../support/security-words.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const data = makeDataDir();
let server: ServerProcess;
let setupToken: string;
let day: Day;
let socket: StreamSocket;
let secondFactor: string;

beforeAll(async () => {
  server = await startServerProcess({
    dataDir: data.path,
    env: { LOG_LEVEL: 'debug', TRUST_PROXY: '1', HOST: '127.0.0.1' },
  });
  setupToken = setupTokenIn(server.output());
  const place = { url: `http://127.0.0.1:${server.port}`, port: server.port, setupToken };
  day = await liveDay(place, CANARIES);
  socket = await watchAsResident(place.url, day.chat.token);
  await bother(place.port);
}, 60_000);
afterAll(async () => {
  day.events.leave();
  await server.stop();
  data.remove();
});

/** A second tab of the resident's, which is sent the whole conversation and everything from now on. */
async function watchAsResident(url: string, token: string): Promise<StreamSocket> {
  const opened = await fetch(`${url}/api/widget/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const { streamUrl } = (await opened.json()) as { streamUrl: string };
  return openStream(streamUrl);
}

/** What goes wrong in a day, with a canary in every part of a request. */
async function bother(port: number): Promise<void> {
  const canary = 'CanariErreur';
  const odd = { cookie: `permanence=${canary}; x=${canary}`, referer: `https://${canary}/`, 'user-agent': canary };
  const json = { 'content-type': 'application/json', 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin' };
  const own = { ...json, cookie: day.delegate.cookie };
  const wrong = [
    { path: `/${canary}?x=${canary}`, headers: odd },
    { path: `/api/inbox/${canary}?${canary}`, headers: odd },
    { path: `/inbox/c/${canary}?${canary}`, headers: odd },
    { path: `/api/inbox/conversations/past?after=${canary}`, headers: own },
    { path: `/api/inbox/conversations/${canary}`, headers: own },
    { method: 'POST', path: '/api/inbox/session', headers: json, body: `{"login":"${canary}",` },
    { method: 'POST', path: '/api/inbox/session', headers: json, body: `{"login":"${canary}","authKey":"${canary}"}` },
    { method: 'POST', path: '/api/inbox/search', headers: own, body: `\n    at ${canary} (${canary}:1:1)` },
    { method: 'POST', path: '/api/inbox/session/parameters', headers: json, body: `{"login":"${canary}"}` },
    {
      method: 'POST',
      path: '/api/messages',
      headers: { ...json, authorization: `Bearer ${canary}` },
      body: `{"text":"${canary}"}`,
    },
    { path: `/v3/directline/conversations/${canary}`, headers: { authorization: `Bearer ${canary}` } },
    { method: canary.toUpperCase(), path: `/${canary}` },
    { path: '/api/inbox/session', headers: { cookie: `${canary}=${'x'.repeat(20_000)}` } },
  ];
  for (const request of wrong) {
    const answer = await send(port, request);
    const told = `${answer.rawHeaders.join('\n')}\n${answer.text}`;
    expect({ path: request.path, isTold: told.includes(canary) }).toEqual({ path: request.path, isTold: false });
  }
  const { secret } = await day.delegate.call<{ secret: string }>('startSecondFactor');
  secondFactor = secret;
  const code = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) });
  await day.delegate.call('confirmSecondFactor', { body: { code } });
}

describe('what a resident is sent', () => {
  /** Every byte of it: frames as they came, pages as they came. */
  async function everything(): Promise<string> {
    const base = `http://127.0.0.1:${server.port}/v3/directline/conversations/${day.chat.conversationId}`;
    const headers = { authorization: `Bearer ${day.chat.token}` };
    const pages = await Promise.all(
      [`${base}`, `${base}/activities`].map(async (url) => (await fetch(url, { headers })).text()),
    );
    return [...pages, ...socket.frames.map((frame) => JSON.stringify(frame))].join('\n');
  }

  test('is what was said, and nothing that delegates keep to themselves', async () => {
    const { chat, delegate, colleague, coordinator } = day;
    const id = chat.conversationId;
    await delegate.call('showTyping', { id });
    await delegate.call('saveDraft', { id, body: { text: CANARIES.draft } });
    await delegate.call('transfer', { id, body: { to: colleague.id } });
    await colleague.call('take', { id });
    await colleague.call('addNote', { id, body: { id: randomUUID(), text: CANARIES.note } });
    await colleague.call('snooze', { id, body: { until: Date.now() + 60_000 } });
    await colleague.call('block', { id, body: { reason: CANARIES.blockReason } });
    await colleague.call('unblock', { id });
    await colleague.call('close', { id }).catch(() => undefined);
    await chat.send('Au revoir');
    await socket.until((activities) => activities.some(({ text }) => text === 'Au revoir'));
    const sent = await everything();
    expect(sent).toContain(CANARIES.reply);
    expect(sent).toContain(CANARIES.message);
    const kept = [...PRIVATE_WORDS, delegate.id, colleague.id, coordinator.id].filter((word) => sent.includes(word));
    expect(kept).toEqual([]);
    expect(sent).not.toMatch(/"(delegateId|signature|externalId|holder|labels|notes|draft|block|priority|rev|desk)"/);
  });

  test('has no member that an activity of ours does not have', () => {
    const members = [
      'type',
      'id',
      'timestamp',
      'channelId',
      'conversation',
      'from',
      'locale',
      'channelData',
      'replyToId',
    ];
    const known = [...members, 'text', 'textFormat', 'inputHint', 'attachments', 'suggestedActions', 'name', 'value'];
    const activities = socket.activities();
    expect(activities.length).toBeGreaterThan(8);
    for (const activity of activities) {
      expect(Object.keys(activity).filter((key) => !known.includes(key))).toEqual([]);
      expect(Object.keys(activity.from).filter((key) => !['id', 'name', 'role'].includes(key))).toEqual([]);
      expect(['resident', 'bot', 'delegate', 'system']).toContain(activity.from.id);
      expect(Object.keys(activity.channelData).sort().join()).toMatch(
        /^author(,clientActivityID)?(,webchat:sequence-id)?$/,
      );
    }
  });
});

describe('a day with a canary in every field', () => {
  test('has been lived: delegates read them all', async () => {
    const { chat, coordinator, delegate, called, blocked } = day;
    const read = [
      await delegate.call('openConversation', { id: chat.conversationId }),
      await delegate.call('openConversation', { id: called.conversationId }),
      await delegate.call('openConversation', { id: blocked.conversationId }),
      await coordinator.call('readTeam'),
      await coordinator.call('readFacts'),
      await coordinator.call('readOpeningHours'),
    ];
    const found = canariesIn(Buffer.from(JSON.stringify(read)));
    const unread = [CANARIES.search, CANARIES.phone, CANARIES.userAgent, CANARIES.pushEndpoint];
    for (const word of Object.values(CANARIES)) {
      if (!unread.includes(word)) expect(found).toContain(word);
    }
  });

  test('leaves none in the log, whatever its level, nor any address or key', () => {
    const log = server.output();
    expect(canariesIn(Buffer.from(log))).toEqual([]);
    expect(log.match(/canari/gi)).toBeNull();
    const tokens = [day.chat.token, day.delegate.cookie, day.delegate.id, day.chat.conversationId, secondFactor];
    for (const token of [...tokens, '198.18.', '127.0.0.1']) expect(log.includes(token)).toBe(false);
  });

  test('leaves none in the log when the database holds what cannot be read', async () => {
    const { delegate, chat } = day;
    const id = chat.conversationId;
    const database = new DatabaseSync(`${data.path}/permanence.db`);
    database.prepare('UPDATE records SET sealed = zeroblob(64) WHERE conversation = ?').run(id);
    database.close();
    await expect(delegate.call('openConversation', { id })).rejects.toThrow('503');
    const body = { id: randomUUID(), text: CANARIES.note };
    await expect(delegate.call('addNote', { id, body })).rejects.toThrow('503');
    expect(server.output()).toContain('HTTP request failed');
    expect(canariesIn(Buffer.from(server.output()))).toEqual([]);
  });

  test('leaves none in a header', () => {
    expect(day.headers().length).toBeGreaterThan(10_000);
    expect(day.headers()).not.toMatch(/canari/i);
    const names = [...day.headers().matchAll(/filename="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual([
      expect.stringMatching(/^conversation-[0-9A-Z]{4}-\d{4}-\d\d-\d\d\.txt$/),
      expect.stringMatching(/^permanence-\d{4}-W\d\d\.csv$/),
    ]);
  });

  test('shows none to a page of health or of the API', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/inbox/', '/', '/confidentialite']) {
      const { text } = await send(server.port, { path });
      expect({ path, isTelling: /canari/i.test(text) }).toEqual({ path, isTelling: false });
    }
  });

  test('has no answer and no event with a member that its schema does not list', () => {
    expect(day.events.names()).toEqual(expect.arrayContaining(['queue', 'detail', 'messages', 'card']));
    expect(day.strangers).toEqual([]);
  });

  test('is sealed on the disk, while the server runs and after it has stopped', async () => {
    const others = [secondFactor, setupToken, day.delegate.cookie.split('=')[1] ?? '', day.chat.token, 'CanariErreur'];
    const inClear = (): readonly string[] =>
      globSync('**/*', { cwd: data.path, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .flatMap((entry) =>
          canariesIn(readFileSync(`${entry.parentPath}/${entry.name}`), others).map((word) => `${entry.name}: ${word}`),
        );
    expect(inClear()).toEqual([]);
    await day.events.until(/event: ?messages/);
    await socket.close();
    expect(await server.stop()).toBe(0);
    expect(inClear()).toEqual([]);
    // The key is the only thing beside the database, and only its owner reads it.
    const files = globSync('**/*', { cwd: data.path });
    expect(files).toContain('data.key');
    expect(files.filter((name) => !/^(data\.key|permanence\.db(-wal|-shm)?)$/.test(name))).toEqual([]);
  });
});
