import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { ApiFault, createTelegramApi } from '../../../src/channels/telegram/api.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, type RawAnswer } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram, FaultRule } from '../../support/telegram/types.js';

let server: FakeTelegram;
let chat: FakeChat;

beforeEach(async () => {
  server = await openFakeTelegram();
  chat = server.openChat();
  chat.write('Bonjour');
});
afterEach(() => server.close());

const send = (text = 'a'): Promise<RawAnswer> => callRaw(server, 'sendMessage', { chat_id: chat.id, text });

/** As the product's own client sees it. */
async function faultOf(rule: FaultRule, limitMs?: number): Promise<ApiFault | undefined> {
  server.fail(rule);
  const api = createTelegramApi({ token: server.token, apiRoot: server.url });
  try {
    await api.call('sendMessage', { chat_id: chat.id, text: 'a' }, limitMs);
    return undefined;
  } catch (error) {
    if (error instanceof ApiFault) return error;
    throw error;
  }
}

describe('faults', () => {
  test('429 with the time to wait, as often as asked, without effect', async () => {
    const fault = server.fail({ method: 'sendMessage', status: 429, retryAfter: 7, times: 2 });
    expect(await send()).toMatchObject({ status: 429, retryAfter: '7', body: { parameters: { retry_after: 7 } } });
    expect((await send()).status).toBe(429);
    expect((await send()).status).toBe(200);
    expect(fault.met()).toBe(2);
    expect(chat.said).toEqual(['a']);
    expect(server.callsOf('sendMessage').map(({ wasApplied }) => wasApplied)).toEqual([false, false, true]);
  });

  test.each([500, 502, 503, 504])('%i with the page of a gateway', async (status) => {
    server.fail({ method: 'sendMessage', status });
    const response = await fetch(`${server.url}/bot${server.token}/sendMessage?chat_id=${chat.id}&text=a`);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html']);
    expect(await response.text()).toContain(`<title>${status}</title>`);
    expect(chat.said).toEqual([]);
    server.fail({ method: 'sendMessage', status });
    const client = new Telegram(server.token, { apiRoot: server.url });
    await expect(client.sendMessage(chat.id, 'a')).rejects.toMatchObject({ code: status });
  });

  test('504 after the effect', async () => {
    expect(await faultOf({ status: 504, isApplied: true })).toMatchObject({ kind: 'unanswered', status: 504 });
    expect(chat.said).toEqual(['a']);
  });

  test('a refusal with words of its own', async () => {
    const description = 'Forbidden: user is deactivated';
    expect(await faultOf({ status: 403, description })).toMatchObject({ kind: 'refused', status: 403, description });
    expect(chat.said).toEqual([]);
  });

  test('a reset before the effect, and one after it', async () => {
    expect(await faultOf({ kind: 'reset-before' })).toMatchObject({ kind: 'unanswered' });
    expect(chat.said).toEqual([]);
    expect(await faultOf({ kind: 'reset-after' })).toMatchObject({ kind: 'unanswered' });
    expect(chat.said).toEqual(['a']);
    const calls = await server.waitForCalls('sendMessage', 2);
    expect(calls).toMatchObject([
      { status: 0, wasApplied: false },
      { status: 0, wasApplied: true },
    ]);
  });

  test('an answer that is no JSON', async () => {
    expect(await faultOf({ kind: 'garbage' })).toMatchObject({ kind: 'unanswered' });
    expect(chat.said).toEqual(['a']);
  });

  test('no answer until it is released', async () => {
    const fault = server.fail({ method: 'sendMessage', kind: 'hang' });
    const answer = send();
    expect((await fault.hit).method).toBe('sendMessage');
    expect(await chat.waitFor('a')).toHaveLength(2);
    expect(server.callsOf('sendMessage')[0]?.status).toBeUndefined();
    fault.release();
    expect((await answer).status).toBe(200);
  });

  test('no effect either until it is released', async () => {
    const fault = server.fail({ method: 'sendMessage', kind: 'hang-before' });
    const answer = send();
    await fault.hit;
    expect(chat.said).toEqual([]);
    fault.release();
    expect((await answer).status).toBe(200);
    expect(chat.said).toEqual(['a']);
  });

  test('hanging calls are lost when all is healed', async () => {
    server.fail({ method: 'sendMessage', kind: 'hang', times: Infinity });
    const answer = send();
    await chat.waitFor('a');
    server.heal();
    await expect(answer).rejects.toThrow();
    expect((await send()).status).toBe(200);
    await server.settled(1).catch(() => undefined);
    expect(server.callsOf('sendMessage').map(({ status }) => status)).toEqual([0, 200]);
  });

  test('a caller that loses patience', async () => {
    expect(await faultOf({ kind: 'hang' }, 20)).toMatchObject({ kind: 'unanswered' });
    const [call] = await server.waitForCalls('sendMessage');
    expect(call).toMatchObject({ status: 0, wasApplied: true });
  });

  test('a late answer', async () => {
    server.fail({ method: 'sendMessage', slowMs: 30 });
    const start = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(25);
  });

  test('of chosen calls only', async () => {
    const other = server.openChat();
    other.write('Bonjour');
    server.fail({ method: 'sendmessage', chatId: other.id, status: 500 });
    server.fail({ method: 'sendMessage', when: ({ parameters }) => parameters.text === 'b', status: 403 });
    server.fail({ method: 'sendMessage', after: 1, times: Infinity, status: 502 }).stop();
    expect((await send()).status).toBe(200);
    expect((await send('b')).status).toBe(403);
    expect((await send('b')).status).toBe(200);
    const response = await fetch(`${server.url}/bot${server.token}/sendMessage?chat_id=${other.id}&text=a`);
    expect(response.status).toBe(500);
  });

  test('after some calls have passed, and never of getUpdates unless it is named', async () => {
    server.fail({ after: 1, status: 403 });
    expect((await send()).status).toBe(200);
    expect((await callRaw(server, 'getUpdates')).status).toBe(200);
    expect((await send()).status).toBe(403);
    server.fail({ method: 'getUpdates', status: 409, description: 'Conflict: another' });
    expect((await callRaw(server, 'getUpdates')).body.description).toBe('Conflict: another');
  });

  test('the whole server away, and back on the same port with all it knew', async () => {
    server.fail({ method: 'sendMessage', kind: 'hang' });
    const cut = send();
    await chat.waitFor('a');
    const ended = expect(cut).rejects.toThrow();
    await server.goAway();
    await ended;
    expect(await faultOf({ method: 'sendVenue', status: 500 })).toMatchObject({ kind: 'unreachable' });
    await server.comeBack();
    expect((await callRaw(server, 'getUpdates')).body.result).toHaveLength(1);
  });
});
