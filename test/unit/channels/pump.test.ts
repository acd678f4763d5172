import { expect, test } from '@jest/globals';
import { createPump } from '../../../src/channels/directline/pump.js';

/** Steps that the test ends one by one. */
function controlledSteps() {
  const ends: ((isMore: boolean | Error) => void)[] = [];
  const step = (): Promise<boolean> =>
    new Promise((resolve, reject) => {
      ends.push((end) => (end instanceof Error ? reject(end) : resolve(end)));
    });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    step,
    started: () => ends.length,
    async end(isMore: boolean | Error) {
      ends.at(-1)?.(isMore);
      await settled();
    },
  };
}

test('runs until nothing is left, and rests', async () => {
  const steps = controlledSteps();
  const wake = createPump(steps.step, () => undefined);
  wake();
  await steps.end(true);
  expect(steps.started()).toBe(2);
  await steps.end(false);
  expect(steps.started()).toBe(2);
});

test('never runs twice at once; wake-ups that come meanwhile cause one more run', async () => {
  const steps = controlledSteps();
  const wake = createPump(steps.step, () => undefined);
  for (let wakes = 0; wakes < 5; wakes++) wake();
  expect(steps.started()).toBe(1);
  await steps.end(false);
  expect(steps.started()).toBe(2);
  await steps.end(false);
  expect(steps.started()).toBe(2);
});

test('hands a fault over and can be woken again', async () => {
  const steps = controlledSteps();
  const faults: unknown[] = [];
  const wake = createPump(steps.step, (error) => faults.push(error));
  wake();
  const fault = new Error('lost');
  await steps.end(fault);
  expect(faults).toEqual([fault]);
  wake();
  expect(steps.started()).toBe(2);
});
