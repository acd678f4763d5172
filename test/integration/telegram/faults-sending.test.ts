import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inDepth } from '../../support/depth.js';
import type { FaultRule } from '../../support/telegram/types.js';
import { type HeldWriter, openHeldWriter, openWriter, replyTo, writeTo } from '../../support/telegram-people.js';
import { openTelegramSite, type TelegramSite } from '../../support/telegram-site.js';

let site: TelegramSite;
let held: HeldWriter;
beforeEach(async () => {
  site = await openTelegramSite();
  held = await site.until(openHeldWriter(site.fake, site.marie));
});
afterEach(() => site.close());

const calls = () => site.fake.callsOf('sendMessage', held.chat.id);
const sees = (text: string): boolean => held.chat.said.some((one) => one.includes(text));
const failureOf = async (): Promise<string | undefined> => (await site.deliveryOf(held.conversationId)).failure;
const isClear = async (): Promise<boolean> => (await failureOf()) === undefined;

/** All that was said is seen in its order and once, but for these. */
async function expectAccount(expected: { missing?: number; uncertain?: number } = {}): Promise<void> {
  expect(site.fake.violations()).toEqual([]);
  const [account] = await site.account([held.chat]);
  expect(account).toMatchObject({ surplus: [] });
  expect(account?.missing).toHaveLength(expected.missing ?? 0);
  expect(account?.uncertain).toHaveLength(expected.uncertain ?? 0);
  expect(account?.missing.filter((seq) => !account.uncertain.includes(seq))).toEqual([]);
}

describe('what Telegram did not take is sent later, once, and what comes after waits behind it', () => {
  test.each<[string, FaultRule, RegExp]>([
    ['429', { status: 429, retryAfter: 7 }, /trop de messages/],
    ['429 without a time', { status: 429 }, /trop de messages/],
    ['500', { status: 500 }, /en panne/],
    ['502, three times', { status: 502, times: 3 }, /en panne/],
    ['503', { status: 503 }, /en panne/],
    ['400 once', { status: 400, description: 'Bad Request: something is off' }, /refuse un message/],
  ])('%s', async (_, rule, words) => {
    const fault = site.fake.fail({ method: 'sendMessage', chatId: held.chat.id, ...rule });
    const texts = [await replyTo(held), await replyTo(held)];
    await site.untilSo(async () => words.test((await failureOf()) ?? ''));
    expect(texts.filter(sees)).toEqual([]);
    await site.untilSo(() => texts.every(sees));
    await site.untilSo(isClear);
    expect(fault.met()).toBe(rule.times ?? 1);
    await expectAccount();
  });

  test('429: the chat is left alone for as long as Telegram asks, whatever happens meanwhile', async () => {
    const fault = site.fake.fail({ method: 'sendMessage', chatId: held.chat.id, status: 429, retryAfter: 30 });
    const first = await replyTo(held);
    const { at } = await site.until(fault.hit);
    const before = calls().length;
    writeTo(held, 'Vous êtes là ?');
    const second = await replyTo(held);
    await site.pass(25);
    expect(calls()).toHaveLength(before);
    await site.untilSo(() => sees(first) && sees(second));
    expect(calls()[before]?.at).toBeGreaterThanOrEqual(at + 30_000);
    await expectAccount();
  });

  test('nobody is there to take it: told as such, and sent when there is', async () => {
    await site.fake.goAway();
    const text = await replyTo(held);
    await site.untilSo(async () => /ne répond pas/.test((await failureOf()) ?? ''));
    await site.fake.comeBack();
    await site.untilSo(() => sees(text));
    await site.untilSo(isClear);
    await expectAccount();
  });

  test('others are not kept waiting by one chat', async () => {
    site.fake.fail({ method: 'sendMessage', chatId: held.chat.id, status: 500, times: Number.POSITIVE_INFINITY });
    const text = await replyTo(held);
    const other = await site.until(openWriter(site.fake));
    writeTo(other, 'Bonjour');
    await site.untilSo(() => other.chat.said.length > 1);
    expect(sees(text)).toBe(false);
    site.fake.heal();
    await site.untilSo(() => sees(text));
    await expectAccount();
  });
});

describe('what Telegram may have taken is not sent a second time: delegates are told that it is in doubt', () => {
  const cases: readonly [string, FaultRule, boolean][] = [
    ['the answer was lost', { kind: 'reset-after' }, true],
    ['the connection broke before anything happened', { kind: 'reset-before' }, false],
    ['the answer made no sense', { kind: 'garbage' }, true],
    ['a gateway lost patience, and it had happened', { status: 504, isApplied: true }, true],
    ['a gateway lost patience, and it had not', { status: 504 }, false],
    ['there was no answer', { kind: 'hang' }, true],
    ['there was no answer, nor anything done', { kind: 'hang-before' }, false],
  ];
  // The last two wait for ten seconds each, by no clock of ours.
  test.each(cases.slice(0, inDepth(cases.length, 5)))('%s', async (_, rule, hasArrived) => {
    const before = calls().length;
    site.fake.fail({ method: 'sendMessage', chatId: held.chat.id, ...rule });
    const first = await replyTo(held);
    // Nobody looks at the page ten seconds long.
    await site.untilSo(() => calls().at(before)?.status !== undefined);
    await site.untilSo(async () => (await site.deliveryOf(held.conversationId)).uncertain !== undefined);
    const { uncertain = [] } = await site.deliveryOf(held.conversationId);
    const opened = await held.delegate.open(held.conversationId);
    expect(uncertain).toEqual([opened.messages.findLast(({ text }) => text === first)?.seq]);
    expect(calls()).toHaveLength(before + 1);

    const second = await replyTo(held);
    await site.untilSo(() => sees(second));
    await site.untilSo(isClear);
    await site.pass(120);
    expect(calls()).toHaveLength(before + 2);
    expect(sees(first)).toBe(hasArrived);
    expect((await site.deliveryOf(held.conversationId)).uncertain).toEqual(uncertain);
    await expectAccount({ uncertain: 1, missing: hasArrived ? 0 : 1 });
  });
});

describe('somebody who blocks the bot', () => {
  test('is told to be out of reach; what is left to say leaves when they are back', async () => {
    held.chat.block();
    const texts = [await replyTo(held), await replyTo(held)];
    await site.untilSo(async () => (await failureOf())?.startsWith('Injoignable') ?? false);
    const before = calls().length;
    await site.pass(600);
    // What was on its way when the news came.
    expect(calls().length - before).toBeLessThanOrEqual(1);
    held.chat.unblock();
    await site.untilSo(() => texts.every(sees));
    await site.untilSo(isClear);
    await expectAccount();
  });

  test('comes back by writing', async () => {
    site.fake.fail({
      method: 'sendMessage',
      chatId: held.chat.id,
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    const text = await replyTo(held);
    await site.untilSo(async () => (await failureOf())?.startsWith('Injoignable') ?? false);
    writeTo(held, 'Me revoilà');
    await site.untilSo(() => sees(text));
    await expectAccount();
  });
});

test('a message that is refused for good is passed over and told; those after it leave', async () => {
  const isFirst = (text: string) => (call: { readonly parameters: { readonly text?: unknown } }) =>
    String(call.parameters.text).includes(text);
  site.fake.fail({
    method: 'sendMessage',
    when: isFirst('Réponse'),
    status: 400,
    times: 5,
    description: 'Bad Request: no',
  });
  const first = await replyTo(held);
  await site.untilSo(async () => /refuse un message/.test((await failureOf()) ?? ''));
  const second = await replyTo(held);
  await site.untilSo(() => sees(second));
  expect(sees(first)).toBe(false);
  const opened = await held.delegate.open(held.conversationId);
  const { seq } = opened.messages.find(({ text }) => text === first) ?? {};
  expect((await site.deliveryOf(held.conversationId)).refused).toEqual([seq]);
  expect(site.fake.violations()).toEqual([]);
});

test('a stop in the middle of sending leaves what had not left to the next start', async () => {
  const texts = [await replyTo(held), await replyTo(held), await replyTo(held)];
  await site.restart();
  await site.untilSo(() => texts.every(sees));
  await expectAccount();
});
