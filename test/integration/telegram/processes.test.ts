import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { tagOf } from '../../../src/channels/telegram/keyboards.js';
import type { Update } from '../../../src/channels/telegram/updates.js';
import { buildMessage } from '../../support/build-conversation.js';
import { soon } from '../../support/soon.js';
import type { FakeChat } from '../../support/telegram/types.js';
import {
  openTelegramProcesses,
  type TelegramProcess,
  type TelegramProcesses,
  WORDS,
} from '../../support/telegram-processes.js';

let site: TelegramProcesses;
let sender: TelegramProcess;
let other: TelegramProcess;
let third: TelegramProcess;
let chat: FakeChat;

beforeEach(async () => {
  site = await openTelegramProcesses(3);
  [sender, other, third] = site.processes as [TelegramProcess, TelegramProcess, TelegramProcess];
  sender.take();
  chat = site.fake.openChat({ firstName: 'Samia' });
});
afterEach(() => site.close());

const find = () => site.storage.conversations.findByAddress('telegram', `${site.fake.bot.id}:${chat.id}`);

async function theId(): Promise<string> {
  const found = await find();
  if (!found) throw new Error('No such conversation');
  return found.id;
}

async function next(): Promise<Update> {
  const [update, ...more] = await site.updates(1);
  if (!update || more.length > 0) throw new Error('Other updates than one');
  return update;
}

async function say(text: string, by = other): Promise<void> {
  chat.write(text);
  await by.intake.take(await next());
}

const SENDS = ['sendMessage', 'sendVenue', 'sendDocument', 'deleteMessages'];
const sends = ({ calls }: TelegramProcess) => calls.filter((method) => SENDS.includes(method));

test('a chat whose updates come to several processes is written to by one, in order, once', async () => {
  for (const [index, text] of ['un', 'deux', 'trois', 'quatre'].entries()) await say(text, index % 2 ? third : other);
  await chat.waitFor('Vous avez écrit : quatre');
  expect(chat.said.filter((text) => text.startsWith('Vous'))).toEqual(
    ['un', 'deux', 'trois', 'quatre'].map((text) => `Vous avez écrit : ${text}`),
  );
  expect([sends(other), sends(third)]).toEqual([[], []]);
  await soon(async () => (await site.storage.asks.listOf('telegram', 10)).length === 0);
  expect(site.fake.violations()).toEqual([]);
});

test('where nobody sends, updates are taken all the same: what is due leaves once somebody does', async () => {
  await sender.lose();
  await say('bonjour');
  expect(chat.said).toEqual([]);
  third.take();
  await chat.waitFor('Vous avez écrit : bonjour');
  expect(sends(other)).toEqual([]);
});

/** Stores a question with two buttons. Returns what each of them says. */
async function ask(): Promise<(index: number) => string> {
  const conversation = await find();
  if (!conversation) throw new Error('No such conversation');
  const { id, rev: expectedRev, lastSeq, status, desk, inboxList, dialogState } = conversation;
  const at = new Date();
  const actions = ['Oui', 'Non'].map((title) => ({ title, value: title }));
  const content = { kind: 'text', text: 'Voulez-vous ?', actions } as const;
  const seq = lastSeq + 1;
  const messages = [buildMessage({ seq, externalId: `out:${seq}`, author: 'bot', at, content })];
  await site.storage.conversations.commit({ id, expectedRev, status, desk, inboxList, dialogState, messages, at });
  return (index) => `${tagOf(id)}:${seq}:${index}`;
}

test('two buttons of one keyboard, pressed at once and taken in by two processes: the first counts', async () => {
  await say('bonjour');
  await chat.waitFor('Vous avez écrit : bonjour');
  const button = await ask();
  const { id = 0 } = chat.visible.findLast(({ from }) => from === 'bot') ?? {};
  for (const index of [0, 1]) chat.pressData(id, button(index));
  const presses = await site.updates(2);
  // Both are read before either is stored; then they are stored one after the other.
  const read = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  const seen: string[] = [];
  site.onTurn(async (text) => {
    seen.push(text);
    if (seen.length === 2) read.resolve();
    await read.promise;
    if (seen[1] === text) await stored.promise;
  });
  const taken = [other, third].map(async ({ intake }, index) => presses[index] && intake.take(presses[index]));
  await Promise.race(taken);
  stored.resolve();
  await Promise.all(taken);
  expect(seen.toSorted()).toEqual(['Non', 'Oui']);
  const messages = await site.storage.conversations.messagesAfter(await theId(), 0, 100);
  const pressed = messages.filter(({ author, externalId }) => author === 'resident' && externalId.startsWith('b'));
  expect(pressed).toMatchObject([{ content: { text: seen[0] } }]);
});

test('an album that comes to three processes is answered once', async () => {
  await say('bonjour');
  await chat.waitFor('Vous avez écrit : bonjour');
  for (let index = 0; index < 3; index++) chat.send('photo', { mediaGroupId: 'a1' });
  const pictures = await site.updates(3);
  await Promise.all(site.processes.map(async ({ intake }, index) => pictures[index] && intake.take(pictures[index])));
  const messages = await site.storage.conversations.messagesAfter(await theId(), 0, 100);
  expect(messages.filter(({ author }) => author === 'resident')).toHaveLength(2);
});

test('who blocks the bot is forgotten, whichever process is told; who comes back begins anew', async () => {
  await say('bonjour');
  await chat.waitFor('Vous avez écrit : bonjour');
  chat.block();
  await third.intake.take(await next());
  expect(await find()).toBeUndefined();
  chat.unblock();
  await other.intake.take(await next());
  await say('me revoilà', third);
  await chat.waitFor('Vous avez écrit : me revoilà');
});

test('an erasure deletes what other processes have taken in, answered or not', async () => {
  await say('bonjour', other);
  const tooLong = chat.write('a'.repeat(5000));
  await third.intake.take(await next());
  await chat.waitFor((all) => all.some(({ text }) => text === WORDS.notTaken.tooLong));
  await say('efface', other);
  await soon(() => chat.messages.filter(({ from }) => from !== 'bot').every(({ isDeleted }) => isDeleted));
  expect(chat.visible.map(({ id }) => id)).not.toContain(tooLong);
  expect(sends(third)).toEqual(['sendMessage']);
});
