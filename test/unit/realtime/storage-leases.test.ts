import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSteadyClock } from '../../../src/realtime/steady-clock.js';
import { createLeaseWorld, type LeaseProcess, type LeaseWorld } from '../../support/lease-world.js';
import { createRandom } from '../../support/random.js';

const SECOND = 1_000;

let world: LeaseWorld;

beforeEach(() => {
  world = createLeaseWorld(createRandom(7));
});

/** How long it takes until this one holds it, in seconds; looked at every tenth. */
async function untilHeld(process: LeaseProcess, limit = 60): Promise<number> {
  const start = world.now();
  while (!process.isHeld()) {
    if (world.now() - start > limit * SECOND) throw new Error('It was never held');
    await world.run(100);
  }
  return (world.now() - start) / SECOND;
}

async function holderAndOther(): Promise<readonly [LeaseProcess, LeaseProcess]> {
  const holder = world.start();
  await untilHeld(holder, 1);
  const other = world.start();
  await world.run(20 * SECOND);
  return [holder, other];
}

describe('a lease', () => {
  test('that nobody has ever had is taken at once, and kept', async () => {
    const [holder, other] = await holderAndOther();
    await world.run(3_600 * SECOND);
    expect([holder.isHeld(), other.isHeld(), world.takings.length]).toEqual([true, false, 1]);
    expect(world.faults).toEqual([]);
  });

  test('of a process that was killed is taken over 15 s after it was last seen to move', async () => {
    const [holder, other] = await holderAndOther();
    holder.kill();
    const seconds = await untilHeld(other);
    expect(seconds).toBeGreaterThan(7);
    expect(seconds).toBeLessThan(18);
  });

  test('of a sole process that was killed is taken by the one that starts, after 15 s', async () => {
    const first = world.start();
    await untilHeld(first);
    first.kill();
    const seconds = await untilHeld(world.start());
    expect(seconds).toBeGreaterThanOrEqual(15);
    expect(seconds).toBeLessThan(18);
  });

  test('that is let go of is taken at once by one that is told, when its work has ended', async () => {
    const [holder, other] = await holderAndOther();
    const releasing = holder.release();
    await world.run(0);
    expect(holder.lease?.over.aborted).toBe(true);
    const seconds = await untilHeld(other);
    await releasing;
    expect(seconds).toBeLessThan(4.5);
    expect(world.faults).toEqual([]);
  });

  test('that is let go of is taken at the next look by one that was not told', async () => {
    const [holder, other] = await holderAndOther();
    world.isLineUp = false;
    void holder.release();
    expect(await untilHeld(other)).toBeLessThan(7.5);
  });

  test('is held until the work has ended, so that what is under way can be stored', async () => {
    const [holder] = await holderAndOther();
    void holder.release();
    await world.run(0);
    expect([holder.isHeld(), holder.lease?.isHeld()]).toEqual([true, true]);
    await world.run(6 * SECOND);
    expect([holder.isHeld(), holder.lease?.isHeld()]).toEqual([false, false]);
  });
});

describe('storage that is away', () => {
  test('has the holder lose it within 10 s, and nobody take it', async () => {
    const [holder, other] = await holderAndOther();
    world.fate = () => 'refused';
    await world.run(10 * SECOND);
    expect([holder.isHeld(), holder.lease?.isHeld(), holder.lease?.over.aborted]).toEqual([false, false, true]);
    await world.run(60 * SECOND);
    expect([holder.isHeld(), other.isHeld()]).toEqual([false, false]);
    world.fate = () => 'well';
    await world.run(3 * SECOND);
    expect([holder, other].filter((process) => process.isHeld())).toHaveLength(1);
    expect(world.takings).toHaveLength(2);
  });

  test('that comes back in time goes unnoticed', async () => {
    const [holder] = await holderAndOther();
    world.fate = () => 'refused';
    await world.run(4 * SECOND);
    world.fate = () => 'well';
    await world.run(60 * SECOND);
    expect([holder.isHeld(), world.takings.length]).toEqual([true, 1]);
  });

  test('for the answers only does not have the holder take its own writes for another’s', async () => {
    const [holder] = await holderAndOther();
    let calls = 0;
    world.fate = (self) => (self === holder.self && calls++ % 5 === 0 ? 'lost' : 'well');
    await world.run(120 * SECOND);
    world.fate = () => 'well';
    await world.run(20 * SECOND);
    expect(calls).toBeGreaterThan(20);
    expect([holder.isHeld(), world.takings.length]).toEqual([true, 1]);
  });
});

describe('a holder that was stopped', () => {
  test('for too long believes in it no more from its first instant on', async () => {
    const [holder, other] = await holderAndOther();
    const { lease } = holder;
    holder.pause(60 * SECOND);
    await untilHeld(other);
    expect([lease?.isHeld(), lease?.over.aborted]).toEqual([false, false]);
    await world.run(60 * SECOND);
    expect(lease?.over.aborted).toBe(true);
    expect([holder.isHeld(), other.isHeld()]).toEqual([false, true]);
    expect(other.lease?.token).toBeGreaterThan(lease?.token ?? Number.POSITIVE_INFINITY);
    expect(world.faults).toEqual([]);
  });

  test('for a short time keeps it', async () => {
    const [holder] = await holderAndOther();
    holder.pause(4 * SECOND);
    await world.run(60 * SECOND);
    expect([holder.isHeld(), world.takings.length]).toEqual([true, 1]);
  });
});

describe('the steady clock', () => {
  test.each([
    ['goes on while the machine sleeps', 10, 60_010, 60_010],
    ['does not go back with the wall clock', 10, -60_000, 10],
    ['is not put forward by a wall clock that is corrected a little', 10, 400, 10],
  ])('%s', (_, steadyMs, wallMs, expected) => {
    let [steady, wall] = [5_000, 1_000_000];
    const now = createSteadyClock(
      () => steady,
      () => wall,
    );
    const before = now();
    steady += steadyMs;
    wall += wallMs;
    expect(now() - before).toBe(expected);
    expect(now() - before).toBe(expected);
  });
});
