import { afterEach, describe, expect, test } from '@jest/globals';
import { soon } from '../../support/soon.js';
import type { FakeChat } from '../../support/telegram/types.js';
import { openTelegramWorld, type TelegramWorld, WORDS } from '../../support/telegram-channel.js';

let world: TelegramWorld;
async function open(): Promise<TelegramWorld> {
  world = await openTelegramWorld();
  return world;
}
afterEach(() => world.close());

async function begin(): Promise<{ readonly chat: FakeChat; readonly id: string }> {
  await open();
  const chat = world.fake.openChat();
  chat.write('bonjour');
  await chat.waitFor(2);
  const { id } = await world.conversationOf(chat.id);
  return { chat, id };
}

const failureOf = async (id: string) => (await world.storage.deliveries.load(id))?.failure?.code;

describe('a person who blocks the bot', () => {
  test('takes their conversation along', async () => {
    const { chat, id } = await begin();
    chat.block();
    await world.fake.settled();
    expect(await world.find(chat.id)).toBeUndefined();
    expect(await world.storage.conversations.messagesAfter(id, 0, 10)).toEqual([]);
    await soon(async () => (await world.storage.deliveries.load(id)) === undefined);
  });

  test('and comes back is a stranger', async () => {
    const { chat, id } = await begin();
    chat.block();
    await world.fake.settled();
    chat.write('me revoilà');
    await chat.waitFor('Vous avez écrit : me revoilà');
    expect((await world.conversationOf(chat.id)).id).not.toBe(id);
  });

  test('whom nobody knows leaves nothing', async () => {
    await open();
    const chat = world.fake.openChat();
    chat.block();
    await world.fake.settled();
    expect(await world.find(chat.id)).toBeUndefined();
  });

  test('while a delegate holds it leaves it to them, marked; what waits is sent when they are back', async () => {
    const { chat, id } = await begin();
    await world.desk.take(id);
    await chat.waitFor('Vous parlez maintenant avec un délégué.');
    const conversation = await world.conversationOf(chat.id);
    await world.storage.conversations.commit({
      ...conversation,
      expectedRev: conversation.rev,
      inboxList: 'queue',
      messages: [],
      at: world.time.clock(),
    });
    chat.block();
    await world.fake.settled();
    await soon(async () => (await failureOf(id)) === 'blocked');
    await world.desk.say(id, 'Je vous rappelle demain.');
    await soon(async () => world.fake.callsOf('sendMessage', chat.id).some(({ status }) => status === 403));
    expect(await failureOf(id)).toBe('blocked');
    chat.unblock();
    await chat.waitFor('Je vous rappelle demain.');
    await world.fake.settled();
    await soon(async () => (await failureOf(id)) === undefined);
    expect(chat.said.filter((text) => text.includes('demain'))).toHaveLength(1);
  });
});

const AN_HOUR = 3_600_000;
/** Lets an hour go by. */
function passAnHour(): void {
  world.time.timers.set(() => undefined, AN_HOUR);
  world.time.ring();
}

/** As Telegram hands it in, of a time that is chosen. */
function pushBlock(chat: FakeChat, date: number): void {
  const person = { id: chat.id, is_bot: false, first_name: 'Samia' };
  world.fake.updates.push({
    my_chat_member: {
      chat: { id: chat.id, type: 'private', first_name: 'Samia' },
      from: person,
      date,
      old_chat_member: { user: person, status: 'member' },
      new_chat_member: { user: person, status: 'kicked', until_date: 0 },
    },
  });
}

describe('that somebody blocked the bot', () => {
  test('and is handed in again once they are back takes nothing of the new conversation', async () => {
    const { chat } = await begin();
    chat.block();
    await world.fake.settled();
    const blocking = Number(world.fake.updates.all.at(-1)?.update_id);
    passAnHour();
    chat.write('me revoilà');
    await chat.waitFor('Vous avez écrit : me revoilà');
    await world.fake.settled();
    const { id } = await world.conversationOf(chat.id);
    world.fake.updates.repeat(blocking);
    await world.fake.settled();
    await world.restart();
    world.fake.updates.repeat(blocking);
    await world.fake.settled();
    expect((await world.find(chat.id))?.id).toBe(id);
    expect(await failureOf(id)).toBeUndefined();
  });

  test('before they were answered takes their words along, whatever our clock says', async () => {
    await open();
    const chat = world.fake.openChat();
    const writtenAt = Math.floor(world.time.clock().getTime() / 1000);
    const blocked = { status: 403, description: 'Forbidden: bot was blocked by the user' };
    world.fake.fail({ method: 'sendMessage', times: Number.POSITIVE_INFINITY, ...blocked });
    world.fake.updates.hold();
    chat.write('bonjour');
    passAnHour();
    world.fake.updates.release();
    await world.fake.settled();
    await soon(async () => world.fake.callsOf('sendMessage', chat.id).some(({ status }) => status === 403));
    await world.fake.settled();
    pushBlock(chat, writtenAt + 1);
    await world.fake.settled();
    expect(await world.find(chat.id)).toBeUndefined();
  });
});

describe('a person whom a delegate has blocked', () => {
  test('and who blocks the bot and comes back is blocked still; their words are gone', async () => {
    const { chat, id } = await begin();
    const conversation = await world.conversationOf(chat.id);
    const block = { by: 'd-Jean', reason: 'Insultes', at: 1 };
    await world.storage.conversations.commit({
      ...conversation,
      expectedRev: conversation.rev,
      desk: { ...conversation.desk, block },
      messages: [],
      at: world.time.clock(),
    });
    passAnHour();
    chat.block();
    await world.fake.settled();
    expect(await world.messagesOf(chat.id)).toMatchObject([{ content: { kind: 'erased', erasedMessages: 3 } }]);
    chat.write('me revoilà');
    await chat.waitFor('Vous avez écrit : me revoilà');
    const back = await world.conversationOf(chat.id);
    expect(back.id).toBe(id);
    expect(back.desk.block).toEqual(block);
  });
});

describe.each(['group', 'supergroup', 'channel'] as const)('a %s', (type) => {
  test('is told that the bot works in private, and left; nothing is stored', async () => {
    const { fake } = await open();
    const group = fake.openGroup({ type, title: 'Voisins' });
    group.add();
    await group.left();
    await fake.settled();
    expect(group.messages.filter(({ from }) => from === 'bot').map(({ text }) => text)).toEqual([WORDS.privateOnly]);
    expect(await world.find(group.id)).toBeUndefined();
    expect(world.turns).toEqual([]);
  });

  test('that the bot is in already is left at the first word there', async () => {
    const { fake } = await open();
    const group = fake.openGroup({ type });
    fake.updates.hold();
    group.add();
    fake.updates.release(() => []);
    group.write('bonjour à tous');
    await group.left();
    expect(world.turns).toEqual([]);
  });

  test('that does not let it go hears of it once, and is asked rarely', async () => {
    const { fake } = await open();
    const group = fake.openGroup({ type });
    fake.fail({ method: 'leaveChat', times: Number.POSITIVE_INFINITY, status: 400 });
    group.add();
    for (let index = 0; index < 20; index += 1) group.write(`message ${index}`);
    await fake.settled();
    expect(fake.callsOf('leaveChat', group.id)).toHaveLength(1);
    expect(fake.callsOf('sendMessage', group.id)).toHaveLength(1);
    expect(world.turns).toEqual([]);
    expect(world.lines.join('\n')).not.toContain(String(group.id));
  });

  test('where it may not write is left without a word', async () => {
    const { fake } = await open();
    const group = fake.openGroup({ type });
    fake.fail({ method: 'sendMessage', chatId: group.id, times: 5, status: 403 });
    group.add();
    await group.left();
    expect(fake.callsOf('sendMessage', group.id)).toHaveLength(1);
  });

  test('does not keep anybody waiting', async () => {
    const { fake } = await open();
    const group = fake.openGroup({ type });
    const hanging = fake.fail({ method: 'sendMessage', chatId: group.id, kind: 'hang-before' });
    group.add();
    await hanging.hit;
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor('Vous avez écrit : bonjour');
    fake.heal();
    await group.left();
  });
});
