import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inDepth } from '../support/depth.js';
import { createLeaseWorld, type LeaseProcess, type LeaseWorld, type StorageFate } from '../support/lease-world.js';
import { createRandom } from '../support/random.js';

const RUNS = inDepth(400, 40);
const SECOND = 1_000;
/** A life that is gone is seen after 15 s and a look; clocks that go slowly, and ends that take long, need some more. */
const HEALS_MS = 40 * SECOND;
const ROUNDS = 12;

interface Plan {
  readonly seed: number;
  readonly count: number;
}

const plans: fc.Arbitrary<Plan> = fc.record({ seed: fc.nat(), count: fc.integer({ min: 1, max: 5 }) });

/** For a while everything goes wrong that can; then nothing more does. */
async function play({ seed, count }: Plan, hasFrozenClock = false): Promise<LeaseWorld> {
  const random = createRandom(seed);
  const world = createLeaseWorld(random);
  // Clocks that go by up to a seventh too fast or too slow, which none does.
  const start = (): LeaseProcess => world.start({ rate: 0.86 + 0.28 * random(), hasFrozenClock });
  for (let index = 0; index < count; index += 1) start();
  for (let round = 0; round < ROUNDS; round += 1) {
    disturb(world, random, start);
    await world.run(30 * SECOND * random());
  }
  world.fate = () => 'well';
  await world.run(60 * SECOND);
  return world;
}

function disturb(world: LeaseWorld, random: () => number, start: () => unknown): void {
  const alive = world.processes.filter(({ isAlive }) => isAlive);
  const some = alive[Math.floor(random() * alive.length)];
  const [troubled] = alive.filter(() => random() < 0.5);
  const fates: readonly StorageFate[] = ['well', 'well', 'refused', 'lost', 'late'];
  const share = random();
  const fate = fates[Math.floor(random() * fates.length)] ?? 'well';
  world.fate = (self) => ((share < 0.3 || self === troubled?.self) && random() < 0.8 ? fate : 'well');
  world.isLineUp = random() < 0.7;
  const what = random();
  if (what < 0.4) some?.pause(40 * SECOND * random());
  else if (what < 0.6) some?.kill();
  else if (what < 0.75) void some?.release();
  if (random() < 0.4 || alive.length < 2) start();
}

describe('a lease that processes take from each other while they are stopped and killed and storage fails', () => {
  test('is never believed to be held by two, its tokens only grow, and somebody holds it in the end', async () => {
    let takings = 0;
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const world = await play(plan);
        await world.run(HEALS_MS);
        expect(world.faults).toEqual([]);
        const holders = world.processes.filter(({ isAlive, isHeld }) => isAlive && isHeld());
        expect(holders).toHaveLength(1);
        expect(world.row()?.holder).toBe(holders[0]?.self);
        takings += world.takings.length;
      }),
      { numRuns: RUNS },
    );
    expect(takings).toBeGreaterThan(3 * RUNS);
  }, 240_000);

  test('would be held by two if a process did not notice that it had been stopped', async () => {
    let faults = 0;
    for (let seed = 0; seed < 20; seed += 1) faults += (await play({ seed, count: 4 }, true)).faults.length;
    expect(faults).toBeGreaterThan(0);
  }, 60_000);
});
