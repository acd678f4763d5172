import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { createHeldClock, type HeldClock } from '../../support/telegram/held-clock.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, type RawAnswer, resultOf } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram, JsonRecord } from '../../support/telegram/types.js';

let time: HeldClock;
let server: FakeTelegram;
let chat: FakeChat;

beforeEach(async () => {
  time = createHeldClock();
  server = await openFakeTelegram({ clock: time.clock });
  chat = server.openChat();
});
afterEach(() => server.close());

const poll = (parameters: JsonRecord = {}): Promise<readonly JsonRecord[]> =>
  resultOf(server, 'getUpdates', parameters);
const textsOf = (updates: readonly JsonRecord[]): readonly unknown[] =>
  updates.map((update) => ((update.message ?? update.edited_message) as JsonRecord | undefined)?.text);
const idOf = (update: JsonRecord | undefined): number => Number(update?.update_id);

/** A poll that waits, once it does. */
async function waitingPoll(): Promise<{ readonly answer: Promise<RawAnswer> }> {
  const answer = callRaw(server, 'getUpdates', { timeout: 50 });
  await server.updates.polled();
  return { answer };
}

// https://core.telegram.org/bots/api#getupdates
describe('getUpdates', () => {
  test('hands out the same updates, with ascending ids, until a higher offset confirms them', async () => {
    for (const text of ['Un', 'Deux', 'Trois']) chat.write(text);
    const updates = await poll();
    expect(textsOf(updates)).toEqual(['Un', 'Deux', 'Trois']);
    expect(updates.map(idOf)).toEqual([0, 1, 2].map((step) => idOf(updates[0]) + step));
    expect(await poll()).toEqual(updates);
    expect(textsOf(await poll({ offset: idOf(updates[1]) }))).toEqual(['Deux', 'Trois']);
    expect(textsOf(await poll())).toEqual(['Deux', 'Trois']);
    expect(await poll({ offset: idOf(updates[2]) + 1 })).toEqual([]);
    expect(server.updates.pending).toEqual([]);
    expect(server.updates.all).toHaveLength(3);
    await server.settled();
  });

  test('takes a limit of 1 to 100', async () => {
    for (let written = 0; written < 105; written += 1) chat.write(String(written));
    expect(await poll({ limit: 2 })).toHaveLength(2);
    expect(await poll({ limit: 0 })).toHaveLength(1);
    expect(await poll({ limit: 1000 })).toHaveLength(100);
    expect(await poll()).toHaveLength(100);
  });

  test('with a negative offset begins that far from the end and forgets what was before', async () => {
    for (const text of ['Un', 'Deux', 'Trois']) chat.write(text);
    expect(textsOf(await poll({ offset: -2 }))).toEqual(['Deux', 'Trois']);
    expect(textsOf(await poll())).toEqual(['Deux', 'Trois']);
    expect(textsOf(await poll({ offset: -50 }))).toEqual(['Deux', 'Trois']);
  });

  test('waits for its timeout, and answers as soon as something comes', async () => {
    const { answer } = await waitingPoll();
    chat.write('Enfin');
    expect(textsOf((await answer).body.result as JsonRecord[])).toEqual(['Enfin']);
    const [update] = await poll();
    const nothing = await poll({ offset: idOf(update) + 1, timeout: 1 });
    expect(nothing).toEqual([]);
  });

  test('ends an older poll by 409', async () => {
    const older = await waitingPoll();
    const newer = callRaw(server, 'getUpdates', { timeout: 50 });
    expect(await older.answer).toMatchObject({
      status: 409,
      body: {
        ok: false,
        error_code: 409,
        description:
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      },
    });
    chat.write('Un');
    expect((await newer).status).toBe(200);
  });

  test('keeps what a poll that hung up did not confirm', async () => {
    const hangUp = new AbortController();
    const gone = fetch(`${server.url}/bot${server.token}/getUpdates?timeout=50`, { signal: hangUp.signal });
    await server.updates.polled();
    hangUp.abort();
    await expect(gone).rejects.toThrow();
    await server.waitForCalls('getUpdates');
    chat.write('Un');
    expect(textsOf(await poll())).toEqual(['Un']);
  });

  test('is refused by 409 while a webhook is set', async () => {
    await resultOf(server, 'setWebhook', { url: 'https://exemple.fr/telegram' });
    expect(await callRaw(server, 'getUpdates')).toMatchObject({
      status: 409,
      body: {
        description:
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      },
    });
    await resultOf(server, 'deleteWebhook');
    expect((await callRaw(server, 'getUpdates')).status).toBe(200);
  });

  test('is ended by setWebhook', async () => {
    const { answer } = await waitingPoll();
    await resultOf(server, 'setWebhook', { url: 'https://exemple.fr/telegram' });
    expect((await answer).body.description).toBe('Conflict: terminated by setWebhook request');
  });

  test('remembers the types it was asked for, from then on', async () => {
    chat.write('Un');
    expect(await poll({ allowed_updates: ['edited_message'] })).toHaveLength(1);
    chat.write('Deux');
    chat.edit(1, 'Un, corrigé');
    expect(textsOf(await poll())).toEqual(['Un', 'Un, corrigé']);
    await poll({ allowed_updates: [] });
    chat.write('Trois');
    expect(textsOf(await poll())).toEqual(['Un', 'Un, corrigé', 'Trois']);
  });

  test('forgets what is older than 24 hours', async () => {
    chat.write('Hier');
    time.pass(24 * 3600 * 1000);
    chat.write('Maintenant');
    time.pass(1);
    expect(textsOf(await poll())).toEqual(['Maintenant']);
  });

  test('works through telegraf', async () => {
    chat.write('Un');
    const client = new Telegram(server.token, { apiRoot: server.url });
    expect(await client.getUpdates(0, 100, 0, ['message'])).toMatchObject([{ message: { text: 'Un' } }]);
  });
});

describe('tests can', () => {
  test('hold updates back and hand them out in another order, or twice', async () => {
    server.updates.hold();
    for (const text of ['Un', 'Deux', 'Trois']) chat.write(text);
    expect(await poll()).toEqual([]);
    server.updates.release(([one, ...others]) => [...others.toReversed(), ...(one ? [one, one] : [])]);
    const updates = await poll();
    expect(textsOf(updates)).toEqual(['Trois', 'Deux', 'Un', 'Un']);
    expect(await poll({ offset: idOf(updates[0]) + 1 })).toEqual([]);
  });

  test('hand out once more what was confirmed', async () => {
    chat.write('Un');
    const offset = idOf((await poll())[0]) + 1;
    expect(await poll({ offset })).toEqual([]);
    server.updates.repeat();
    expect(textsOf(await poll({ offset }))).toEqual(['Un']);
    expect(await poll({ offset })).toEqual([]);
  });

  test('hand out an update of any shape', async () => {
    const id = server.updates.push({ message: 'nonsense' });
    expect(await poll()).toEqual([{ update_id: id, message: 'nonsense' }]);
    expect(server.updates.push({ update_id: id + 10, poll: {} })).toBe(id + 10);
    chat.write('Un');
    expect(idOf((await poll()).at(-1))).toBe(id + 11);
  });
});
