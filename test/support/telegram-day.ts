import { setTimeout as wait } from 'node:timers/promises';
import type { DeskClient } from './desk-client.js';
import { buildPhoto } from './files.js';
import { soon } from './soon.js';
import type { FakeChat, FakeTelegram, FaultRule } from './telegram/types.js';
import { type HeldWriter, openHeldWriter, openWriter, type Writer, writeTo } from './telegram-people.js';

/** A word for each place where somebody on Telegram, or a delegate who answers them, puts words. */
export const TELEGRAM_CANARIES = {
  firstName: 'CanariPrenom',
  lastName: 'CanariNom',
  username: 'canari_pseudo',
  text: 'CanariTexte du voisin',
  edited: 'CanariCorrige du voisin',
  caption: 'CanariLegende',
  fileName: 'CanariFichier.pdf',
  group: 'CanariGroupe',
  groupText: 'CanariParole',
  reply: 'CanariReponse à vous',
  place: 'CanariLieu rue de Picardie',
  what: 'CanariFaits des motos passent',
  corrected: 'CanariVrai des motos passent vite',
} as const;

/** What a report holds: not even delegates' conversations show it. */
export const REPORT_CANARIES = [
  TELEGRAM_CANARIES.place,
  TELEGRAM_CANARIES.what,
  TELEGRAM_CANARIES.corrected,
  '47.2371',
  '5.9812',
];

export interface TelegramDay {
  readonly held: HeldWriter;
  readonly reporter: Writer;
  readonly receipt: string;
}

/** Each is met once by what is sent while it lasts. */
const TROUBLES: readonly FaultRule[] = [
  { status: 429, retryAfter: 1 },
  { status: 500 },
  { status: 400, description: 'Bad Request: CanariMotif' },
  { status: 504, isApplied: true },
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'garbage' },
];
const METHODS = ['answerCallbackQuery', 'editMessageReplyMarkup', 'sendChatAction', 'getFile', 'file'] as const;
const PATIENCE_MS = 20_000;

/** A handoff, a report and all that goes wrong in between, by the real clock. */
export async function liveTelegramDay(fake: FakeTelegram, delegate: DeskClient): Promise<TelegramDay> {
  const { firstName, lastName, username } = TELEGRAM_CANARIES;
  const held = await openHeldWriter(fake, delegate, { firstName, lastName, username });
  await talk(fake, held);
  const reporter = await openWriter(fake, { firstName, lastName, username });
  const receipt = await report(reporter);
  await makeTrouble(fake, held);
  const group = fake.openGroup({ title: TELEGRAM_CANARIES.group });
  group.add();
  group.write(TELEGRAM_CANARIES.groupText);
  await group.left();
  return { held, reporter, receipt };
}

async function talk(fake: FakeTelegram, held: HeldWriter): Promise<void> {
  const { chat, conversationId, delegate } = held;
  writeTo(held, TELEGRAM_CANARIES.text);
  chat.edit(held.written.at(-1) ?? 0, TELEGRAM_CANARIES.edited);
  chat.send('photo', { bytes: await buildPhoto(), caption: TELEGRAM_CANARIES.caption });
  chat.send('document', { bytes: Buffer.from('%PDF-1.4 CanariOctets'), name: TELEGRAM_CANARIES.fileName });
  chat.send('contact');
  chat.send('voice', { caption: TELEGRAM_CANARIES.caption });
  await fake.settled(PATIENCE_MS);
  await delegate.reply(conversationId, TELEGRAM_CANARIES.reply, 1_000_000);
  await chat.waitFor(TELEGRAM_CANARIES.reply, PATIENCE_MS);
}

/** @returns the code that is shown at the end. */
async function report(writer: Writer): Promise<string> {
  const { chat } = writer;
  const steps: readonly (() => void)[] = [
    () => writeTo(writer, '/signaler'),
    () => press(chat, 'Commencer'),
    () => press(chat, 'Rodéos, circulation'),
    () => void chat.share({ latitude: 47.2371, longitude: 5.9812 }),
    () => writeTo(writer, 'hier'),
    () => writeTo(writer, TELEGRAM_CANARIES.what),
    () => chat.edit(writer.written.at(-1) ?? 0, TELEGRAM_CANARIES.corrected),
    () => writeTo(writer, TELEGRAM_CANARIES.place),
    () => press(chat, 'Rester anonyme'),
    () => press(chat, 'Envoyer'),
  ];
  for (const step of steps) await answered(chat, step);
  const receipt = chat.said.join('\n').match(/(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-Z*~$=]/)?.[0];
  if (receipt === undefined) throw new Error(`No receipt was shown: ${chat.said.at(-1)}`);
  return receipt;
}

/** By its button, under the message or under the field. */
export function press(chat: FakeChat, title: string): void {
  chat.press(title);
}

/** Does it, and waits until the bot has said something and says no more. */
export async function answered(chat: FakeChat, act: () => void): Promise<void> {
  const before = chat.messages.filter(({ from }) => from === 'bot').length;
  act();
  const count = (): number => chat.messages.filter(({ from }) => from === 'bot').length;
  await chat.waitFor(() => count() > before, PATIENCE_MS);
  for (let last = -1; last !== count(); ) {
    last = count();
    await wait(1_300);
  }
}

async function makeTrouble(fake: FakeTelegram, held: HeldWriter): Promise<void> {
  const { chat, conversationId, delegate } = held;
  for (const rule of TROUBLES) {
    const faults = METHODS.map((method) => fake.fail({ ...rule, method }));
    const fault = fake.fail({ ...rule, method: 'sendMessage', chatId: chat.id });
    const polled = fake.fail({ ...rule, method: 'getUpdates' });
    await delegate.reply(conversationId, TELEGRAM_CANARIES.reply, 1_000_000);
    await fault.hit;
    writeTo(held, TELEGRAM_CANARIES.text);
    chat.pressData(1, 'CanariBouton');
    chat.send('photo', { bytes: await buildPhoto(), caption: TELEGRAM_CANARIES.caption });
    await polled.hit;
    await soon(() => fake.updates.pending.length === 0);
    for (const one of faults) one.stop();
  }
  const token = fake.token;
  fake.changeToken();
  await soon(() => fake.calls.some(({ status }) => status === 401));
  fake.changeToken(token);
  writeTo(held, TELEGRAM_CANARIES.text);
  await soon(() => fake.updates.pending.length === 0);
  const blocked = fake.fail({
    method: 'sendMessage',
    chatId: chat.id,
    status: 403,
    description: 'Forbidden: CanariMotif',
  });
  await delegate.reply(conversationId, TELEGRAM_CANARIES.reply, 1_000_000);
  await blocked.hit;
  chat.block();
}
