import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Inbound } from '../../../src/pipeline/turn.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildChange, buildMessages } from '../../support/build-conversation.js';
import { inDepth } from '../../support/depth.js';
import { makeMongooseStorage } from '../../support/storage-mongoose.js';
import type { StorageUnderTest } from '../../support/storage-under-test.js';
import { startWire, type Wire } from '../../support/storage-wire.js';
import { openTurnStage, type StageOptions, type TurnStage } from '../../support/turn-stage.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;
/** Messages of a commit that brings many: fewer than the tail holds. */
const BATCH = 39;
const LENGTHS = [1_000, Number(process.env.GROWTH_MESSAGES ?? inDepth(20_000, 4_000))];

const LOAD = 'find conversations';
const FIND = 'find conversations';
const COMMIT = 'update conversations';
const ARCHIVE = ['insert sweeps', 'insert messages', COMMIT, 'find conversations', 'delete sweeps'];

/** How many commands a turn sends to the database, and how much they bring: whatever the conversation holds already. */
describeWithServer('what a turn costs on MongoDB (needs MONGODB_TEST_URI)', () => {
  let wire: Wire;
  let underTest: StorageUnderTest;
  let store: ConversationStore;

  beforeEach(async () => {
    wire = await startWire(new URL(serverUri));
    underTest = await makeMongooseStorage(wire.through(serverUri));
    store = (await underTest.open()).conversations;
  });
  afterEach(async () => {
    await underTest.dispose();
    await wire.stop();
  });

  /** What was asked of the database since the line was last cleared, its pings left out. */
  const asked = () =>
    wire.commands().filter(({ client, collection }) => client === 'permanence' && /^[a-z]+$/.test(collection));

  async function costOf(stage: TurnStage, inbound: Inbound): Promise<readonly string[]> {
    wire.clear();
    await stage.handle(inbound);
    return asked().map(({ name, collection }) => `${name} ${collection}`);
  }

  const text = (words: string, more: Partial<Inbound> = {}): Inbound => ({ externalId: words, text: words, ...more });

  it.each<[string, StageOptions, Inbound, readonly string[]]>([
    ['a question', {}, text('horaires'), [LOAD, FIND, COMMIT]],
    ['a danger', {}, text('au secours'), [LOAD, FIND, COMMIT]],
    // Whether they finish an answer to a report is looked for in the last messages.
    ['words for a delegate who holds', { status: 'assigned' }, text('bonjour'), [LOAD, FIND, FIND, COMMIT]],
    ['one who waits', { status: 'waiting' }, text('bonjour'), [LOAD, FIND, COMMIT]],
    ['a closed conversation', { status: 'closed' }, text('bonjour'), [LOAD, FIND, COMMIT]],
    // Whether it is older than an erasure is looked for in the first message.
    ['on Telegram', {}, text('horaires', { writtenAt: new Date(), order: 3 }), [LOAD, FIND, FIND, COMMIT]],
  ])('%s: one look, one for a repeat, one write', async (_, options, inbound, cost) => {
    const stage = await openTurnStage({ store, ...options });
    expect(await costOf(stage, inbound)).toEqual(cost);
  });

  it('a message that comes again is found, and nothing is written', async () => {
    const stage = await openTurnStage({ store });
    await stage.handle(text('horaires'));
    expect(await costOf(stage, text('horaires'))).toEqual([LOAD, FIND]);
  });

  it('a turn that is overtaken is run again', async () => {
    let isFirst = true;
    const stage: TurnStage = await openTurnStage({
      store,
      script: async () => {
        if (isFirst) await stage.meanwhile({ status: 'waiting' });
        isFirst = false;
      },
    });
    const cost = await costOf(stage, text('horaires'));
    // What came between, and the second run: the first one saw that it was overtaken and wrote nothing.
    expect(cost.filter((line) => line === COMMIT)).toHaveLength(2);
    expect(cost).toHaveLength(8);
  });

  it('a turn that archives costs four commands more, once in ten turns', async () => {
    const stage = await openTurnStage({ store });
    const costs: (readonly string[])[] = [];
    for (let turn = 0; turn < 30; turn++) costs.push(await costOf(stage, text(`question ${turn}`)));
    const short = costs.filter((cost) => cost.length === 3);
    const archiving = costs.filter((cost) => cost.includes('insert messages'));
    expect(short.length).toBe(20);
    expect(archiving[0]).toEqual([LOAD, FIND, ...ARCHIVE]);
    expect(archiving.length).toBeLessThanOrEqual(costs.length / 10);
    // With an archive, both its repeat and those of its answers are looked for there.
    const withArchive = [LOAD, FIND, 'find messages', 'find messages', COMMIT];
    expect(costs.at(-1)).toEqual(withArchive);
  });

  it('commands, what they bring and what they find are as many in a long conversation as in a short one', async () => {
    const stage = await openTurnStage({ store });
    const costs: { commands: number; bytes: number; page: number }[] = [];
    let length = 0;
    for (const wanted of LENGTHS) {
      length = await fill(store, stage.id, length, wanted);
      // The tail is as full each time: what it holds is read with each turn.
      const cost = await costOf(stage, text(`question ${wanted}`));
      const bytes = asked().reduce((sum, { replyBytes, bytes: sent }) => sum + replyBytes + sent, 0);
      wire.clear();
      await store.messagesAfter(stage.id, length - 30, 20);
      await store.messagesAfter(stage.id, 10, 20);
      await store.countMessages(stage.id);
      costs.push({ commands: cost.length, bytes, page: asked().reduce((sum, each) => sum + each.replyBytes, 0) });
      length = (await store.load(stage.id))?.lastSeq ?? 0;
    }
    const [short, long] = costs;
    expect(long?.commands).toBe(short?.commands);
    expect(long?.bytes).toBeLessThan(Number(short?.bytes) * 1.1);
    expect(long?.page).toBeLessThan(Number(short?.page) * 1.1);
  }, 600_000);
});

/** Brings a conversation to this many messages, and its tail to the same length whatever they are. */
async function fill(store: ConversationStore, id: string, from: number, wanted: number): Promise<number> {
  let rev = (await store.load(id))?.rev ?? 0;
  for (let length = from; ; ) {
    const messages = buildMessages(length < wanted ? BATCH : 1, length);
    await store.commit(buildChange({ id, expectedRev: rev, messages, at: new Date() }));
    rev += 1;
    length += messages.length;
    if (messages.length === 1) return length;
  }
}
