import { setTimeout as wait } from 'node:timers/promises';
import { type Fleet, untilWhole } from './fleet.js';
import type { Member } from './member.js';

export interface Play {
  /** How long people talk while things break. */
  readonly seconds: number;
  /** How long Redis is away, and the database. */
  readonly cutSeconds: number;
  /** How often each of them goes away. */
  readonly cuts: number;
  readonly random: () => number;
  /** From time to time, for what can be seen only then. */
  readonly look: () => Promise<void>;
}

/** What was done to the servers, and how they took it. */
export interface Played {
  readonly kills: number;
  readonly pauses: number;
  readonly cuts: readonly Cut[];
  /** From the end of all troubles until everything was as it should be, in ms. */
  readonly healedMs: number;
}

export interface Cut {
  readonly of: 'redis' | 'database';
  /** What `/readyz` of the servers said meanwhile: each state that occurred. */
  readonly states: readonly string[];
}

const LONGEST_REST_MS = 3_000;
/** Longer than it takes to find out that a server is ill. */
const LONGEST_PAUSE_MS = 9_000;
const LONGEST_ABSENCE_MS = 2_500;
const PAUSES = 0.15;
const RESTART_MS = 250;
const HEALING_LIMIT_MS = 60_000;
const LOOK_MS = 500;

/** Kills, restarts and stops servers at random, and cuts them off from Redis and the database; then lets all heal by itself. */
export async function play(fleet: Fleet, { seconds, cutSeconds, cuts, random, look }: Play): Promise<Played> {
  let isOver = false;
  let kills = 0;
  let pauses = 0;
  const seen: Cut[] = [];
  const watches = [keepLooking()];

  async function keepLooking(): Promise<void> {
    while (!isOver) {
      await look();
      await wait(LOOK_MS);
    }
  }

  async function harass(): Promise<void> {
    while (!isOver) {
      await wait(random() * LONGEST_REST_MS);
      const member = fleet.members[Math.floor(random() * fleet.members.length)];
      if (!member) continue;
      if (random() < PAUSES) {
        pauses += 1;
        member.pause();
        await wait(random() * LONGEST_PAUSE_MS);
        member.resume();
      } else {
        kills += 1;
        await member.kill();
        await wait(random() * LONGEST_ABSENCE_MS);
        await keepStarting(member, () => isOver);
      }
    }
  }

  async function cutOff(of: Cut['of'], how: 'gone' | 'silent'): Promise<void> {
    const gate = of === 'redis' ? fleet.redis.gate : fleet.database;
    gate.shut(how);
    const until = performance.now() + cutSeconds * 1000;
    const states = new Set<string>();
    while (performance.now() < until) {
      await wait(LOOK_MS);
      for (const member of fleet.members) {
        const { status, processes } = await member.readiness();
        states.add(of === 'redis' ? (processes ?? status) : status);
      }
    }
    gate.open();
    seen.push({ of, states: [...states] });
  }

  const harassing = harass();
  const rest = (seconds - 2 * cuts * cutSeconds) / (2 * cuts + 1);
  for (let number = 0; number < cuts; number++) {
    const how = number % 2 === 0 ? 'gone' : 'silent';
    await wait(rest * 1000);
    await cutOff('redis', how);
    await wait(rest * 1000);
    await cutOff('database', how);
  }
  await wait(rest * 1000);
  isOver = true;
  await Promise.all([harassing, ...watches]);
  // The last word is a restart: whoever is down now would stay so.
  await Promise.all(fleet.members.map((member) => keepStarting(member, () => false)));
  return { kills, pauses, cuts: seen, healedMs: await untilWhole(fleet, HEALING_LIMIT_MS) };
}

/** As a process manager does: one that ends at its start, as the database is away, is started again. */
async function keepStarting(member: Member, isGivenUp: () => boolean): Promise<void> {
  while (!member.isRunning() && !isGivenUp()) {
    await member.start().catch(() => member.kill());
    if (!member.isRunning()) await wait(RESTART_MS);
  }
}
