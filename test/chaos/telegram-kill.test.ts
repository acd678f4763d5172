import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type DeskClient, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { inOwnDatabase } from '../support/own-database.js';
import { createRandom } from '../support/random.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';
import { openFakeTelegram } from '../support/telegram/index.js';
import type { FakeTelegram } from '../support/telegram/types.js';
import { type HeldWriter, openHeldWriter, openWriter } from '../support/telegram-people.js';
import {
  checkPhones,
  checkReplies,
  type Doubts,
  harmfulViolations,
  keepReplying,
  keepWriting,
  noteDoubts,
  untilQuiet,
} from '../support/telegram-phones.js';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 25);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const MONGODB_ROUNDS = Math.ceil(ROUNDS / 5);
/** Who talk with the assistant, and who with a delegate. */
const WITH_BOT = 6;
const WITH_DELEGATE = 2;
const LONGEST_RUN_MS = 250;
/** Messages that leave between two kills, where the kill waits for one. */
const MOST_BEFORE = 12;
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
  const onWritten = (): void => void flow.emit('written');
  const going = Promise.all([
    ...writers.map((writer) => keepWriting(writer, { random, isOver: () => isOver, onWritten })),
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
  await fake.settled(FETCHED_MS);
  await untilQuiet(fake);
  expect(await server.stop()).toBe(0);

  const counts = await checkPhones(place, [...writers, ...held], doubts);
  checkReplies(held);
  expect(harmfulViolations(fake)).toEqual([]);
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

interface Killing {
  readonly random: () => number;
  /** Tells of each message that is written. */
  readonly flow: EventEmitter;
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
