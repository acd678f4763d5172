import { randomUUID } from 'node:crypto';
import type { DeskCard, DeskClient } from './desk-client.js';
import type { ChatOptions, FakeChat, FakeTelegram } from './telegram/types.js';

/** Somebody in a chat with the bot, and what they wrote. */
export interface Writer {
  readonly chat: FakeChat;
  /** Ids of the messages that the bot is to store, in order. */
  readonly written: number[];
}

export const QUESTIONS = [
  'Bonjour',
  "C'est ouvert demain ?",
  'merci',
  'Le nouveau commissariat ouvre quand ?',
  'Où est la permanence ?',
];

/** Presses « Démarrer », and has been welcomed. */
export async function openWriter(fake: FakeTelegram, names: ChatOptions = {}): Promise<Writer> {
  const chat = fake.openChat(names);
  chat.write('/start');
  await chat.waitFor(1);
  return { chat, written: [] };
}

export function writeTo(writer: Writer, text: string): void {
  writer.written.push(writer.chat.write(text));
}

/** What people asked that a delegate holds, with its id in the inbox. */
export interface HeldWriter extends Writer {
  readonly conversationId: string;
  readonly delegate: DeskClient;
  /** Texts that the server took. */
  readonly replies: string[];
}

/** Asks for a delegate, who takes it. Others must not ask at the same time. */
export async function openHeldWriter(
  fake: FakeTelegram,
  delegate: DeskClient,
  names: ChatOptions = {},
): Promise<HeldWriter> {
  const before = new Set((await queueOf(delegate)).map(({ id }) => id));
  const writer = await openWriter(fake, names);
  writeTo(writer, 'Parler à un délégué');
  await writer.chat.waitFor((messages) => messages.filter(({ from }) => from === 'bot').length > 1);
  const conversationId = await newIn(delegate, before);
  const { status } = await delegate.call('POST', `/conversations/${conversationId}/take`);
  if (status !== 200) throw new Error(`Not taken: ${status}`);
  await writer.chat.waitFor('Vous parlez maintenant avec un délégué.');
  return { ...writer, conversationId, delegate, replies: [] };
}

/** A reply with words that stand nowhere else, sent until the server takes it. */
export async function replyTo({ delegate, conversationId, replies }: HeldWriter): Promise<string> {
  const clientId = randomUUID();
  const text = `Réponse ${clientId}`;
  const body = { clientId, text, seenSeq: 1_000_000 };
  const { status, body: problem } = await delegate.insist('POST', `/conversations/${conversationId}/reply`, body);
  if (status !== 200) throw new Error(`The reply was refused: ${status} ${problem.code}`);
  replies.push(text);
  return text;
}

async function newIn(delegate: DeskClient, known: ReadonlySet<string>): Promise<string> {
  const card = (await queueOf(delegate)).find(({ id }) => !known.has(id));
  if (!card) throw new Error('Nobody new waits');
  return card.id;
}

/** The queue, as a delegate's page is told of it first. */
export async function queueOf(delegate: DeskClient): Promise<readonly DeskCard[]> {
  const end = new AbortController();
  let cards: readonly DeskCard[] | undefined;
  const ended = delegate.events(({ event, data }) => {
    if (event !== 'queue') return;
    cards ??= data.cards ?? [];
    end.abort();
  }, end.signal);
  await ended.catch(() => undefined);
  if (!cards) throw new Error('The queue did not come');
  return cards;
}
