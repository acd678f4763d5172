import { afterEach, describe, expect, test } from '@jest/globals';
import { soon } from '../../support/soon.js';
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

const stateIs = (state: string) => soon(() => world.channel.state() === state);
const linesOf = (word: string) => world.lines.filter((line) => line.includes(word));

/** A turn that waits until the test lets it go. */
function createGate(isHeld: (text: string) => boolean) {
  const open = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    letGo: () => open.resolve(),
    async beforeTurn({ text }: { readonly text: string }) {
      if (!isHeld(text)) return;
      reached.resolve();
      await open.promise;
    },
  };
}

describe('updates', () => {
  test('of a chat are taken in order, and what waits is kept by a webhook that ends', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    for (let index = 0; index < 20; index += 1) chat.write(`message ${index}`);
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, index) => `message ${index}`));
    const [first] = fake.callsOf('deleteWebhook');
    expect(first?.parameters).toEqual({ drop_pending_updates: false });
  });

  test('handed out in disorder are taken by their numbers', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    fake.updates.hold();
    for (const text of ['un', 'deux', 'trois']) chat.write(text);
    fake.updates.release((held) => held.toReversed());
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['un', 'deux', 'trois']);
  });

  test('of another chat do not wait for a slow one; nothing is confirmed past it', async () => {
    const gate = createGate((text) => text === 'lent');
    const { fake } = await open({ beforeTurn: gate.beforeTurn });
    const [slow, other] = [fake.openChat(), fake.openChat()];
    slow.write('lent');
    slow.write('après');
    await gate.reached;
    other.write('bonjour');
    await other.waitFor('Vous avez écrit : bonjour');
    expect(fake.updates.pending).toHaveLength(3);
    expect(world.turns.map(({ text }) => text)).toEqual(['bonjour']);
    gate.letGo();
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['bonjour', 'lent', 'après']);
  });

  test('are not confirmed while they cannot be stored, and come again in order', async () => {
    const { fake } = await open();
    await stateIs('running');
    const chat = fake.openChat();
    world.breakStorage();
    for (const text of ['un', 'deux', 'trois']) chat.write(text);
    await soon(() => linesOf('keeps updates').length > 1);
    expect(fake.updates.pending).toHaveLength(3);
    world.mend();
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['un', 'deux', 'trois']);
    await chat.waitFor('Vous avez écrit : trois');
    expect(chat.said).toHaveLength(4);
  });

  test('that no process can take are let go of, and their writer is told', async () => {
    const { fake } = await open({
      async beforeTurn({ text }) {
        if (text === 'poison') throw new TypeError('a fault of the program, with « poison »');
      },
    });
    const chat = fake.openChat();
    chat.write('poison');
    chat.write('bonjour');
    await chat.waitFor('Vous avez écrit : bonjour');
    await fake.settled();
    expect(chat.said).toContain(WORDS.notTaken.failed);
    expect(linesOf('An update could not be taken in')).toHaveLength(3);
    expect(world.lines.join('\n')).not.toContain('poison');
  });

  test('numbered anew, and lower, are taken as well', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    await fake.settled();
    const wire = { id: chat.id, type: 'private', first_name: 'Samia' };
    fake.updates.push({ update_id: 7, message: { message_id: 70, date: 1, chat: wire, from: wire, text: 'encore' } });
    chat.write('enfin');
    await chat.waitFor('Vous avez écrit : enfin');
    expect(world.turns.map(({ text }) => text)).toContain('encore');
  });

  test('taken before the end are confirmed at the end, so that they do not come again', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor(2);
    await world.restart();
    await fake.settled();
    expect(world.turns).toHaveLength(1);
    chat.write('encore');
    await chat.waitFor('Vous avez écrit : encore');
  });

  test('that came while the server was away are taken afterwards', async () => {
    const { fake } = await open();
    await world.channel.close();
    const chat = fake.openChat();
    chat.write('êtes-vous là ?');
    await world.restart();
    await chat.waitFor('Vous avez écrit : êtes-vous là ?');
  });
});

describe('a process that dies', () => {
  test('between the turn and its answer leaves nothing unanswered', async () => {
    const { fake } = await open();
    const chat = fake.openChat();
    fake.fail({ method: 'sendMessage', times: Number.POSITIVE_INFINITY, status: 500 });
    chat.write('bonjour');
    await fake.settled();
    const { id } = await world.conversationOf(chat.id);
    // What is confirmed is known to storage as due: the next process finds it there.
    expect((await world.storage.deliveries.listFailed(10)).map(({ conversationId }) => conversationId)).toEqual([id]);
    await world.restart();
    fake.heal();
    await chat.waitFor('Vous avez écrit : bonjour');
    expect(chat.said).toHaveLength(2);
  });

  test('after it opened a conversation leaves a welcome to be sent', async () => {
    const { fake, storage, bot } = await open();
    const chat = fake.openChat();
    const botId = fake.bot.id;
    const address = { key: `${botId}:${chat.id}`, details: { botId, chatId: chat.id } };
    await bot.conversations.openByAddress('telegram', address, 'conversation-1');
    expect(await storage.deliveries.load('conversation-1')).toBeUndefined();
    chat.write('/start');
    await chat.waitFor('Bonjour, je suis un robot.');
    await fake.settled();
    expect(world.turns).toEqual([]);
  });
});

describe('the operator', () => {
  test('is told once that it works, with the bot known by name', async () => {
    const { fake, channel } = await open();
    await stateIs('running');
    expect(channel.bot()).toEqual({ id: fake.bot.id, username: fake.bot.username, name: fake.bot.name });
    expect(linesOf('reçoit les messages')).toHaveLength(1);
    await soon(() => fake.profile.commands.size > 0);
  });

  test.each([
    ['that nobody knows', `1:${'A'.repeat(35)}`],
    ['that was mistyped', `123456789:${'A'.repeat(35)}`],
  ])('is told of a token %s, once, without it', async (_, token) => {
    await open({ token });
    await stateIs('token-refused');
    await soon(() => world.fake.calls.length > 5);
    expect(linesOf('BotFather')).toHaveLength(1);
    expect(world.lines.join('\n')).not.toContain('AAAA');
  });

  test('is told when the token is revoked while it runs', async () => {
    const { fake } = await open();
    await stateIs('running');
    fake.changeToken();
    await stateIs('token-refused');
    expect(linesOf('BotFather')).toHaveLength(1);
  });

  test('is told when Telegram is out of reach, and when it is back; nothing is lost', async () => {
    const { fake } = await open();
    await stateIs('running');
    await fake.goAway();
    await stateIs('unreachable');
    const chat = fake.openChat();
    chat.write('bonjour');
    await fake.comeBack();
    await chat.waitFor('Vous avez écrit : bonjour');
    expect(linesOf('ne répond pas')).toHaveLength(1);
    expect(linesOf('reçoit les messages')).toHaveLength(2);
  });

  test('hears nothing of one call that breaks', async () => {
    const { fake } = await open();
    await stateIs('running');
    const fault = fake.fail({ method: 'getUpdates', status: 502 });
    fake.openChat().write('bonjour');
    await fault.hit;
    await fake.settled();
    expect(linesOf('ne répond pas')).toHaveLength(0);
    expect(world.turns).toHaveLength(1);
  });

  test.each<[string, Parameters<TelegramWorld['fake']['fail']>[0]]>([
    ['the gateway’s page', { status: 502 }],
    ['nonsense', { kind: 'garbage' }],
    ['a broken connection', { kind: 'reset-before' }],
    ['too many calls', { status: 429, retryAfter: 1 }],
  ])('%s in place of updates: they come all the same', async (_, rule) => {
    const { fake } = await open();
    await stateIs('running');
    fake.fail({ method: 'getUpdates', times: 3, ...rule });
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor('Vous avez écrit : bonjour');
    await fake.settled();
    expect(chat.said).toHaveLength(2);
  });

  test('a webhook that somebody sets meanwhile is removed again', async () => {
    const { fake } = await open();
    await stateIs('running');
    const set = await fetch(`${fake.url}/bot${fake.token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'http://127.0.0.1:9/nowhere' }),
    });
    expect(set.status).toBe(200);
    const chat = fake.openChat();
    chat.write('bonjour');
    await chat.waitFor('Vous avez écrit : bonjour');
    expect(fake.webhook().url).toBe('');
  });
});
