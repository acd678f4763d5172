import { afterEach, describe, expect, test } from '@jest/globals';
import {
  openTelegramWorld,
  type TelegramWorld,
  type TelegramWorldOptions,
  WORDS,
} from '../../support/telegram-channel.js';

let world: TelegramWorld;
async function open(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  world = await openTelegramWorld(options);
  return world;
}
afterEach(() => world.close());

const WELCOME = 'Bonjour, je suis un robot.';

describe('a message', () => {
  test('of a stranger opens a conversation with the welcome, and is answered', async () => {
    const { fake, conversationOf } = await open();
    const chat = fake.openChat({ firstName: 'Samia', lastName: 'Benali', username: 'samia25' });
    const id = chat.write('bonjour');
    await chat.waitFor('Vous avez écrit : bonjour');
    expect(chat.said).toEqual([WELCOME, 'Vous avez écrit : bonjour']);
    const { channel, address } = await conversationOf(chat.id);
    expect(channel).toBe('telegram');
    expect(address?.details).toEqual({ botId: fake.bot.id, chatId: chat.id });
    expect(world.turns).toMatchObject([{ externalId: `m${id}`, text: 'bonjour' }]);
    expect(fake.violations()).toEqual([]);
  });

  test('« /start » of a stranger gets the welcome only; of somebody known, the menu', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('/start affiche');
    await fake.settled();
    await chat.waitFor(WELCOME);
    expect(world.turns).toEqual([]);
    chat.write('Merci');
    chat.write('/start');
    await chat.waitFor(3);
    const [start] = WORDS.commands;
    expect(world.turns.map(({ text }) => text)).toEqual(['Merci', start?.says]);
  });

  test('« /start » again, once the welcome was read, gets the menu; the first one that comes again, nothing', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('/start affiche');
    await chat.waitFor(WELCOME);
    await fake.settled();
    const first = fake.updates.all.at(-1);
    await world.restart();
    fake.updates.repeat(Number(first?.update_id));
    await fake.settled();
    expect(world.turns).toEqual([]);
    chat.write('/start');
    await chat.waitFor(2);
    fake.updates.repeat(Number(first?.update_id));
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual([WORDS.commands[0]?.says]);
  });

  test('« /start signaler » of a stranger begins what the link promised', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('/start signaler');
    await chat.waitFor(2);
    expect(world.turns.map(({ text }) => text)).toEqual([WORDS.payloads.signaler]);
  });

  test('says when it was written', async () => {
    const { fake, time } = await open();
    const at = Math.floor(time.clock().getTime() / 1000) * 1000;
    fake.openChat().write('bonjour');
    await fake.settled();
    expect(world.turns[0]?.writtenAt?.getTime()).toBe(at);
  });

  test('that is corrected names its original', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    const id = chat.write('bonjur');
    chat.edit(id, 'bonjour');
    await fake.settled();
    expect(world.turns).toHaveLength(2);
    const [original, correction] = world.turns;
    expect(correction).toMatchObject({ edits: `m${id}`, text: 'bonjour', writtenAt: original?.writtenAt });
    expect(correction?.externalId).toMatch(new RegExp(`^e${id}:\\d+:\\d+$`));
    expect(correction?.editedAt).toBeInstanceOf(Date);
  });

  test.each<[string, string, string]>([
    ['too long', 'a'.repeat(4097), WORDS.notTaken.tooLong],
    ['with a null character', 'a\0b', WORDS.notTaken.unreadable],
    ['of blanks', ' \u00a0 ', WORDS.notTaken.unreadable],
  ])('%s is not stored, and its writer is told', async (_, text, words) => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write(text);
    await chat.waitFor(words);
    await fake.settled();
    expect(chat.said).toEqual([WELCOME, words]);
    expect(world.turns).toEqual([]);
    expect(fake.violations()).toEqual([]);
  });

  test('which is not taken, a hundred times in a row: nobody else waits, and one notice does for many', async () => {
    const { fake } = await open();
    const [flood, other] = [fake.openChat(), fake.openChat()];
    flood.write('bonjour');
    await flood.waitFor('Vous avez écrit : bonjour');
    await fake.settled();
    const slow = fake.fail({ method: 'sendMessage', chatId: flood.id, kind: 'hang' });
    fake.updates.hold();
    for (let index = 0; index < 120; index += 1) flood.write('a'.repeat(5000));
    other.write('bonjour');
    fake.updates.release();
    await slow.hit;
    await other.waitFor('Vous avez écrit : bonjour');
    slow.release();
    await fake.settled();
    await flood.waitFor(WORDS.notTaken.tooLong);
    expect(flood.said.filter((text) => text === WORDS.notTaken.tooLong).length).toBeLessThan(4);
  });

  test('of 4,096 characters is taken', async () => {
    const { fake } = await open();
    fake.openChat().write('a'.repeat(4096));
    await fake.settled();
    expect(world.turns[0]?.text).toHaveLength(4096);
  });

  test('a place is a position, also where it has a name', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    const place = { latitude: 47.22, longitude: 5.95 };
    chat.share(place);
    chat.shareVenue({ ...place, title: 'Maison de quartier', address: 'rue Picasso' });
    await fake.settled();
    expect(world.turns.map(({ position, text }) => ({ position, text }))).toEqual([
      { position: place, text: '' },
      { position: place, text: '' },
    ]);
  });

  test('what nobody said is passed over', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    const wire = { id: chat.id, type: 'private', first_name: 'Samia' };
    fake.updates.push({ message: { message_id: 900, date: 1, chat: wire, from: wire, pinned_message: {} } });
    fake.updates.push({ message: 'rien' });
    fake.updates.push({ message: { message_id: 'x', date: 1, chat: wire } });
    fake.updates.push({ poll_answer: {} });
    chat.write('bonjour');
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['bonjour']);
  });
});

describe('what is no text', () => {
  test.each([
    ['photo', 'photo'],
    ['document', 'document'],
    ['voice', 'voice'],
    ['audio', 'audio'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['animation', 'video'],
    ['sticker', 'sticker'],
    ['contact', 'contact'],
    ['poll', 'poll'],
    ['dice', 'other'],
  ] as const)('%s is named, and not fetched while no delegate is there', async (sent, kind) => {
    const { fake } = await open();
    fake.openChat().send(sent);
    await fake.settled();
    expect(world.turns).toMatchObject([{ text: '', enclosed: { kind } }]);
    expect(world.turns[0]?.enclosed).not.toHaveProperty('outcome');
    expect(fake.callsOf('getFile')).toEqual([]);
  });

  test('its caption is the text', async () => {
    const { fake } = await open();
    fake.openChat().send('photo', { caption: 'Ma porte' });
    await fake.settled();
    expect(world.turns).toMatchObject([{ text: 'Ma porte', enclosed: { kind: 'photo' } }]);
  });

  test('ten pictures at once get one answer, and those with words theirs', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    for (let index = 0; index < 9; index += 1) chat.send('photo', { mediaGroupId: 'album-1' });
    chat.send('photo', { mediaGroupId: 'album-1', caption: 'Voilà' });
    chat.send('photo', { mediaGroupId: 'album-2' });
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['', 'Voilà', '']);
  });
});

describe('what comes again', () => {
  test('is answered once', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor(2);
    fake.updates.repeat();
    fake.updates.repeat();
    await fake.settled();
    fake.updates.repeat();
    await fake.settled();
    expect(world.turns.length).toBeGreaterThan(1);
    expect(await world.messagesOf(chat.id)).toHaveLength(3);
    expect(chat.said).toEqual([WELCOME, 'Vous avez écrit : bonjour']);
  });

  test('a press is one, however often it is made', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    const [, , answer] = await chat.waitFor('Vous avez écrit');
    const messageId = answer?.id ?? 0;
    const presses = [chat.press({ messageId, title: 'Oui' }), chat.press({ messageId, title: 'Oui' })];
    await Promise.all(presses.map(({ answered }) => answered));
    await fake.settled();
    await chat.waitFor('Vous avez écrit : Oui');
    expect(chat.said.filter((text) => text === 'Vous avez écrit : Oui')).toHaveLength(1);
  });

  test('a press whose erasure was stored as the process died is made good by the next one', async () => {
    const { fake, bot, desk, conversationOf } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor('Vous avez écrit');
    const { id } = await conversationOf(chat.id);
    const actions = [{ title: 'Oui, effacer', value: 'efface' }];
    await desk.store(id, { author: 'bot', content: { kind: 'text', text: 'Effacer ?', actions } });
    await chat.waitFor('Effacer ?');
    await fake.settled();
    await world.channel.close();
    const { lastSeq: seq } = await conversationOf(chat.id);
    await bot.turns.handle(id, { externalId: `b${seq}:0`, text: 'efface' });
    const before = world.turns.length;
    chat.press('Oui, effacer');
    await world.restart();
    await fake.waitForCalls('deleteMessages');
    await fake.settled();
    expect(chat.visible).toEqual([]);
    // What is stored beside the conversation is erased by the turn that finds itself done.
    expect(world.turns.slice(before).map(({ externalId }) => externalId)).toEqual([`b${seq}:0`]);
    expect(await world.messagesOf(chat.id)).toMatchObject([{ content: { kind: 'erased' } }]);
  });

  test('a press that says nothing more has what it said before delivered', async () => {
    const { fake, bot, conversationOf } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    const [, , answer] = await chat.waitFor('Vous avez écrit');
    await fake.settled();
    const { id, lastSeq: seq } = await conversationOf(chat.id);
    await world.channel.close();
    await bot.turns.handle(id, { externalId: `b${seq}:0`, text: 'Oui' });
    await bot.turns.handle(id, { externalId: 'm900', text: 'efface' });
    chat.press({ messageId: answer?.id ?? 0, title: 'Oui' });
    await world.restart();
    await fake.waitForCalls('deleteMessages');
    await fake.settled();
    expect(world.turns).toHaveLength(1);
  });

  test('a press under a message of another conversation says nothing', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    const [, , answer] = await chat.waitFor('Vous avez écrit');
    await world.bot.conversations.remove((await world.conversationOf(chat.id)).id);
    const { text } = await chat.press({ messageId: answer?.id ?? 0, title: 'Oui' }).answered;
    expect(text).toBe(WORDS.toasts.gone);
    await fake.settled();
    expect(world.turns).toHaveLength(1);
    expect(await world.find(chat.id)).toBeUndefined();
  });

  test('the chats of another bot with the same person are others', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor(2);
    const before = await world.conversationOf(chat.id);
    const token = fake.changeToken(`987654321:${'B'.repeat(35)}`);
    await world.restart({ token });
    chat.write('encore');
    await chat.waitFor('Vous avez écrit : encore');
    const after = await world.conversationOf(chat.id);
    expect(after.id).not.toBe(before.id);
    expect(after.address?.details).toMatchObject({ botId: 987654321 });
  });
});

describe('nothing of a person', () => {
  test('goes further than what they say', async () => {
    const { fake, messagesOf, lines } = await open();
    const chat = fake.openChat({ firstName: 'Prénom-Secret', lastName: 'Nom-Secret', username: 'pseudo_secret' });
    chat.write('un message privé');
    chat.send('contact');
    await fake.settled();
    const stored = JSON.stringify([await world.conversationOf(chat.id), await messagesOf(chat.id), world.turns]);
    expect(stored).not.toMatch(/secret/i);
    expect(lines.join('\n')).not.toMatch(/secret|privé/i);
    expect(lines.join('\n')).not.toContain(fake.token.split(':')[1]);
    expect(lines.join('\n')).not.toContain(String(chat.id));
  });
});
