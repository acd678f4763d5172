import { beforeEach, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import type { Conversation } from '../../../src/domain/conversation.js';
import { NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import type { PeersState } from '../../../src/domain/peers.js';
import { addStateGauges } from '../../../src/metrics/state-gauges.js';
import type { Delivery } from '../../../src/storage/ports/desk-store.js';
import { buildConversation } from '../../support/build-conversation.js';

const START = Date.parse('2026-11-24T09:00:00Z');
const MINUTE = 60_000;

let now: number;
let queue: Conversation[];
let failed: Delivery[];
let peers: PeersState;
let telegram: string;
let isAway: boolean;
let reads: number;
let failures: unknown[];

beforeEach(() => {
  now = START;
  queue = [];
  failed = [];
  peers = 'together';
  telegram = 'running';
  isAway = false;
  reads = 0;
  failures = [];
});

function open(options: { isOnTelegram?: boolean } = {}) {
  const registry = new Registry();
  const gauges = addStateGauges(registry, {
    storage: {
      async ping() {
        if (isAway) throw new Error('away');
      },
      conversations: {
        async listQueue() {
          reads += 1;
          return queue;
        },
      },
      deliveries: { listFailed: async () => failed },
    },
    listOverdueReports: async () => [{}, {}],
    peers: { state: () => peers },
    ...(options.isOnTelegram && { telegram: () => telegram }),
    connections: async () => 7,
    clock: () => new Date(now),
    onFailure: (error) => failures.push(error),
  });
  return async (): Promise<Record<string, number>> => {
    await gauges.collect();
    const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
  };
}

test('who waits, who is held, and for how long the first one has waited', async () => {
  const waiting = (minutes: number) => ({ ...NEW_DESK_STATE, waitingSince: START - minutes * MINUTE });
  queue = [
    buildConversation({ status: 'waiting', desk: waiting(3) }),
    buildConversation({ status: 'waiting', desk: waiting(12) }),
    buildConversation({ status: 'waiting', desk: { ...waiting(50), snoozedUntil: START + MINUTE } }),
    buildConversation({ status: 'assigned', desk: { ...NEW_DESK_STATE, holder: 'jean' } }),
    buildConversation({ status: 'bot', desk: { ...NEW_DESK_STATE, emergencyAt: START } }),
  ];
  expect(await open()()).toMatchObject({
    permanence_storage_up: 1,
    permanence_conversations_waiting: 2,
    permanence_oldest_wait_seconds: 720,
    permanence_conversations_held: 1,
    permanence_conversations_in_danger: 1,
    permanence_reports_overdue: 2,
    permanence_open_connections: 7,
  });
});

test('what is on its way ages; what waits for the resident does not', async () => {
  const due = (code: string, minutes: number): Delivery => ({
    conversationId: `${code}${minutes}`,
    deliveredSeq: 0,
    failure: { code, at: START - minutes * MINUTE, attempts: 1 },
  });
  failed = [due('queued', 1), due('busy', 4), due('blocked', 600), due('uncertain', 900)];
  expect(await open()()).toMatchObject({
    'permanence_outbox_conversations{reason="queued"}': 1,
    'permanence_outbox_conversations{reason="busy"}': 1,
    'permanence_outbox_conversations{reason="blocked"}': 1,
    'permanence_outbox_conversations{reason="sending"}': 0,
    permanence_outbox_oldest_seconds: 240,
  });
});

test('figures that storage does not give are left out, and come back', async () => {
  const read = open();
  expect(await read()).toHaveProperty('permanence_conversations_waiting', 0);
  isAway = true;
  now += 10_000;
  const without = await read();
  expect(without).toMatchObject({ permanence_storage_up: 0, permanence_open_connections: 7 });
  expect(without).not.toHaveProperty('permanence_conversations_waiting');
  expect(without).not.toHaveProperty('permanence_outbox_oldest_seconds');
  expect(failures).toHaveLength(1);
  isAway = false;
  expect(await read()).toMatchObject({ permanence_storage_up: 1, permanence_conversations_waiting: 0 });
});

test('whoever asks often costs the database nothing more', async () => {
  const read = open();
  for (let count = 0; count < 20; count++) await read();
  expect(reads).toBe(1);
  now += 5_000;
  await read();
  expect(reads).toBe(2);
});

test.each([
  ['sole', 1],
  ['together', 1],
  ['apart', 0],
] as const)('processes that are %s', async (state, joined) => {
  peers = state;
  expect(await open()()).toHaveProperty('permanence_processes_joined', joined);
});

test.each([
  ['running', 1],
  ['standby', 1],
  ['unreachable', 0],
])('a bot that is %s', async (state, up) => {
  telegram = state;
  expect(await open({ isOnTelegram: true })()).toHaveProperty('permanence_telegram_up', up);
});

test('no figure of Telegram without a bot', async () => {
  expect(await open()()).not.toHaveProperty('permanence_telegram_up');
});
