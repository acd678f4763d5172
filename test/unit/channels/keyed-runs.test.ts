import { expect, test } from '@jest/globals';
import { createKeyedRuns } from '../../../src/channels/keyed-runs.js';

/** Runs that the test ends one by one, in their order. */
function controlledRuns() {
  const started: { readonly key: string; readonly end: (result: 'on' | 'stop') => void }[] = [];
  const runs = createKeyedRuns<'on' | 'stop'>(
    (key) => new Promise((end) => started.push({ key, end })),
    (result) => result === 'on',
  );
  return {
    runs,
    keys: () => started.map(({ key }) => key),
    async end(index: number, result: 'on' | 'stop' = 'on'): Promise<void> {
      started[index]?.end(result);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('calls during a run share one run after it', async () => {
  const { runs, keys, end } = controlledRuns();
  const calls = [runs.run('a'), runs.run('a'), runs.run('a')];
  expect(keys()).toEqual(['a']);
  await end(0);
  expect(keys()).toEqual(['a', 'a']);
  const late = runs.run('a');
  await end(1);
  expect(keys()).toEqual(['a', 'a', 'a']);
  await end(2);
  expect(await Promise.all([...calls, late])).toEqual(['on', 'on', 'on', 'on']);
  await runs.idle();
});

test('keys do not wait for each other', async () => {
  const { runs, keys, end } = controlledRuns();
  const calls = [runs.run('a'), runs.run('b')];
  expect(keys()).toEqual(['a', 'b']);
  await end(1);
  expect(await calls[1]).toBe('on');
  await end(0);
});

test('a run that may not be gone on from ends the calls that waited for it', async () => {
  const { runs, keys, end } = controlledRuns();
  const calls = [runs.run('a'), runs.run('a')];
  await end(0, 'stop');
  expect(await Promise.all(calls)).toEqual(['stop', 'stop']);
  expect(keys()).toEqual(['a']);
  const again = runs.run('a');
  await end(1);
  expect(await again).toBe('on');
});

test('is idle once nothing is under way, what was asked for meanwhile included', async () => {
  const { runs, end } = controlledRuns();
  let isIdle = false;
  await runs.idle();
  void runs.run('a');
  void runs.run('a');
  const idle = runs.idle().then(() => {
    isIdle = true;
  });
  await end(0);
  expect(isIdle).toBe(false);
  await end(1);
  await idle;
  expect(isIdle).toBe(true);
});
