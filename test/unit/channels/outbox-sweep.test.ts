import { expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/channels/deliveries.js';
import { startSweep } from '../../../src/channels/outbox-sweep.js';
import { createLogSpy, createManualClock } from '../../support/directline-server.js';
import { createManualTimers } from '../../support/directline-timers.js';

/** The conversations that are given an alarm at the start. */
async function taken(failed: readonly Delivery[], atStart: readonly string[] = []): Promise<readonly string[]> {
  const timers = createManualTimers(createManualClock());
  const alarms: string[] = [];
  const isSwept = Promise.withResolvers<void>();
  const end = startSweep({
    deliveries: {
      listFailed: async (limit, after = -1) =>
        failed.filter(({ failure }) => (failure?.at ?? 0) > after).slice(0, limit),
    },
    atStart: async () => atStart,
    timers: {
      set(task, ms) {
        // The next look is set once this one is over.
        if (ms > 0) isSwept.resolve();
        return timers.set(task, ms);
      },
    },
    retries: { has: () => false, set: (id) => void alarms.push(id) },
    pauseMs: 5_000,
    log: createLogSpy(),
  });
  timers.advance(0);
  await isSwept.promise;
  end();
  return alarms;
}

const failing = (count: number, perMs: number): readonly Delivery[] =>
  Array.from({ length: count }, (_, index) => ({
    conversationId: `c${index}`,
    deliveredSeq: 1,
    failure: { code: 'uncertain', at: Math.floor(index / perMs), attempts: 0 },
  }));

test.each([1, 3])(
  'all that failed is taken up, whatever became of the oldest thousand; %i a millisecond',
  async (perMs) => {
    const failed = failing(2_500, perMs);
    const alarms = await taken(failed);
    expect(alarms).toEqual(failed.map(({ conversationId }) => conversationId));
  },
);

test('what is looked at on starting is taken up once, whether it failed or not', async () => {
  expect(await taken(failing(2, 1), ['c1', 'new'])).toEqual(['c0', 'c1', 'new']);
});
