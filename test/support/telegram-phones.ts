import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Message } from '../../src/domain/message.js';
import type { DeskClient, DeskEvent } from './desk-client.js';
import type { DumpPlace } from './security-report-dump.js';
import type { FakeTelegram, Violation } from './telegram/types.js';
import { accountOf, readLedger } from './telegram-ledger.js';
import { type HeldWriter, QUESTIONS, replyTo, type Writer, writeTo } from './telegram-people.js';

/** An answer that does not come is not waited for longer: it may be one that is in doubt. */
const PATIENCE_MS = 2_500;
/** Nothing is sent any more. */
const QUIET_MS = 6_000;
const RECONNECT_MS = 200;

/** `seq` of the messages in doubt, by chat. */
export type Doubts = Map<number, Set<number>>;

export interface Talk {
  readonly random: () => number;
  readonly isOver: () => boolean;
  readonly onWritten?: () => void;
}

/** Most wait for the answer; some write three at once. */
export async function keepWriting(writer: Writer, { random, isOver, onWritten }: Talk): Promise<void> {
  while (!isOver()) {
    const before = writer.chat.said.length;
    const count = random() < 0.15 ? 3 : 1;
    for (let index = 0; index < count; index++) {
      writeTo(writer, QUESTIONS[writer.written.length % QUESTIONS.length] ?? '');
    }
    onWritten?.();
    await writer.chat.waitFor(() => writer.chat.said.length > before, PATIENCE_MS).catch(() => undefined);
  }
}

export async function keepReplying(writer: HeldWriter, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const text = await replyTo(writer);
    await writer.chat.waitFor(text, PATIENCE_MS).catch(() => undefined);
  }
}

/** Somebody who reads a conversation by the event stream, and connects again whenever it breaks off. */
export interface Reader {
  /** Each `seq` that came, as it came. */
  readonly seen: readonly number[];
  end(): Promise<void>;
}

export function openReader(delegate: DeskClient, conversationId: string): Reader {
  const seen: number[] = [];
  const over = new AbortController();

  async function read(): Promise<void> {
    while (!over.signal.aborted) {
      const from = seen.at(-1) ?? 0;
      await delegate.events(note, over.signal, conversationId, from).catch(() => undefined);
      if (!over.signal.aborted) await wait(RECONNECT_MS);
    }
  }

  function note({ event, data }: DeskEvent): void {
    if (event !== 'messages') return;
    // What comes again on a new line is passed over, as pages do; a gap stays one.
    for (const { seq } of data.messages ?? []) if (seq > (seen.at(-1) ?? 0)) seen.push(seq);
  }

  const reading = read();
  return {
    seen,
    async end() {
      over.abort();
      await reading;
    },
  };
}

/** Resolves once nothing has been sent for a while. */
export async function untilQuiet(fake: FakeTelegram): Promise<void> {
  for (let before = -1; before !== fake.callsOf('sendMessage').length; ) {
    before = fake.callsOf('sendMessage').length;
    await wait(QUIET_MS);
  }
}

/** Servers keep the last ones of each conversation: in a long run that is not all of them. */
export async function noteDoubts(doubts: Doubts, place: DumpPlace): Promise<void> {
  for (const [chatId, { delivery }] of await readLedger(place)) {
    doubts.set(chatId, new Set([...(doubts.get(chatId) ?? []), ...(delivery?.uncertain ?? [])]));
  }
}

export interface Counts {
  answered: number;
  sent: number;
  uncertain: number;
  missing: number;
}

/** What people see is what was stored: nothing twice, nothing out of its order, nothing missing but what is in doubt. */
export async function checkPhones(place: DumpPlace, writers: readonly Writer[], doubts: Doubts): Promise<Counts> {
  await noteDoubts(doubts, place);
  const ledger = await readLedger(place);
  const counts: Counts = { answered: 0, sent: 0, uncertain: 0, missing: 0 };
  for (const { chat, written } of writers) {
    const kept = ledger.get(chat.id);
    if (!kept) throw new Error('A chat was not stored');
    const { messages } = kept;
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    const own = messages.filter(({ author }) => author === 'resident');
    expect(own.map(({ externalId }) => externalId)).toEqual(written.map((id) => `m${id}`));
    const unanswered = own.filter(({ seq }) => !messages.some(({ replyTo }) => replyTo === seq));
    expect(unanswered.flatMap(({ seq }) => outline(messages.slice(seq - 3, seq + 4)))).toEqual([]);
    const { missing, surplus } = accountOf(kept, chat);
    const uncertain = doubts.get(chat.id) ?? new Set();
    expect({ surplus, unsent: missing.filter((seq) => !uncertain.has(seq)) }).toEqual({ surplus: [], unsent: [] });
    counts.answered += own.length;
    counts.sent += chat.said.length;
    counts.uncertain += uncertain.size;
    counts.missing += missing.length;
  }
  return counts;
}

/** What is around a message. */
function outline(messages: readonly Message[]): readonly string[] {
  return messages.map(({ seq, author, replyTo, externalId, at, content }) =>
    [seq, author, externalId, `to ${replyTo ?? 'none'}`, String(at).slice(14, 23), JSON.stringify(content)].join(' '),
  );
}

/** Each reply that was taken stands there once at most; that it is not missing, `checkPhones` says. */
export function checkReplies(held: readonly HeldWriter[]): void {
  for (const { chat, replies } of held) {
    const seen = chat.messages.map(({ text }) => text.split('\n').at(-1) ?? '');
    expect(replies.filter((text) => seen.filter((one) => one === text).length > 1)).toEqual([]);
  }
}

/** Buttons that a killed process had taken away are taken away once more, which is refused and harms nobody. */
export function harmfulViolations(fake: FakeTelegram): readonly Violation[] {
  return fake.violations().filter(({ kind, method }) => !(kind === 'refused' && method === 'editMessageReplyMarkup'));
}
