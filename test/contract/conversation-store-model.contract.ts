import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Conversation } from '../../src/domain/conversation.js';
import { NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import { isDomainError } from '../../src/domain/errors.js';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessage } from '../support/build-conversation.js';
import { createMemoryStore } from '../support/storage-memory.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';

const IDS = ['a', 'b'];
const KEYS = ['k1', 'k2'];
const DAY_MS = 86_400_000;

const id = fc.constantFrom(...IDS);
const day = fc.integer({ min: 0, max: 20 });
const externalId = fc.integer({ min: 0, max: 400 }).map((number) => `in:${number}`);

const operation = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('create' as const), id, day, key: fc.option(fc.constantFrom(...KEYS)) }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      id,
      day,
      // Mostly made from the stored rev, now and then from a stale one.
      revOffset: fc.constantFrom(0, 0, 0, 0, 0, -1, 1),
      externalIds: fc.array(externalId, { maxLength: 16 }),
      erases: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
      inboxList: fc.constantFrom('none' as const, 'past' as const, 'queue' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('page' as const),
      id,
      after: fc.nat(120),
      limit: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('find' as const), id, externalId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('queue' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('past' as const), id, day, limit: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('changed' as const), day, limit: fc.constant(2) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('purge' as const), day, limit: fc.integer({ min: 1, max: 2 }) }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** The adapter beside the plainest store that keeps the promises: both give the same answers to any operations. */
export function describeConversationStoreModel(makeStorage: MakeStorage): void {
  describe('beside a model', () => {
    let underTest: StorageUnderTest;
    let store: ConversationStore;

    beforeAll(async () => {
      underTest = await makeStorage();
      store = (await underTest.open()).conversations;
    });
    afterAll(() => underTest.dispose());

    it('gives the same answers to any operations', async () => {
      const property = fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 40 }), async (operations) => {
        const model = createMemoryStore();
        for (const each of operations) {
          const change = await prepare(each, model);
          expect(await outcomeOf(change(store))).toEqual(await outcomeOf(change(model)));
        }
        expect(await stateOf(store)).toEqual(await stateOf(model));
        for (const each of IDS) await store.remove(each);
      });
      await fc.assert(property, { numRuns: 60, endOnFailure: true });
    }, 120_000);
  });
}

async function prepare(each: Operation, model: ConversationStore) {
  switch (each.kind) {
    case 'create': {
      const conversation = await buildOpening(each);
      return (store: ConversationStore) => store.create(conversation, [buildMessage({ externalId: 'welcome' })]);
    }
    case 'commit': {
      const { rev = 0, lastSeq = 0 } = (await model.load(each.id)) ?? {};
      const messages = each.externalIds.map((name, index) =>
        buildMessage({ seq: lastSeq + 1 + index, externalId: name }),
      );
      const change = buildChange({
        id: each.id,
        expectedRev: rev + each.revOffset,
        dialogState: { rev },
        desk: { ...NEW_DESK_STATE, labels: [`${rev}`] },
        inboxList: each.inboxList,
        messages,
        erasesHistory: each.erases,
        at: new Date(each.day * DAY_MS),
      });
      return (store: ConversationStore) => store.commit(change);
    }
    case 'page':
      return (store: ConversationStore) => store.messagesAfter(each.id, each.after, each.limit);
    case 'find':
      return (store: ConversationStore) => store.findMessage(each.id, each.externalId);
    case 'queue':
      return (store: ConversationStore) => store.listQueue(each.limit);
    case 'past':
      return (store: ConversationStore) =>
        store.listPast(each.limit, { lastMessageAt: new Date(each.day * DAY_MS), id: each.id });
    case 'changed':
      return async (store: ConversationStore) => {
        const changed = await store.listChangedSince(new Date(each.day * DAY_MS), each.limit);
        // Of those of one instant, either may come first.
        return [...changed].sort((one, other) => (one.id < other.id ? -1 : 1));
      };
    case 'remove':
      return (store: ConversationStore) => store.remove(each.id);
    case 'purge':
      return (store: ConversationStore) => store.removeInactiveSince(new Date(each.day * DAY_MS), each.limit);
  }
}

async function buildOpening({
  id: name,
  day: date,
  key,
}: {
  id: string;
  day: number;
  key: string | null;
}): Promise<Conversation> {
  return buildConversation({
    id: name,
    channel: 'telegram',
    lastSeq: 1,
    lastMessageAt: new Date(date * DAY_MS + IDS.indexOf(name)),
    ...(key !== null && { address: { key, details: {} } }),
  });
}

async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await call };
  } catch (error) {
    if (isDomainError(error, 'storage-unavailable')) throw error;
    return { error: error instanceof Error && 'code' in error ? error.code : error };
  }
}

async function stateOf(store: ConversationStore): Promise<readonly unknown[]> {
  const state: [Conversation | undefined, readonly Message[], number][] = [];
  for (const each of IDS) {
    state.push([await store.load(each), await store.messagesAfter(each, 0, 10_000), await store.countMessages(each)]);
  }
  const lists = [await store.listQueue(10), await store.listPast(10)];
  return [...state, ...lists, ...(await Promise.all(KEYS.map((key) => store.findByAddress('telegram', key))))];
}
