import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type DeskClient, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { inOwnDatabase } from '../support/own-database.js';
import { createRandom } from '../support/random.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';
import { openFakeTelegram } from '../support/telegram/index.js';
import type { FakeTelegram, Violation } from '../support/telegram/types.js';
import { accountOf, readLedger } from '../support/telegram-ledger.js';
import {
  type HeldWriter,
  openHeldWriter,
  openWriter,
  QUESTIONS,
  replyTo,
  type Writer,
  writeTo,
} from '../support/telegram-people.js';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 25);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const MONGODB_ROUNDS = Math.ceil(ROUNDS / 5);
/** Who talk with the assistant, and who with a delegate. */
const WITH_BOT = 6;
const WITH_DELEGATE = 2;
const LONGEST_RUN_MS = 250;
/** Messages that leave between two kills, where the kill waits for one. */
const MOST_BEFORE = 12;
/** An answer that does not come is not waited for longer: it may be one that is in doubt. */
const PATIENCE_MS = 2_500;
/** Nothing is sent any more: longer than a lease that a killed process held is looked at again. */
const QUIET_MS = 5_000;
/** What people wrote is fetched: where processes share a database, once the lease of the one that was killed is over. */
const FETCHED_MS = 60_000;
const PATIENT = { HANDOFF_WAIT_MINUTES: '240', HANDOFF_ALONE_MINUTES: '240', HANDOFF_HOLD_LOST_SECONDS: '3600' };

/** Kills after which what is in doubt is noted here. */
const DOUBTS_EVERY = 10;

/** When the process is killed; each in its turn. */
const MOMENTS = ['in a turn', 'just after a message left', 'with a message half sent', 'at any moment'] as const;

describe(`kill -9 of a server that fetches from Telegram and writes to it (CHAOS_SEED=${SEED})`, () => {
  const limit = 120_000 + ROUNDS * 15_000;
  const promise = 'every message answered, none sent twice, none unsent but those in doubt, in order';

  test(`${ROUNDS} times: ${promise}`, () => run({}, ROUNDS), limit);

  (process.env.MONGODB_TEST_URI ? test : test.skip)(
    `${MONGODB_ROUNDS} times on MongoDB (needs MONGODB_TEST_URI)`,
    () => inOwnDatabase('telegram_chaos', (uri) => run({ MONGODB_URI: uri }, MONGODB_ROUNDS)),
    limit,
  );
});

async function run(engine: Record<string, string>, rounds: number): Promise<void> {
  const fake = await openFakeTelegram();
  const env = { ...PATIENT, ...engine, TELEGRAM_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url };
  const data = makeDataDir();
  const place = { dataDir: data.path, ...(engine.MONGODB_URI !== undefined && { mongodbUri: engine.MONGODB_URI }) };
  const doubts: Doubts = new Map();
  const random = createRandom(SEED);
  let server = await startServerProcess({ dataDir: data.path, env });
  const { port, url } = server;
  const marie = await enrolDeskClient(() => url, 'marie', setupTokenIn(server.output()));
  const held = await openHeld(fake, marie);
  const writers = await Promise.all(Array.from({ length: WITH_BOT }, () => openWriter(fake)));

  let isOver = false;
  const flow = new EventEmitter();
  const going = Promise.all([
    ...writers.map((writer) => keepWriting(writer, { flow, random, isOver: () => isOver })),
    ...held.map((writer) => keepReplying(writer, () => isOver)),
  ]);
  try {
    for (let round = 0; round < rounds; round++) {
      await killAt(MOMENTS[round % MOMENTS.length] ?? 'at any moment', { fake, flow, random, server });
      if (round % DOUBTS_EVERY === 0) await noteDoubts(doubts, place);
      fake.heal();
      server = await startServerProcess({ dataDir: data.path, port, env });
    }
  } finally {
    isOver = true;
    await going.catch(() => undefined);
  }
  await going;
  await quiet(fake);
  expect(await server.stop()).toBe(0);

  const counts = await check(place, [...writers, ...held], doubts);
  for (const { chat, replies } of held) {
    const seen = chat.messages.map(({ text }) => text.split('\n').at(-1) ?? '');
    const twice = replies.filter((text) => seen.filter((one) => one === text).length > 1);
    expect(twice).toEqual([]);
  }
  // Buttons that a killed process had taken away are taken away once more, which is refused and harms nobody.
  const isHarmless = ({ kind, method }: Violation): boolean =>
    kind === 'refused' && method === 'editMessageReplyMarkup';
  expect(fake.violations().filter((violation) => !isHarmless(violation))).toEqual([]);
  expect(counts.answered).toBeGreaterThan(rounds);
  // A kill leaves one message in doubt for each that was under way, and no more.
  expect(counts.uncertain).toBeLessThanOrEqual(rounds * (WITH_BOT + WITH_DELEGATE));
  console.log(
    `${rounds} kills: ${counts.answered} messages, each stored and answered once; ${counts.sent} sent, none twice; ${counts.uncertain} in doubt, of which ${counts.missing} had not left`,
  );
  await fake.close();
  data.remove();
}

async function openHeld(fake: FakeTelegram, delegate: DeskClient): Promise<readonly HeldWriter[]> {
  const held: HeldWriter[] = [];
  while (held.length < WITH_DELEGATE) held.push(await openHeldWriter(fake, delegate));
  return held;
}

interface Talk {
  readonly flow: EventEmitter;
  readonly random: () => number;
  readonly isOver: () => boolean;
}

/** Most wait for the answer; some write three at once. */
async function keepWriting(writer: Writer, { flow, random, isOver }: Talk): Promise<void> {
  while (!isOver()) {
    const before = writer.chat.said.length;
    const count = random() < 0.15 ? 3 : 1;
    for (let index = 0; index < count; index++) {
      writeTo(writer, QUESTIONS[writer.written.length % QUESTIONS.length] ?? '');
    }
    flow.emit('written');
    await writer.chat.waitFor(() => writer.chat.said.length > before, PATIENCE_MS).catch(() => undefined);
  }
}

async function keepReplying(writer: HeldWriter, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const text = await replyTo(writer);
    await writer.chat.waitFor(text, PATIENCE_MS).catch(() => undefined);
  }
}

interface Killing extends Pick<Talk, 'flow' | 'random'> {
  readonly fake: FakeTelegram;
  readonly server: ServerProcess;
}

async function killAt(moment: (typeof MOMENTS)[number], { fake, flow, random, server }: Killing): Promise<void> {
  const isAtSending = moment !== 'in a turn' && moment !== 'at any moment';
  if (isAtSending) {
    const kind = moment === 'just after a message left' ? 'hang' : 'hang-before';
    await fake.fail({ method: 'sendMessage', kind, after: Math.floor(random() * MOST_BEFORE) }).hit;
  } else {
    await once(flow, 'written');
    await wait(random() * (moment === 'in a turn' ? 20 : LONGEST_RUN_MS));
  }
  expect(await server.stop('SIGKILL')).toBe('SIGKILL');
}

async function quiet(fake: FakeTelegram): Promise<void> {
  await fake.settled(FETCHED_MS);
  for (let before = -1; before !== fake.callsOf('sendMessage').length; ) {
    before = fake.callsOf('sendMessage').length;
    await wait(QUIET_MS);
  }
}

/** `seq` of the messages in doubt, by chat. */
type Doubts = Map<number, Set<number>>;

/** The server keeps the last ones of each conversation: in a long run that is not all of them. */
async function noteDoubts(doubts: Doubts, place: Parameters<typeof readLedger>[0]): Promise<void> {
  for (const [chatId, { delivery }] of await readLedger(place)) {
    doubts.set(chatId, new Set([...(doubts.get(chatId) ?? []), ...(delivery?.uncertain ?? [])]));
  }
}

interface Counts {
  answered: number;
  sent: number;
  uncertain: number;
  missing: number;
}

/** What was lost, doubled or said out of its order stays so: one look at the end finds what any of the kills did. */
async function check(
  place: Parameters<typeof readLedger>[0],
  writers: readonly Writer[],
  doubts: Doubts,
): Promise<Counts> {
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
    expect(own.filter(({ seq }) => !messages.some(({ replyTo }) => replyTo === seq))).toEqual([]);
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
