/**
 * What the storage's calls cost as the database grows, on one engine: filled by the port itself, in conversations of ordinary
 * length, and measured between the fillings.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '../../src/domain/message.js';
import { createStorage, type OpenedStorage } from '../../src/storage/create-storage.js';
import { buildChange, buildConversation, buildMessages } from '../support/build-conversation.js';
import { quantile } from './load.js';

/** The p50 of each call, in ms. */
export type CallCosts = Readonly<Record<CallName, number>>;

export const CALLS = [
  'load',
  'find a message by its id',
  'commit of a turn',
  'first page of messages',
  'queue of 20',
  'first page of the past',
  'what changed in the last minute',
  'purge with nothing to remove',
] as const;
export type CallName = (typeof CALLS)[number];

export interface Growth {
  readonly messages: number;
  readonly costs: CallCosts;
}

const EACH = 40;
const AT_ONCE = 64;
const TRIES = 60;
const QUEUED = 20;
const START = Date.UTC(2026, 9, 1);
/** Conversations of one desk, a minute apart. */
const GAP_MS = 60_000;

/** @param mongodbUri absent: the embedded database. */
export async function measureGrowth(sizes: readonly number[], mongodbUri?: string): Promise<readonly Growth[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'permanence-growth-'));
  const opened = await createStorage({
    dataDir,
    dataKey: randomBytes(32).toString('base64'),
    ...(mongodbUri !== undefined && { mongodbUri }),
  });
  try {
    const results: Growth[] = [];
    let filled = 0;
    for (const messages of sizes) {
      await fill(opened, filled, Math.ceil(messages / EACH));
      filled = Math.ceil(messages / EACH);
      results.push({ messages, costs: await measure(opened, filled) });
    }
    return results;
  } finally {
    await opened.storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const idOf = (index: number): string => `grown-${index}`;

function messagesOf(index: number): readonly Message[] {
  return buildMessages(EACH).map((message) => ({ ...message, externalId: `${idOf(index)} ${message.seq}` }));
}

/** The first ones wait at the desk; the others are over, or never were there. */
async function fill({ storage }: OpenedStorage, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, to - first);
    await Promise.all(
      Array.from({ length: count }, (_, offset) => {
        const index = first + offset;
        const at = new Date(START + index * GAP_MS);
        const place = index < QUEUED ? 'queue' : index % 3 === 0 ? 'past' : 'none';
        const conversation = buildConversation({
          id: idOf(index),
          channel: 'directline',
          lastSeq: EACH,
          inboxList: place,
          createdAt: at,
          lastMessageAt: at,
        });
        return storage.conversations.create(conversation, messagesOf(index));
      }),
    );
  }
}

async function measure({ storage }: OpenedStorage, filled: number): Promise<CallCosts> {
  const { conversations: store } = storage;
  const last = START + filled * GAP_MS;
  const some = (turn: number): string => idOf((turn * 7919) % filled);
  const costs: Record<CallName, (turn: number) => Promise<unknown>> = {
    load: (turn) => store.load(some(turn)),
    'find a message by its id': (turn) => store.findMessage(some(turn), `${some(turn)} 3`),
    'commit of a turn': (turn) => commitTurn(store, some(turn), last),
    'first page of messages': (turn) => store.messagesAfter(some(turn), 0, 50),
    'queue of 20': () => store.listQueue(500),
    'first page of the past': () => store.listPast(50),
    'what changed in the last minute': () => store.listChangedSince(new Date(last - GAP_MS), 200),
    'purge with nothing to remove': () => store.removeInactiveSince(new Date(START - GAP_MS), 500),
  };
  const entries: [CallName, number][] = [];
  for (const name of CALLS) entries.push([name, await medianOf(costs[name])]);
  return Object.fromEntries(entries) as Record<CallName, number>;
}

async function commitTurn(store: OpenedStorage['storage']['conversations'], id: string, at: number): Promise<void> {
  const found = await store.load(id);
  if (!found) throw new Error('A conversation that was filled in is not there');
  const added = buildMessages(2, found.lastSeq).map((message) => ({ ...message, externalId: `${id} ${message.seq}` }));
  await store.commit(
    buildChange({
      id,
      expectedRev: found.rev,
      status: found.status,
      inboxList: found.inboxList,
      messages: added,
      at: new Date(at),
    }),
  );
}

async function medianOf(call: (turn: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TRIES; turn++) {
    const started = performance.now();
    await call(turn);
    times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
}
