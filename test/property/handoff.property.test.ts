import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ConversationStatus } from '../../src/domain/conversation.js';
import type { Message } from '../../src/domain/message.js';
import { inDepth } from '../support/depth.js';
import { playHandoff } from '../support/handoff-model.js';
import { handoffPlans } from '../support/handoff-plan.js';
import type { PlayedHandoff } from '../support/handoff-record.js';
import { SABOTAGES } from '../support/handoff-sabotage.js';
import { createMemoryStore } from '../support/storage-memory.js';

const RUNS = inDepth(10_000, 2_000);
/** Each is found within a few hundred. */
const RUNS_TO_FIND = 3000;

describe('residents, slow turns, delegates, sweeps, crashes and retries in any order', () => {
  test('no bot over a delegate, one holder, and no message lost, doubled or out of order', async () => {
    const seen = new Map<string, number>();
    const property = fc.asyncProperty(handoffPlans, async (plan) => {
      const { faults, played } = await playHandoff(plan, { store: createMemoryStore(), id: 'c1' });
      expect(faults).toEqual([]);
      for (const happening of happeningsIn(played)) seen.set(happening, (seen.get(happening) ?? 0) + 1);
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(HAPPENINGS.filter((happening) => (seen.get(happening) ?? 0) < RUNS / 200)).toEqual([]);
  }, 240_000);

  test.each(Object.entries(SABOTAGES))('would find %s', async (_, sabotage) => {
    const property = fc.asyncProperty(handoffPlans, async (plan) => {
      const { faults } = await playHandoff(plan, { store: createMemoryStore(), id: 'c1', sabotage });
      return faults.length === 0;
    });
    const { failed } = await fc.check(property, { numRuns: RUNS_TO_FIND, endOnFailure: true });
    expect(failed).toBe(true);
  });
});

const HAPPENINGS = [
  'turns overtaken',
  'desk overtaken',
  'pris',
  'rendu',
  'fermé',
  'transféré',
  'perdu',
  'personne',
  'bot while bot',
  'bot while waiting',
  'bot while assigned',
  'resident while assigned',
  'delegate while assigned',
  'erased',
] as const;

/** What makes a play worth anything. */
function happeningsIn({ commits, overtaken }: PlayedHandoff): ReadonlySet<string> {
  return new Set([
    ...overtaken.map((role) => `${role} overtaken`),
    ...commits.flatMap(({ messages, status }) => messages.map((message) => happeningOf(message, status))),
  ]);
}

function happeningOf({ author, content }: Message, status: ConversationStatus): string {
  if (content.kind !== 'text') return content.kind;
  if (author === 'system') return content.text;
  return `${author} while ${status}`;
}
