import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Message, TextContent } from '../../src/domain/message.js';
import type { Inbound } from '../../src/pipeline/turn.js';
import { inDepth } from '../support/depth.js';
import { createMemoryStore } from '../support/storage-memory.js';
import { openTurnStage, STAGE_NOW, type TurnStage } from '../support/turn-stage.js';

const RUNS = inDepth(5_000, 500);
/** Enough to find one that takes each version for the newest. */
const MESSAGES = 4;
const VERSIONS = 4;
const ERASING = 'tout effacer';

/** One version of a message on its way; version 0 is as it was first written. */
interface Arrival {
  readonly message: number;
  readonly version: number;
}

interface Plan {
  /** What comes together, over two processes; the same may come again. */
  readonly batches: readonly (readonly Arrival[])[];
  /** Before which batch the erasure comes, and which message was the first one written after it. */
  readonly erasure: { readonly before: number; readonly from: number } | undefined;
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  message: fc.nat({ max: MESSAGES - 1 }),
  version: fc.nat({ max: VERSIONS - 1 }),
});

const plans: fc.Arbitrary<Plan> = fc.record({
  batches: fc.array(fc.array(arrival, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
  erasure: fc.option(fc.record({ before: fc.nat({ max: 7 }), from: fc.nat({ max: MESSAGES }) }), { nil: undefined }),
});

const at = (seconds: number): Date => new Date(STAGE_NOW.getTime() + seconds * 1000);
/** No word of one is in another. */
const textOf = ({ message, version }: Arrival): string => `<m${message}v${version}>`;
/** Messages are written ten seconds apart. */
const writtenAt = (message: number): Date => at(message * 10 - 100);

function toInbound(given: Arrival): Inbound {
  const { message, version } = given;
  const told = { text: textOf(given), writtenAt: writtenAt(message) };
  if (version === 0) return { ...told, externalId: `m${message}` };
  return {
    ...told,
    externalId: `e${message}:${version}:${message * VERSIONS + version}`,
    edits: `m${message}`,
    editedAt: at(version),
  };
}

async function play({ batches, erasure }: Plan): Promise<TurnStage> {
  const script: Parameters<typeof openTurnStage>[0] = {
    script: (effects, text) => {
      if (text === ERASING) effects.eraseHistory();
    },
  };
  const store = createMemoryStore();
  const one = await openTurnStage({ ...script, store });
  const two = await openTurnStage({ ...script, store: { ...store, create: async () => undefined } });
  for (const [index, batch] of batches.entries()) {
    if (erasure?.before === index) await erase(one, erasure.from);
    await Promise.all(batch.map((given, place) => [one, two][(index + place) % 2]?.handle(toInbound(given))));
  }
  expect([...one.failures, ...two.failures]).toEqual([]);
  return one;
}

async function erase(stage: TurnStage, from: number): Promise<void> {
  await stage.handle({ externalId: 'b1:0', text: ERASING, writtenAt: new Date(writtenAt(from).getTime() - 5000) });
}

type Said = Message & { readonly content: TextContent };

const residentsOf = (messages: readonly Message[]): readonly Said[] =>
  messages.filter((message): message is Said => message.author === 'resident' && message.content.kind === 'text');

/** The stored versions of one message, in their order. */
function versionsOf(messages: readonly Message[], message: number): readonly Said[] {
  return residentsOf(messages).filter(({ content }) => content.text.startsWith(`<m${message}v`));
}

const versionIn = ({ content }: Said): number => Number(/v(\d+)>$/.exec(content.text)?.[1]);

describe('messages and their corrections in any order, again and again, over two processes', () => {
  test('every version is stored once, in its order, under its message; the newest is the last', async () => {
    let corrections = 0;
    await fc.assert(
      fc.asyncProperty(plans, async ({ batches }) => {
        const stage = await play({ batches, erasure: undefined });
        const messages = await stage.messages();
        for (let message = 0; message < MESSAGES; message += 1) {
          const came = batches.flat().filter((given) => given.message === message);
          const [first, ...later] = versionsOf(messages, message);
          expect(first?.externalId).toBe(came.length > 0 ? `m${message}` : undefined);
          expect(later.map(({ content }) => content.edits)).toEqual(later.map(() => first?.seq));
          const versions = versionsOf(messages, message).map(versionIn);
          expect(versions).toEqual([...new Set(versions)].toSorted());
          expect(versions.at(-1)).toBe(came.length > 0 ? Math.max(...came.map(({ version }) => version)) : undefined);
          corrections += later.length;
        }
      }),
      { numRuns: RUNS },
    );
    expect(corrections).toBeGreaterThan(RUNS);
  }, 240_000);

  test('each that is stored is answered once, right after it, and what is not stored is not answered', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const messages = await (await play(plan)).messages();
        const answered = messages.filter(({ author }) => author === 'bot').map(({ replyTo, seq }) => [replyTo, seq]);
        const told = messages.filter(({ author }) => author !== 'bot').map(({ seq }) => [seq, seq + 1]);
        expect(answered).toEqual(told);
        const [{ seq: first } = { seq: 1 }] = messages;
        expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => first + index));
      }),
      { numRuns: RUNS },
    );
  }, 240_000);

  test('after an erasure nothing is stored that was written before it, corrected or not', async () => {
    let dropped = 0;
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { erasure, batches } = plan;
        const isErased = erasure !== undefined && erasure.before < batches.length;
        const stored = JSON.stringify(await (await play(plan)).messages());
        if (!isErased) return;
        for (const given of batches.flat()) {
          if (given.message >= erasure.from) continue;
          expect(stored).not.toContain(textOf(given));
          dropped += 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(dropped).toBeGreaterThan(RUNS);
  }, 240_000);
});
