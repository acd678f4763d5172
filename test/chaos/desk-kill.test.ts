import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { type ChatClient, openChat, type ReceivedActivity } from '../support/chat-client.js';
import { type DeskClient, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { inOwnDatabase } from '../support/own-database.js';
import { createRandom } from '../support/random.js';
import { makeDataDir, startServerProcess } from '../support/server-process.js';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 25);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const MONGODB_ROUNDS = Math.ceil(ROUNDS / 5);
const RESIDENTS = 4;
/** Both go for any conversation, so that they get into each other's way. */
const DELEGATES = ['marie', 'jean'];
const LONGEST_RUN_MS = 250;
const PATIENT = { HANDOFF_WAIT_MINUTES: '240', HANDOFF_ALONE_MINUTES: '240', HANDOFF_HOLD_LOST_SECONDS: '3600' };

interface Resident {
  readonly chat: ChatClient;
  sent: number;
}

/** Client ids of replies that the server took, by conversation. */
type Replies = Map<string, Set<string>>;

describe(`kill -9 in the middle of live chats (CHAOS_SEED=${SEED})`, () => {
  const limit = 60_000 + ROUNDS * 10_000;
  const promise = 'no reply lost or doubled, and no word of the robot while a delegate holds';

  test(`${ROUNDS} times: ${promise}`, () => run({}, ROUNDS), limit);

  (process.env.MONGODB_TEST_URI ? test : test.skip)(
    `${MONGODB_ROUNDS} times on MongoDB (needs MONGODB_TEST_URI)`,
    () => inOwnDatabase('desk_chaos', (uri) => run({ MONGODB_URI: uri }, MONGODB_ROUNDS)),
    limit,
  );
});

async function run(engine: Record<string, string>, rounds: number): Promise<void> {
  const env = { ...PATIENT, ...engine };
  const data = makeDataDir();
  const random = createRandom(SEED);
  let server = await startServerProcess({ dataDir: data.path, env });
  const { port, url } = server;
  const team = await enrolTeam(url, setupTokenIn(server.output()));
  const residents: Resident[] = await Promise.all(
    Array.from({ length: RESIDENTS }, async () => ({ chat: await openChat(url), sent: 0 })),
  );
  const replies: Replies = new Map(residents.map(({ chat }) => [chat.conversationId, new Set()]));

  let isOver = false;
  const flow = new EventEmitter();
  const going = Promise.all([
    ...residents.map((resident) => keepAsking(resident, () => isOver)),
    ...team.map((delegate) => keepAnswering(delegate, { residents, replies, flow, random, isOver: () => isOver })),
  ]);
  try {
    for (let round = 0; round < rounds; round++) {
      await once(flow, 'replied');
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_RUN_MS));
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');
      server = await startServerProcess({ dataDir: data.path, port, env });
    }
  } finally {
    isOver = true;
    await going.catch(() => undefined);
  }
  await going;
  for (const resident of residents) await check(resident, replies.get(resident.chat.conversationId) ?? new Set());
  const total = [...replies.values()].reduce((sum, ids) => sum + ids.size, 0);
  expect(total).toBeGreaterThan(rounds);
  console.log(`${rounds} kills, ${total} replies of delegates acknowledged, all there once`);
  expect(await server.stop()).toBe(0);
  data.remove();
}

async function enrolTeam(url: string, setupToken: string): Promise<readonly DeskClient[]> {
  const [firstLogin = '', ...others] = DELEGATES;
  const first = await enrolDeskClient(() => url, firstLogin, setupToken);
  const team = [first];
  for (const login of others) team.push(await enrolDeskClient(() => url, login, await first.invite(login)));
  return team;
}

async function keepAsking(resident: Resident, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    resident.sent += 1;
    const text = resident.sent % 3 === 1 ? 'Parler à un délégué' : `C'est ouvert demain ? ${resident.sent}`;
    await resident.chat.send(text, `m${resident.sent}`);
  }
}

async function keepAnswering(
  delegate: DeskClient,
  given: {
    residents: readonly Resident[];
    replies: Replies;
    flow: EventEmitter;
    random: () => number;
    isOver: () => boolean;
  },
): Promise<void> {
  const { residents, replies, flow, random, isOver } = given;
  while (!isOver()) {
    const id = residents[Math.floor(random() * residents.length)]?.chat.conversationId ?? '';
    const taken = await delegate.insist('POST', `/conversations/${id}/take`);
    // Not asked for, held by the colleague, or given back meanwhile.
    if (taken.status !== 200) continue;
    const clientId = randomUUID();
    const body = { clientId, text: `Réponse ${clientId}`, seenSeq: 1_000_000 };
    const answer = await delegate.insist('POST', `/conversations/${id}/reply`, body);
    if (answer.status === 200) {
      replies.get(id)?.add(clientId);
      flow.emit('replied');
    }
    await delegate.insist('POST', `/conversations/${id}/give-back`);
  }
}

/** What was lost, doubled or said out of turn stays so: one look at the end finds what any of the kills did. */
async function check({ chat, sent }: Resident, replies: ReadonlySet<string>): Promise<void> {
  const transcript = await chat.transcript();
  expect(transcript.map(({ channelData }) => channelData?.['webchat:sequence-id'])).toEqual(
    transcript.map((_, index) => index + 1),
  );
  const own = transcript.filter(({ channelData }) => channelData?.author === 'resident');
  expect(own.map(({ channelData }) => channelData?.clientActivityID)).toEqual(
    Array.from({ length: sent }, (_, index) => `m${index + 1}`),
  );
  const delegates = transcript.filter(({ channelData }) => channelData?.author === 'delegate');
  const texts = delegates.map(({ text }) => text ?? '');
  expect(new Set(texts).size).toBe(texts.length);
  expect([...replies].filter((clientId) => !texts.includes(`Réponse ${clientId}`))).toEqual([]);
  expect(saidOutOfTurn(transcript)).toEqual([]);
}

/** Words of the robot between a delegate's taking and their giving back. */
function saidOutOfTurn(transcript: readonly ReceivedActivity[]): readonly (string | undefined)[] {
  let isHeld = false;
  return transcript.flatMap(({ name, value, text, channelData }) => {
    if (name === 'handoff.status') isHeld = value?.state === 'accepted';
    return isHeld && channelData?.author === 'bot' ? [text] : [];
  });
}
