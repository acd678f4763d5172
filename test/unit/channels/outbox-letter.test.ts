import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/channels/deliveries.js';
import { SendFailure } from '../../../src/channels/delivery-failures.js';
import { createLetter, type LetterDependencies } from '../../../src/channels/outbox-letter.js';
import { type Due, type Parcel, type Sender, toParcels } from '../../../src/channels/outbox-sender.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Message } from '../../../src/domain/message.js';
import { buildConversation } from '../../support/build-conversation.js';

const AT = new Date('2026-11-23T10:00:00Z');
const conversation = buildConversation({ id: 'c1' });

function due(seq: number, author: Message['author'] = 'bot', replyTo?: number): Due {
  const message: Message = {
    seq,
    externalId: `out:${seq}`,
    author,
    at: AT,
    content: { kind: 'text', text: `Message ${seq}` },
    ...(replyTo !== undefined && { replyTo }),
  };
  return { conversation, message };
}

const joins: Sender['joins'] = ([first], next) => first.message.replyTo === next.message.replyTo;
const seqsOf = (parcels: readonly Parcel[]) => parcels.map(({ dues }) => dues.map(({ message }) => message.seq));

interface Scene {
  readonly saved: Delivery[];
  readonly sent: number[][];
  readonly notes: JsonObject[];
  readonly retries: { readonly ms: number; readonly isStrict: boolean }[];
  pass(delivery: Delivery, parcel: Parcel): Promise<Delivery | undefined>;
}

/** @param brokenCode a mark that storage does not take. */
function startScene(
  send: () => JsonObject | undefined | SendFailure,
  sender: Partial<Sender> = {},
  brokenCode?: string,
  lease?: LetterDependencies['lease'],
): Scene {
  const scene = { saved: [] as Delivery[], sent: [] as number[][], notes: [] as JsonObject[] };
  const retries: Scene['retries'] = [];
  const deliveries = {
    async save(delivery: Delivery) {
      if (brokenCode !== undefined && delivery.failure?.code === brokenCode) throw new Error('no storage');
      scene.saved.push(delivery);
    },
  };
  const letter = createLetter({
    conversations: { messagesAfter: async () => [], signal: () => undefined },
    deliveries,
    outcomes: deliveries,
    sender: {
      resends: 'never',
      takes: () => true,
      async send(dues, notes) {
        scene.sent.push(dues.map(({ message }) => message.seq));
        scene.notes.push(notes);
        const outcome = send();
        if (outcome instanceof SendFailure) throw outcome;
        return outcome ? { notes: outcome } : {};
      },
      ...sender,
    },
    lease,
    clock: () => AT,
    log: { warn: () => undefined, error: () => undefined },
    random: () => 0,
    retryAfter: (_, ms, isStrict) => void retries.push({ ms, isStrict }),
  });
  return { ...scene, retries, pass: letter.pass };
}

const begun: Delivery = { conversationId: 'c1', deliveredSeq: 4 };
const pair: Parcel = { dues: [due(5), due(6)], lastSeq: 7 };

describe('what goes in one parcel', () => {
  test('answers to the same message, with what has no form between them', () => {
    const takes: Sender['takes'] = ({ message }) => message.seq !== 3;
    const dues = [due(1, 'resident'), due(2, 'bot', 1), due(3, 'bot', 1), due(4, 'bot', 1), due(5, 'resident')];
    const parcels = toParcels([...dues, due(6, 'bot', 5)], { takes, joins });
    expect(seqsOf(parcels)).toEqual([[], [2, 4], [6]]);
    expect(parcels.map(({ lastSeq }) => lastSeq)).toEqual([1, 5, 6]);
  });

  test('each by itself where the sender joins nothing', () => {
    expect(seqsOf(toParcels([due(1), due(2)], { takes: () => true }))).toEqual([[1], [2]]);
  });
});

describe('where nothing is sent twice', () => {
  test('a parcel without an answer is in doubt, and the next one goes on', async () => {
    const { pass, saved, sent } = startScene(() => new SendFailure('unanswered'));
    const passed = await pass(begun, pair);
    expect(passed).toMatchObject({ deliveredSeq: 7, failure: { code: 'uncertain' }, uncertain: [5, 6] });
    expect(sent).toEqual([[5, 6]]);
    expect(saved.map(({ failure }) => failure?.code)).toEqual(['sending', 'uncertain']);
  });

  test('after a death in the middle only what was being sent is in doubt', async () => {
    const { pass, sent } = startScene(() => undefined);
    const dead: Delivery = { ...begun, failure: { code: 'sending', at: 0, attempts: 0, upTo: 5 } };
    expect(await pass(dead, pair)).toMatchObject({ deliveredSeq: 5, uncertain: [5] });
    expect(sent).toEqual([]);
  });

  test('what is in doubt stays marked when the ones after it arrive', async () => {
    const { pass } = startScene(() => undefined);
    const doubtful: Delivery = { ...begun, failure: { code: 'uncertain', at: 0, attempts: 0 }, uncertain: [4] };
    const passed = await pass(doubtful, pair);
    expect(passed).toEqual({ conversationId: 'c1', deliveredSeq: 7, uncertain: [4] });
  });
});

test('what is refused to the end is passed over, and stays marked when the ones after it arrive', async () => {
  const failing = startScene(() => new SendFailure('refused'));
  const tried: Delivery = { ...begun, failure: { code: 'refused', at: 0, attempts: 4 }, refused: [2], uncertain: [3] };
  const passed = await failing.pass(tried, pair);
  expect(passed).toMatchObject({ deliveredSeq: 7, failure: { code: 'refused', attempts: 0 } });
  expect(passed).toMatchObject({ refused: [2, 5, 6], uncertain: [3] });
  const after = passed && (await startScene(() => undefined).pass(passed, { dues: [due(8)], lastSeq: 8 }));
  expect(after).toEqual({ conversationId: 'c1', deliveredSeq: 8, refused: [2, 5, 6], uncertain: [3] });
});

describe('what the channel has to remember', () => {
  test('is stored with the success, and handed in the next time', async () => {
    const { pass, notes } = startScene(() => ({ last: 12 }));
    const passed = await pass(begun, pair);
    expect(passed).toEqual({ conversationId: 'c1', deliveredSeq: 7, notes: { last: 12 } });
    if (passed) await pass(passed, { dues: [due(8)], lastSeq: 8 });
    expect(notes).toEqual([{}, { last: 12 }]);
  });

  test('is kept by a send that says nothing of it, and replaced by a failure that does', async () => {
    const known: Delivery = { ...begun, notes: { last: 11 } };
    expect((await startScene(() => undefined).pass(known, pair))?.notes).toEqual({ last: 11 });
    const { pass, saved, retries } = startScene(() => new SendFailure('busy', 9_000, { parts: 1 }));
    expect(await pass(known, pair)).toBeUndefined();
    expect(saved.at(-1)).toMatchObject({ deliveredSeq: 4, failure: { code: 'busy' }, notes: { parts: 1 } });
    expect(retries).toEqual([{ ms: 9_000, isStrict: true }]);
  });
});

test('nothing is stored of a try before the service may be written to', async () => {
  const saved: number[] = [];
  const scene: Scene = startScene(() => undefined, {
    async ready() {
      saved.push(scene.saved.length);
    },
  });
  await scene.pass(begun, pair);
  expect(saved).toEqual([0]);
  expect(scene.saved).toHaveLength(2);
});

describe('where storage fails before a try', () => {
  async function isGivenUp(brokenCode: string, ready: () => Promise<void>): Promise<boolean | undefined> {
    let end: AbortSignal | undefined;
    const scene = startScene(
      () => undefined,
      {
        ready(_, given) {
          end = given;
          return ready();
        },
      },
      brokenCode,
    );
    await expect(scene.pass(begun, pair)).rejects.toThrow('no storage');
    expect(scene.sent).toEqual([]);
    return end?.aborted;
  }

  test('the turn that is waited for is given up', async () => {
    expect(await isGivenUp('queued', () => new Promise(() => undefined))).toBe(true);
  });

  test('the turn that has come is given up', async () => {
    expect(await isGivenUp('sending', async () => undefined)).toBe(true);
  });
});

test('the turn of a try that is made is never given up', async () => {
  let end: AbortSignal | undefined;
  const scene = startScene(() => new SendFailure('busy'), {
    async ready(_, given) {
      end = given;
    },
  });
  await scene.pass(begun, pair);
  expect(end?.aborted).toBe(false);
});

test('nothing is waited for, stored or sent once the right to send is let go of', async () => {
  let isWaitedFor = false;
  const ready = () => {
    isWaitedFor = true;
    return new Promise<void>(() => undefined);
  };
  const lease = { isHeld: () => true, over: AbortSignal.abort() };
  const { pass, saved, sent } = startScene(() => undefined, { ready }, undefined, lease);
  await expect(pass(begun, pair)).rejects.toMatchObject({ code: 'revision-conflict' });
  expect([isWaitedFor, saved, sent]).toEqual([false, [], []]);
});

describe('what leaves in parts', () => {
  const noted = ({ saved }: Scene) => saved.map(({ failure, notes }) => [failure?.code, notes?.parts]);
  function startInParts(sender: Partial<Sender> = {}): Scene {
    let parts = 0;
    return startScene(() => undefined, {
      async send() {
        parts += 1;
        return { notes: { parts }, isPart: parts < 3 };
      },
      ...sender,
    });
  }

  test('is stored part by part, in doubt only while one is on its way', async () => {
    const scene = startInParts();
    expect(await scene.pass(begun, pair)).toEqual({ conversationId: 'c1', deliveredSeq: 7, notes: { parts: 3 } });
    expect(noted(scene)).toEqual([
      ['sending', undefined],
      ['queued', 1],
      ['sending', 1],
      ['queued', 2],
      ['sending', 2],
      [undefined, 3],
    ]);
  });

  test('and ends while it waits for its turn goes on from there', async () => {
    let turns = 0;
    const scene = startInParts({
      async ready() {
        turns += 1;
        if (turns === 2) throw new Error('closed');
      },
    });
    await expect(scene.pass(begun, pair)).rejects.toThrow('closed');
    expect(noted(scene).at(-1)).toEqual(['queued', 1]);
  });
});

describe('what harms nobody when it arrives twice', () => {
  const repeats = () => true;
  const dead: Delivery = { ...begun, failure: { code: 'sending', at: 0, attempts: 0, upTo: 7 } };

  test('is sent a second time after a death, and after no answer', async () => {
    const { pass, sent, saved } = startScene(() => new SendFailure('unanswered'), { repeats });
    expect(await pass(begun, pair)).toBeUndefined();
    expect(saved.at(-1)).toMatchObject({ deliveredSeq: 4, failure: { code: 'unanswered' } });
    const scene = startScene(() => undefined, { repeats });
    expect(await scene.pass(dead, pair)).toEqual({ conversationId: 'c1', deliveredSeq: 7 });
    expect([sent, scene.sent]).toEqual([[[5, 6]], [[5, 6]]]);
  });

  test('and never a third time', async () => {
    const { pass } = startScene(() => new SendFailure('unanswered'), { repeats });
    expect(await pass(dead, pair)).toMatchObject({ failure: { code: 'unconfirmed' }, uncertain: [5, 6] });
  });
});
