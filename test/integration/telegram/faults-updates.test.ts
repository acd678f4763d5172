import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../support/telegram/types.js';
import { readLedger } from '../../support/telegram-ledger.js';
import { openHeldWriter, openWriter, type Writer, writeTo } from '../../support/telegram-people.js';
import { openTelegramSite, type TelegramSite } from '../../support/telegram-site.js';

let site: TelegramSite;
let writer: Writer;
beforeEach(async () => {
  site = await openTelegramSite();
  writer = await site.until(openWriter(site.fake));
});
afterEach(() => site.close());

const answers = (): number => writer.chat.said.length - 1;

/** The server is ready for all others. */
async function standing(): Promise<unknown> {
  const response = await fetch(`${site.url}/readyz`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly telegram: unknown }).telegram;
}

/** Each message is stored once, in this order, and answered once; nothing else is seen. */
async function expectAnswered(order: readonly number[] = writer.written): Promise<void> {
  await site.until(site.fake.settled());
  const [account] = await site.account([writer.chat]);
  expect(account).toEqual({ missing: [], surplus: [], uncertain: [] });
  const kept = (await readLedger({ dataDir: site.dataDir })).get(writer.chat.id);
  const own = kept?.messages.filter(({ author }) => author === 'resident') ?? [];
  expect(own.map(({ externalId }) => externalId)).toEqual(order.map((id) => `m${id}`));
  for (const { seq } of own) expect(kept?.messages.some(({ replyTo }) => replyTo === seq)).toBe(true);
  expect(site.fake.violations()).toEqual([]);
}

describe('updates', () => {
  test('that come again, before and after they were answered, are one message', async () => {
    site.fake.updates.hold();
    writeTo(writer, 'Bonjour');
    writeTo(writer, "C'est ouvert demain ?");
    site.fake.updates.release((held) => [...held, ...held, ...held]);
    await site.untilSo(() => answers() >= 2);
    site.fake.updates.repeat();
    await site.until(site.fake.settled());
    await site.pass(5);
    await expectAnswered();
  });

  test('that come in another order are all answered, once each, in the order in which they were written', async () => {
    site.fake.updates.hold();
    for (const text of ['Bonjour', "C'est ouvert demain ?", 'merci']) writeTo(writer, text);
    site.fake.updates.release((held) => held.toReversed());
    await site.untilSo(() => answers() >= 3);
    await expectAnswered();
  });

  test('an edit that comes before its original: the new words alone are answered, and the old ones are not stored', async () => {
    site.fake.updates.hold();
    writeTo(writer, 'Bonjuor');
    writer.chat.edit(writer.written[0] ?? 0, 'Bonjour');
    let original = 0;
    site.fake.updates.release(([first, ...later]) => {
      original = Number(first?.update_id);
      return later;
    });
    await site.untilSo(() => answers() >= 1);
    await site.until(site.fake.settled());
    site.fake.updates.repeat(original);
    await site.pass(5);
    await expectAnswered();
  });

  test('that nobody could have sent are passed over; those beside them are answered', async () => {
    const { updates } = site.fake;
    for (const odd of [
      {},
      { message: null },
      { message: {} },
      { message: { message_id: 'x', chat: { id: 'x' }, text: 5 } },
      { message: { message_id: 5, date: 1, chat: { id: writer.chat.id, type: 'private' }, text: { a: 1 } } },
      { callback_query: { id: '1' } },
      { callback_query: { id: '1', from: { id: 5 }, data: 'x'.repeat(5000) } },
      { edited_message: [] },
      { my_chat_member: 'x' },
      { something_new: { message_id: 1 } },
    ])
      updates.push(odd as never);
    writeTo(writer, 'Bonjour');
    await site.untilSo(() => answers() >= 1);
    await site.until(site.fake.settled());
    await expectAnswered();
  });

  test('a button pressed three times at once is pressed once', async () => {
    writeTo(writer, 'Où est la permanence ?');
    await site.untilSo(
      () =>
        writer.chat.visible
          .at(-1)
          ?.keyboard.flat()
          .some(({ data }) => data !== undefined) ?? false,
    );
    const message = writer.chat.visible.at(-1);
    const title = message?.keyboard.flat().find(({ data }) => data !== undefined)?.text ?? '';
    site.fake.updates.hold();
    const presses = Array.from({ length: 3 }, () => writer.chat.press({ messageId: message?.id ?? 0, title }));
    site.fake.updates.release((held) => [...held, ...held]);
    await site.until(Promise.all(presses.map(({ answered }) => answered)));
    await site.pass(5);
    await site.until(site.fake.settled());
    const [account] = await site.account([writer.chat]);
    expect(account).toMatchObject({ missing: [], surplus: [] });
    const kept = (await readLedger({ dataDir: site.dataDir })).get(writer.chat.id);
    expect(kept?.messages.filter(({ externalId }) => externalId.startsWith('b'))).toHaveLength(1);
  });
});

describe('a fetch of updates that fails', () => {
  test.each<[string, FaultRule]>([
    ['500', { status: 500 }],
    ['502, five times', { status: 502, times: 5 }],
    ['429', { status: 429, retryAfter: 9 }],
    ['409: another process fetches', { status: 409, description: 'Conflict: terminated by other getUpdates request' }],
    ['401, three times', { status: 401, times: 3 }],
    ['a broken connection', { kind: 'reset-before' }],
    ['an answer that is lost', { kind: 'reset-after' }],
    ['an answer without sense', { kind: 'garbage', times: 2 }],
  ])('%s: what was written meanwhile is answered, once', async (_, rule) => {
    const fault = site.fake.fail({ method: 'getUpdates', ...rule });
    writeTo(writer, 'Bonjour');
    await site.until(fault.hit);
    writeTo(writer, "C'est ouvert demain ?");
    await site.untilSo(() => answers() >= 2);
    expect(fault.met()).toBe(rule.times ?? 1);
    await expectAnswered();
  });

  test('Telegram is away, and comes back', async () => {
    await site.fake.goAway();
    writeTo(writer, 'Bonjour');
    await site.pass(30);
    await site.fake.comeBack();
    await site.untilSo(() => answers() >= 1);
    await expectAnswered();
  });
});

describe('a start', () => {
  test('without Telegram: the rest is there, and what was written is answered once Telegram is', async () => {
    await site.fake.goAway();
    await site.restart({}, () => writeTo(writer, 'Bonjour'));
    await site.untilSo(async () => (await standing()) === 'unreachable');
    await site.fake.comeBack();
    await site.untilSo(() => answers() >= 1);
    expect(await standing()).toBe('running');
    await expectAnswered();
  });
});

describe('a token', () => {
  test('that is refused: the page and its chats go on, and the old token works again once it does', async () => {
    const token = site.fake.token;
    site.fake.changeToken();
    writeTo(writer, 'Bonjour');
    await site.untilSo(async () => (await standing()) === 'token-refused');
    expect(answers()).toBe(0);
    site.fake.changeToken(token);
    await site.untilSo(() => answers() >= 1);
    await expectAnswered();
  });

  test('that was changed at BotFather: with the new one the same chats go on', async () => {
    const token = site.fake.changeToken();
    writeTo(writer, 'Bonjour');
    await site.pass(5);
    await site.restart({ TELEGRAM_TOKEN: token });
    await site.untilSo(() => answers() >= 1);
    await expectAnswered();
  });

  test('of another bot: what was to be said by the first is not said by the second, and delegates are told', async () => {
    const held = await site.until(openHeldWriter(site.fake, site.marie));
    await site.restart({ TELEGRAM_TOKEN: '987654321:AAotherbot0000000000000000000000000' });
    const { status } = await site.marie.call('POST', `/conversations/${held.conversationId}/reply`, {
      clientId: crypto.randomUUID(),
      text: 'Vous êtes là ?',
      seenSeq: 1_000_000,
    });
    expect(status).toBe(200);
    await site.untilSo(async () => /n’existe plus/.test((await site.deliveryOf(held.conversationId)).failure ?? ''));
    await site.pass(20);
    expect(held.chat.said.join()).not.toContain('Vous êtes là ?');
  });
});
