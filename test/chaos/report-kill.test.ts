import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { type ChatClient, openChat, type ReceivedActivity } from '../support/chat-client.js';
import { setupTokenIn } from '../support/desk-client.js';
import { inOwnDatabase } from '../support/own-database.js';
import { createRandom } from '../support/random.js';
import { enrolReportClient, type ReportClient } from '../support/report-client.js';
import { makeDataDir, startServerProcess } from '../support/server-process.js';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 25);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const MONGODB_ROUNDS = Math.ceil(ROUNDS / 5);
const RESIDENTS = 3;
const LONGEST_RUN_MS = 300;

/** What one resident sent in one report, and got for it. */
interface Walk {
  readonly words: readonly string[];
  readonly receipt: string;
}

describe(`kill -9 in the middle of reports (CHAOS_SEED=${SEED})`, () => {
  const limit = 90_000 + ROUNDS * 12_000;
  const promise = 'no answer lost, no report doubled, the same receipt';

  test(`${ROUNDS} times: ${promise}`, () => run({}, ROUNDS), limit);

  (process.env.MONGODB_TEST_URI ? test : test.skip)(
    `${MONGODB_ROUNDS} times on MongoDB (needs MONGODB_TEST_URI)`,
    () => inOwnDatabase('report_chaos', (uri) => run({ MONGODB_URI: uri }, MONGODB_ROUNDS)),
    limit,
  );
});

async function run(env: Record<string, string>, rounds: number): Promise<void> {
  const data = makeDataDir();
  const random = createRandom(SEED);
  let server = await startServerProcess({ dataDir: data.path, env });
  const { port, url } = server;
  const delegate = await enrolReportClient(() => url, 'marie', setupTokenIn(server.output()));
  const walks: Walk[] = [];
  const steps = new EventEmitter();
  let isOver = false;
  const going = Promise.all(
    Array.from({ length: RESIDENTS }, async (_, resident) => {
      const chat = await openChat(url);
      for (let number = 1; !isOver; number++) {
        walks.push(await walk(chat, `r${resident}-${number}`, () => steps.emit('step')));
      }
    }),
  );
  try {
    for (let round = 0; round < rounds; round++) {
      await Promise.race([once(steps, 'step'), going]);
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_RUN_MS));
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');
      server = await startServerProcess({ dataDir: data.path, port, env });
    }
  } finally {
    isOver = true;
    await going.catch(() => undefined);
  }
  await going;
  await check(delegate, walks);
  console.log(`${rounds} kills, ${walks.length} reports sent, each there once with all its answers`);
  expect(await server.stop()).toBe(0);
  data.remove();
}

/** One report from the first question to its receipt, each message sent until it is acknowledged. */
async function walk(chat: ChatClient, mark: string, onStep: () => void): Promise<Walk> {
  const words = {
    where: `rue de Picardie, hall ${mark}-where`,
    what: `des motos passent très vite ${mark}-what`,
    more: `il y a un chien ${mark}-more`,
  };
  const messages = [
    'Signaler',
    'Commencer',
    'Rodéos, circulation',
    words.where,
    'tous les soirs',
    words.what,
    words.more,
    'Rester anonyme',
  ];
  for (const message of messages) {
    await chat.send(message, `${mark} ${message}`);
    onStep();
  }
  // The button pressed twice, as thumbs do; then the page is reloaded.
  await Promise.all([chat.send('Envoyer', `${mark} send`), chat.send('Envoyer', `${mark} send again`)]);
  onStep();
  const receipts = receiptsIn(await chat.transcript(), mark);
  expect({ mark, receipts }).toEqual({ mark, receipts: [expect.stringMatching(/^(\w{5}-){4}[\w*~$=]$/)] });
  onStep();
  expect(receiptsIn(await chat.transcript(), mark)).toEqual(receipts);
  return { words: Object.values(words), receipt: receipts[0] ?? '' };
}

/** The receipts that were shown since this report began. */
function receiptsIn(transcript: readonly ReceivedActivity[], mark: string): readonly string[] {
  const begin = transcript.findIndex(({ channelData }) => channelData?.clientActivityID === `${mark} Signaler`);
  const receipts = transcript.slice(begin).flatMap(({ channelData }) => channelData?.receipt ?? []);
  return [...new Set(receipts)];
}

async function check(delegate: ReportClient, walks: readonly Walk[]): Promise<void> {
  const ids = await delegate.reportIds();
  const reports = await Promise.all(
    ids.map(async (id) => {
      const { events, isComplete } = await delegate.read(id);
      return { isComplete, text: JSON.stringify(events.filter((event) => event !== 'replaced')) };
    }),
  );
  expect(reports.filter(({ isComplete }) => !isComplete)).toEqual([]);
  expect(new Set(walks.map(({ receipt }) => receipt)).size).toBe(walks.length);
  const found = walks.map(({ words }) => reports.filter(({ text }) => words.every((said) => occurs(text, said) === 1)));
  expect(found.map((holding) => holding.length)).toEqual(walks.map(() => 1));
  // None besides: a draft that was under way at the end is none of the delegates'.
  expect(reports.length).toBe(walks.length);
}

function occurs(text: string, part: string): number {
  return text.split(part).length - 1;
}
