/**
 * Live conversations between residents and delegates: how long a message takes from one screen to the other, with few
 * conversations and with many on one process.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type DeskClient, type DeskEvent, enrolDeskClient } from '../support/desk-client.js';
import { quantile } from './load.js';

export interface LiveChatResult {
  readonly conversations: number;
  readonly delegates: number;
  /** From the resident's POST to the delegate's stream, and the other way, in ms. */
  readonly toDelegate: Latency;
  readonly toResident: Latency;
  readonly messages: number;
  /** Messages that did not reach the other side within `PATIENCE_MS`. */
  readonly lost: number;
}

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Resident {
  readonly id: string;
  say(text: string): Promise<void>;
  /** Resolves when a message with this text has come. */
  awaitText(text: string): Promise<void>;
  close(): void;
}

const PATIENCE_MS = 20_000;
const ROUNDS = 4;

/** Each conversation goes `ROUNDS` times back and forth; all of them begin within `spreadMs`, as people do. */
export async function runLiveChat(
  url: string,
  setupToken: string,
  { conversations, delegates, spreadMs }: { conversations: number; delegates: number; spreadMs: number },
): Promise<LiveChatResult> {
  const team = await enrolTeam(url, setupToken, delegates);
  const ends = new AbortController();
  const seen = createSightings();
  for (const delegate of team) void delegate.events(seen.take, ends.signal).catch(() => undefined);
  const residents = await Promise.all(Array.from({ length: conversations }, (_, index) => openResident(url, index)));
  const toDelegate: number[] = [];
  const toResident: number[] = [];
  let lost = 0;

  async function talk(resident: Resident, index: number): Promise<void> {
    const delegate = team[index % team.length] as DeskClient;
    await resident.say('Parler à un délégué');
    await delegate.insist('POST', `/conversations/${resident.id}/take`);
    await wait((spreadMs * index) / conversations);
    for (let round = 0; round < ROUNDS; round++) {
      const asked = performance.now();
      const before = seen.lastSeq(resident.id);
      await resident.say(`question ${round} ${randomUUID()}`);
      if (await within(seen.past(resident.id, before))) toDelegate.push(performance.now() - asked);
      else lost += 1;

      const text = `réponse ${round} ${randomUUID()}`;
      const answered = performance.now();
      const arrival = resident.awaitText(text);
      await delegate.reply(resident.id, text, 1_000_000);
      if (await within(arrival)) toResident.push(performance.now() - answered);
      else lost += 1;
      await wait(spreadMs / ROUNDS);
    }
  }

  await Promise.all(residents.map(talk));
  ends.abort();
  for (const resident of residents) resident.close();
  return {
    conversations,
    delegates,
    toDelegate: latencyOf(toDelegate),
    toResident: latencyOf(toResident),
    messages: toDelegate.length + toResident.length,
    lost,
  };
}

async function enrolTeam(url: string, setupToken: string, count: number): Promise<readonly DeskClient[]> {
  const first = await enrolDeskClient(() => url, 'coordination', setupToken);
  const others = [];
  for (let index = 1; index < count; index++) {
    others.push(await enrolDeskClient(() => url, `delegue-${index}`, await first.invite(`Délégué ${index}`)));
  }
  return [first, ...others];
}

/** What the delegates' screens have been told of each conversation. */
function createSightings() {
  const lastSeqs = new Map<string, number>();
  const waiting = new Map<string, { after: number; resolve: () => void }>();

  function note(id: string, seq: number): void {
    lastSeqs.set(id, Math.max(seq, lastSeqs.get(id) ?? 0));
    const waiter = waiting.get(id);
    if (waiter && seq > waiter.after) {
      waiting.delete(id);
      waiter.resolve();
    }
  }

  return {
    take({ event, data }: DeskEvent): void {
      if (event === 'card' && data.id !== undefined) note(data.id, data.lastSeq ?? 0);
      if (event === 'queue') for (const card of data.cards ?? []) note(card.id, card.lastSeq);
    },
    lastSeq: (id: string): number => lastSeqs.get(id) ?? 0,
    past: (id: string, after: number): Promise<void> =>
      new Promise((resolve) => {
        waiting.set(id, { after, resolve });
        if ((lastSeqs.get(id) ?? 0) > after) note(id, lastSeqs.get(id) ?? 0);
      }),
  };
}

/** Each comes from an address of their own, as behind a proxy: one address may open so many conversations only. */
async function openResident(url: string, index: number): Promise<Resident> {
  const address = `192.0.2.${index % 250}`;
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const opened = await fetch(`${url}/api/widget/session`, { method: 'POST', headers, body: '{}' });
  const session = (await opened.json()) as { conversationId: string; token: string; streamUrl: string };
  const socket = new WebSocket(session.streamUrl);
  const expected = new Map<string, () => void>();
  socket.on('message', (frame) => {
    const text = String(frame);
    if (text === '') return;
    for (const activity of (JSON.parse(text) as { activities: { text?: string }[] }).activities) {
      expected.get(activity.text ?? '')?.();
    }
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const activities = `${url}/v3/directline/conversations/${session.conversationId}/activities`;
  return {
    id: session.conversationId,
    async say(text) {
      const channelData = { clientActivityID: randomUUID() };
      const body = JSON.stringify({ type: 'message', text, from: { id: 'resident' }, channelData });
      const authorization = `Bearer ${session.token}`;
      const response = await fetch(activities, { method: 'POST', headers: { ...headers, authorization }, body });
      if (!response.ok) throw new Error(`A message was refused: ${response.status}`);
    },
    awaitText: (text) => new Promise((resolve) => expected.set(text, resolve)),
    close: () => socket.terminate(),
  };
}

async function within(arrival: Promise<void>): Promise<boolean> {
  const patience = new AbortController();
  const late = wait(PATIENCE_MS, false, { signal: patience.signal }).catch(() => false);
  const isThere = await Promise.race([arrival.then(() => true), late]);
  patience.abort();
  return isThere;
}

function latencyOf(samples: readonly number[]): Latency {
  return { p50Ms: quantile(samples, 0.5), p99Ms: quantile(samples, 0.99) };
}
