import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inDepth } from '../support/depth.js';
import { cut, HOSTILE, HOSTILE_CONTROLS } from '../support/security-words.js';
import type { FakeChat, SeenMessage } from '../support/telegram/types.js';
import { readLedger } from '../support/telegram-ledger.js';
import { openHeldWriter, openWriter } from '../support/telegram-people.js';
import { openTelegramSite, type TelegramSite } from '../support/telegram-site.js';

const ALL = [...HOSTILE, ...HOSTILE_CONTROLS];
const SOME = ALL.filter((_, index) => index % inDepth(1, 3) === 0);
/** What Telegram itself makes of a text that anybody writes. */
const AUTOMATIC = ['url', 'email', 'mention', 'hashtag', 'cashtag', 'bot_command', 'phone_number'];

let site: TelegramSite;
beforeEach(async () => {
  site = await openTelegramSite();
});
afterEach(() => site.close());

const ofBot = ({ messages }: FakeChat): readonly SeenMessage[] => messages.filter(({ from }) => from === 'bot');
const marked = ({ text, entities }: SeenMessage): readonly string[] =>
  entities
    .filter(({ type }) => !AUTOMATIC.includes(type))
    .map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);

describe('hostile texts', () => {
  test('of a resident: answered like any other, and read by the delegate letter by letter', async () => {
    const held = await site.until(openHeldWriter(site.fake, site.marie));
    const texts = SOME.map((text) => text.trim()).filter(Boolean);
    for (const text of texts) held.chat.write(text);
    await site.until(site.fake.settled(60_000));
    const opened = await site.marie.transcript(held.conversationId);
    const read = opened.filter(({ author }) => author === 'resident').map(({ text }) => text);
    const kept = texts.filter((text) => read.includes(text.toWellFormed()));
    expect(kept.length).toBeGreaterThanOrEqual(texts.length - HOSTILE_CONTROLS.length);
    expect(site.fake.violations()).toEqual([]);
  });

  test('of a delegate: shown as they are, with nothing marked but the name', async () => {
    const held = await site.until(openHeldWriter(site.fake, site.marie));
    for (const text of SOME.map((one) => cut(one, 4000))) {
      const before = ofBot(held.chat).length;
      const { status } = await site.marie.reply(held.conversationId, text, 1_000_000);
      if (status !== 200) continue;
      await site.untilSo(() => ofBot(held.chat).length > before);
      await site.pass(2.5);
      const shown = ofBot(held.chat).slice(before);
      expect(squeezed(shown.map((message) => message.text).join(''))).toBe(squeezed(`marie, délégué${text}`));
      expect(shown.flatMap(marked)).toEqual(['bold marie, délégué']);
      expect(shown.every((message) => message.text.length <= 4096 && message.text.isWellFormed())).toBe(true);
    }
    expect(site.fake.violations()).toEqual([]);
  });

  test.each([
    '*gras* _x_ [x](https://mechant.example)',
    '\u202Eeiram 👩‍👩‍👧‍👦',
    '<b>x</b> & {name}',
    '👮🏽‍♀️'.repeat(7),
  ])('the name of a delegate, %s: its own letters are bold, and no others', async (displayName) => {
    const held = await site.until(openHeldWriter(site.fake, site.marie));
    const { status } = await site.marie.call('PATCH', '/profile', { displayName });
    if (status !== 200) return expect(status).toBe(400);
    await site.marie.reply(held.conversationId, 'Bonjour', 1_000_000);
    await site.untilSo(() => ofBot(held.chat).at(-1)?.text.endsWith('Bonjour') ?? false);
    const last = ofBot(held.chat).at(-1) as SeenMessage;
    expect(last.text).toBe(`${displayName}, délégué\nBonjour`);
    expect(marked(last)).toEqual([`bold ${displayName}, délégué`]);
  });

  test('a first name that is repeated by the assistant is text and nothing else', async () => {
    const writer = await site.until(openWriter(site.fake));
    const name = '*Sam*_ia_`x`';
    for (const text of ['Parler à un délégué', 'Être rappelé', name, '06 12 34 56 78', 'demain matin']) {
      const before = ofBot(writer.chat).length;
      writer.chat.write(text);
      await site.untilSo(() => ofBot(writer.chat).length > before);
      await site.until(site.fake.settled());
    }
    const said = ofBot(writer.chat).filter(({ text }) => text.includes('Sam'));
    for (const message of said) expect(marked(message).join()).not.toContain('Sam');
    expect(site.fake.violations()).toEqual([]);
  });

  test('entities that a client sends are no markup of ours', async () => {
    const writer = await site.until(openWriter(site.fake));
    const entities = [{ type: 'text_link', offset: 0, length: 7, url: 'javascript:alert(1)' }];
    writer.chat.write('Bonjour', { entities });
    await site.untilSo(() => ofBot(writer.chat).length > 1);
    expect(JSON.stringify(site.fake.callsOf('sendMessage'))).not.toMatch(/javascript|text_link|parse_mode/);
  });
});

describe('names and numbers of people on Telegram', () => {
  test('are stored nowhere, whatever they are', async () => {
    const names = { firstName: 'CanariPrenom<b>', lastName: 'CanariNom\u202E', username: 'canari_pseudo' };
    const chat = site.fake.openChat(names);
    chat.write('/start');
    await site.untilSo(() => ofBot(chat).length > 0);
    chat.write('Parler à un délégué');
    await site.untilSo(() => ofBot(chat).length > 1);
    chat.send('contact');
    await site.untilSo(() => ofBot(chat).length > 2);
    await site.account([chat]);
    const ledger = await readLedger({ dataDir: site.dataDir });
    expect(JSON.stringify([...ledger])).not.toMatch(/canari|33600000000|\+336/i);
  });
});

describe('buttons that somebody makes up', () => {
  test('of another’s conversation, of no message, of no form: nothing is said in anybody’s name', async () => {
    const [victim, other] = [await site.until(openWriter(site.fake)), await site.until(openWriter(site.fake))];
    victim.chat.write("y'a des rodéos tous les soirs");
    await site.untilSo(() => ofBot(victim.chat).some(({ keyboard }) => keyboard.length > 0));
    const open = ofBot(victim.chat).findLast(({ keyboard }) => keyboard.length > 0) as SeenMessage;
    const data = open.keyboard.flat().find((button) => button.data)?.data ?? '';
    const parts = data.split(':');
    const forged = [
      data,
      `${parts[0]}:99999:0`,
      `${parts[0]}:${parts[1]}:99`,
      `${parts[0]}:0:0`,
      `${parts[0]}:-1:0`,
      '',
      ':',
      '::',
      '__proto__:1:0',
      `${parts[0]}:1e3:0`,
      'x'.repeat(64),
      '\u0000',
    ];
    const before = [victim, other].map(({ chat }) => ofBot(chat).length);
    const answers = await site.until(
      Promise.all(forged.filter(Boolean).map((one) => other.chat.pressData(open.id, one).answered)),
    );
    for (const { text = '' } of answers) expect(text).not.toContain('rodéos');
    await site.pass(3);
    expect([victim, other].map(({ chat }) => ofBot(chat).length)).toEqual(before);
    await site.account([]);
    const kept = (await readLedger({ dataDir: site.dataDir })).get(other.chat.id);
    expect(kept?.messages.filter(({ author }) => author === 'resident')).toEqual([]);
  });
});

describe('groups and channels', () => {
  test.each(['group', 'supergroup', 'channel'] as const)(
    '%s: one sentence, and the bot leaves; nothing is stored',
    async (type) => {
      const group = site.fake.openGroup({ type, title: 'CanariGroupe' });
      site.fake.updates.hold();
      group.add();
      for (const text of ['/start', 'Bonjour', 'Parler à un délégué', '/signaler@permanence_test_bot'])
        group.write(text);
      site.fake.updates.release();
      await site.until(group.left());
      await site.until(site.fake.settled());
      expect(group.messages.filter(({ from }) => from === 'bot').length).toBeLessThanOrEqual(1);
      expect(site.fake.callsOf('sendMessage', group.id).length).toBeLessThanOrEqual(1);
      await site.account([]);
      const ledger = await readLedger({ dataDir: site.dataDir });
      expect([...ledger.keys()]).toEqual([]);
      expect(site.fake.violations()).toEqual([]);
    },
  );

  test('added again and again, and cast out before it can speak: the others are answered all the while', async () => {
    const groups = Array.from({ length: 20 }, (_, index) => site.fake.openGroup({ title: `Voisins ${index}` }));
    for (const group of groups) {
      group.add();
      group.remove();
      group.add();
    }
    const writer = await site.until(openWriter(site.fake));
    writer.chat.write('Bonjour');
    await site.untilSo(() => ofBot(writer.chat).length > 1);
    for (const group of groups) await site.until(group.left(30_000));
  });
});

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '').toWellFormed();
