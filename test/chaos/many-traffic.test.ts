import { afterAll, describe, expect, test } from '@jest/globals';
import { type DeskClient, enrolDeskClient } from '../support/desk-client.js';
import { play } from '../support/many/director.js';
import { canOpenFleet, type Fleet, fleetProxy, openFleet } from '../support/many/fleet.js';
import {
  checkAnswered,
  checkHandled,
  keepAnswering,
  keepAsking,
  keepTalking,
  openResidents,
  type Replies,
} from '../support/many/residents.js';
import { createRandom } from '../support/random.js';
import { canStartRedis } from '../support/redis-server.js';
import { openFakeTelegram } from '../support/telegram/index.js';
import { type HeldWriter, openHeldWriter, openWriter } from '../support/telegram-people.js';
import {
  checkPhones,
  checkReplies,
  type Doubts,
  harmfulViolations,
  keepReplying,
  keepWriting,
  noteDoubts,
  openReader,
  untilQuiet,
} from '../support/telegram-phones.js';

const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const SECONDS = Number(process.env.MANY_SECONDS ?? 60);
const CUT_SECONDS = Number(process.env.MANY_CUT_SECONDS ?? 8);
/** One of Redis and one of the database in a short run; the second time, they are silent in place of gone. */
const CUTS = SECONDS >= 300 ? 2 : 1;
const PROCESSES = Number(process.env.MANY_PROCESSES ?? 3);
const WITH_BOT = 4;
const WITH_DELEGATES = 3;
const PHONES = 4;
const HELD_PHONES = 2;
const PATIENT = { HANDOFF_WAIT_MINUTES: '240', HANDOFF_ALONE_MINUTES: '240', HANDOFF_HOLD_LOST_SECONDS: '3600' };
const NEEDS = 'needs MONGODB_TEST_URI and redis-server';
/** What a stream has missed comes within so long. */
const MADE_GOOD_MS = 30_000;
/** What is unsaid when all breaks off is said afterwards, at the pace that Telegram sets. */
const AFTERWARDS_MS = 300_000;
const CLEARING_MS = 60_000;

let opened: Fleet | undefined;

describe(`${PROCESSES} processes that are killed, stopped, and cut off (CHAOS_SEED=${SEED})`, () => {
  afterAll(() => opened?.abandon(), CLEARING_MS);
  (canOpenFleet && canStartRedis ? test : test.skip)(
    `${SECONDS} s of traffic: nothing acknowledged is lost or doubled, no robot over a delegate, all heals (${NEEDS})`,
    run,
    SECONDS * 1000 + AFTERWARDS_MS,
  );
});

async function run(): Promise<void> {
  const random = createRandom(SEED);
  let url = '';
  const fake = await openFakeTelegram({ webhookProxy: fleetProxy(() => url), webhookPausesMs: [100, 300, 1000] });
  const fleet = await openFleet({ processes: PROCESSES, telegram: fake, env: PATIENT });
  opened = fleet;
  url = fleet.url;
  const team = await enrolTeam(fleet);
  const [marie] = team;
  const held: HeldWriter[] = [];
  while (held.length < HELD_PHONES) held.push(await openHeldWriter(fake, marie, { firstName: `Tenu ${held.length}` }));
  const phones = await Promise.all(Array.from({ length: PHONES }, () => openWriter(fake)));
  const talkers = await openResidents(fleet.url, WITH_BOT);
  const askers = await openResidents(fleet.url, WITH_DELEGATES);
  const replies: Replies = new Map(askers.map(({ chat }) => [chat.conversationId, new Set<string>()]));

  let isOver = false;
  const over = (): boolean => isOver;
  const readers = held.map(({ conversationId }) => openReader(marie, conversationId));
  const going = Promise.all([
    ...talkers.map((resident) => keepTalking(resident, over)),
    ...askers.map((resident) => keepAsking(resident, over)),
    ...team.map((delegate) => keepAnswering(delegate, { residents: askers, replies, random, isOver: over })),
    ...phones.map((writer) => keepWriting(writer, { random, isOver: over })),
    ...held.map((writer) => keepReplying(writer, over)),
  ]);
  going.catch(() => undefined);
  const doubts: Doubts = new Map();
  const look = (): Promise<void> => noteDoubts(doubts, fleet.place);
  const played = await play(fleet, { seconds: SECONDS, cutSeconds: CUT_SECONDS, cuts: CUTS, random, look });
  isOver = true;
  await going;
  await fake.settled(AFTERWARDS_MS);
  await untilQuiet(fake);
  // What has healed stays so.
  expect(await fleet.isWhole()).toBe(true);

  for (const resident of talkers) await checkAnswered(resident);
  for (const resident of askers) await checkHandled(resident, replies.get(resident.chat.conversationId) ?? new Set());
  const read = await readToTheEnd();
  const counts = await checkPhones(fleet.place, [...phones, ...held], doubts);
  checkReplies(held);
  expect(harmfulViolations(fake)).toEqual([]);
  expect(played.cuts.filter(({ of }) => of === 'database').flatMap(({ states }) => states)).toContain(
    'storage-unavailable',
  );
  const whileCut = played.cuts.filter(({ of }) => of === 'redis').flatMap(({ states }) => states);
  expect(whileCut).toContain('apart');
  const replied = [...replies.values(), ...held.map(({ replies: own }) => own)].map((own) => [...own].length);
  const said = talkers.concat(askers).reduce((sum, { sent }) => sum + sent, 0);
  console.log(
    `${played.kills} kills, ${played.pauses} pauses, ${played.cuts.length} cuts; healed ${(played.healedMs / 1000).toFixed(1)} s after;
${said} messages on the web and ${counts.answered} on Telegram acknowledged, ${sum(replied)} replies of delegates: all there once;
${counts.sent} sent to Telegram, none twice, ${counts.uncertain} in doubt, of which ${counts.missing} had not left; ${read} read as they came`,
  );
  expect(await fleet.close()).toEqual(Array.from({ length: PROCESSES }, () => 0));
  await fake.close();

  /** Who reads by the stream has read it all, in order, once. */
  async function readToTheEnd(): Promise<number> {
    const all = await Promise.all(held.map(({ conversationId }) => marie.transcript(conversationId)));
    const ends = all.map((messages) => messages.map(({ seq }) => seq));
    const isDone = (): boolean => readers.every(({ seen }, index) => seen.at(-1) === ends[index]?.at(-1));
    const limit = performance.now() + MADE_GOOD_MS;
    while (!isDone() && performance.now() < limit) await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all(readers.map((reader) => reader.end()));
    expect(readers.map(({ seen }) => seen)).toEqual(ends);
    return sum(ends.map(({ length }) => length));
  }
}

type Team = readonly [DeskClient, ...DeskClient[]];

/** Both go for any conversation, so that they get into each other's way. */
async function enrolTeam({ url, setupToken }: Fleet): Promise<Team> {
  const marie = await enrolDeskClient(() => url, 'marie', setupToken);
  return [marie, await enrolDeskClient(() => url, 'jean', await marie.invite('jean'))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
