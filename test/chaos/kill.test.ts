import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { type ChatClient, openChat } from '../support/chat-client.js';
import { inOwnDatabase } from '../support/own-database.js';
import { createRandom } from '../support/random.js';
import { makeDataDir, startServerProcess } from '../support/server-process.js';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 25);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
/** The same on MongoDB, where starting and each commit take longer. */
const MONGODB_ROUNDS = Math.ceil(ROUNDS / 5);
const RESIDENTS = 8;
/** A kill comes at a random moment of this span once turns flow, so that it falls at every point of a turn. */
const LONGEST_RUN_MS = 250;
const QUESTIONS = [
  "C'est ouvert demain ?",
  'Où est la permanence ?',
  'Bonjour',
  'Le nouveau commissariat ouvre quand ?',
  'merci',
];

interface Resident {
  readonly chat: ChatClient;
  readonly acknowledged: Map<string, string>;
  sent: number;
}

describe(`kill -9 in the middle of turns (CHAOS_SEED=${SEED})`, () => {
  const limit = 60_000 + ROUNDS * 10_000;

  test(
    `${ROUNDS} times: nothing acknowledged is lost, nothing doubled, no turn half written`,
    () => run({}, ROUNDS),
    limit,
  );

  (process.env.MONGODB_TEST_URI ? test : test.skip)(
    `${MONGODB_ROUNDS} times on MongoDB (needs MONGODB_TEST_URI)`,
    () => inOwnDatabase('chaos', (uri) => run({ MONGODB_URI: uri }, MONGODB_ROUNDS)),
    limit,
  );
});

async function run(env: Record<string, string>, rounds: number): Promise<void> {
  const data = makeDataDir();
  const random = createRandom(SEED);
  let server = await startServerProcess({ dataDir: data.path, env });
  const { port, url } = server;
  const residents: Resident[] = await Promise.all(
    Array.from({ length: RESIDENTS }, async () => ({ chat: await openChat(url), acknowledged: new Map(), sent: 0 })),
  );

  let isOver = false;
  const flow = new EventEmitter();
  const talking = Promise.all(residents.map((resident) => keepTalking(resident, flow, () => isOver)));
  try {
    for (let round = 0; round < rounds; round++) {
      await once(flow, 'acknowledged');
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_RUN_MS));
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');
      server = await startServerProcess({ dataDir: data.path, port, env });
    }
  } finally {
    isOver = true;
    await talking.catch(() => undefined);
  }
  await talking;
  await Promise.all(residents.map(checkTranscript));
  const total = residents.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  expect(total).toBeGreaterThan(rounds);
  console.log(`${rounds} kills, ${total} messages acknowledged, all there once`);
  expect(await server.stop()).toBe(0);
  data.remove();
}

async function keepTalking(resident: Resident, flow: EventEmitter, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const clientId = `m${resident.sent}`;
    const text = QUESTIONS[resident.sent % QUESTIONS.length] ?? '';
    resident.sent += 1;
    resident.acknowledged.set(clientId, await resident.chat.send(text, clientId));
    flow.emit('acknowledged');
  }
}

/** What is lost, doubled or half written stays so: one look at the end finds what any of the kills did. */
async function checkTranscript({ chat, acknowledged, sent }: Resident): Promise<void> {
  const transcript = await chat.transcript();
  const sequence = transcript.map((activity) => activity.channelData?.['webchat:sequence-id']);
  expect(sequence).toEqual(transcript.map((_, index) => index + 1));

  const mine = transcript.filter((activity) => activity.channelData?.author === 'resident');
  const ids = new Map(mine.map((activity) => [activity.channelData?.clientActivityID ?? '', activity.id]));
  expect(mine.length).toBe(sent);
  expect(ids.size).toBe(mine.length);
  expect([...acknowledged].filter(([clientId, id]) => ids.get(clientId) !== id)).toEqual([]);

  for (const message of mine) {
    const answer = transcript[transcript.indexOf(message) + 1];
    expect(answer?.replyToId).toBe(message.id);
  }
}
