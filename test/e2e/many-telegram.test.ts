import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/many/doors.js';
import { canOpenFleet, type Fleet, openFleet, untilWhole } from '../support/many/fleet.js';
import type { Member } from '../support/many/member.js';
import { canStartRedis } from '../support/redis-server.js';
import { type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';

const START_MS = 120_000;
const TEST_MS = 120_000;
const WHOLE_MS = 20_000;
/** A lease whose holder is killed is taken over after 15 s, and what it left is in order soon after. */
const TAKEN_OVER_MS = 45_000;
/** One that is let go of is taken at once. */
const HANDED_OVER_MS = 15_000;
/** How often Telegram may find two who fetch: once, when a poll of the one before is still open. */
const MOST_CONFLICTS_A_CHANGE = 1;
const CONFLICT = 409;

const canRun = canOpenFleet && canStartRedis;

(canRun ? describe : describe.skip)(
  'three processes of which one fetches from Telegram (needs MONGODB_TEST_URI and redis-server)',
  () => {
    let fake: FakeTelegram;
    let fleet: Fleet;
    beforeAll(async () => {
      fake = await openFakeTelegram();
      fleet = await openFleet({ telegram: fake, isPolling: true });
      await untilWhole(fleet, WHOLE_MS);
    }, START_MS);
    afterAll(async () => {
      expect(await fleet.close()).toEqual([0, 0, 0]);
      await fake.close();
    }, START_MS);

    /** Those that say that they fetch. */
    async function fetchers(): Promise<readonly Member[]> {
      const states = await Promise.all(fleet.members.map((member) => member.readiness()));
      return fleet.members.filter((_, index) => states[index]?.telegram === 'running');
    }

    const theFetcher = (limitMs: number): Promise<Member> =>
      eventually(
        async () => {
          const [one, ...others] = await fetchers();
          return others.length === 0 ? one : undefined;
        },
        limitMs,
        () => 'not one fetches',
      );

    const conflicts = (): number => fake.callsOf('getUpdates').filter(({ status }) => status === CONFLICT).length;

    test(
      'the others stand by, and one takes over: at once from one that stops, soon from one that is killed',
      async () => {
        const chat = fake.openChat();
        chat.write('/start');
        await chat.waitFor('robot', WHOLE_MS);
        const first = await theFetcher(HANDED_OVER_MS);
        expect(await first.stop()).toBe(0);
        const second = await theFetcher(HANDED_OVER_MS);
        expect(second).not.toBe(first);
        chat.write('où se trouve la permanence ?');
        await chat.waitFor('7/9 rue Picasso', HANDED_OVER_MS);
        await second.kill();
        chat.write('merci');
        const before = chat.said.length;
        await chat.waitFor(() => chat.said.length > before, TAKEN_OVER_MS);
        const third = await theFetcher(TAKEN_OVER_MS);
        expect([first, second]).not.toContain(third);
        await Promise.all([first.start(), second.start()]);
        await untilWhole(fleet, WHOLE_MS);
        expect(await theFetcher(HANDED_OVER_MS)).toBe(third);
        expect(conflicts()).toBeLessThanOrEqual(2 * MOST_CONFLICTS_A_CHANGE);
        expect(new Set(chat.said).size).toBe(chat.said.length);
      },
      TEST_MS,
    );

    test(
      'one that is stopped in its tracks and wakes up later does not fetch again',
      async () => {
        const chat = fake.openChat();
        const holder = await theFetcher(HANDED_OVER_MS);
        const before = conflicts();
        holder.pause();
        chat.write('/start');
        await chat.waitFor('robot', TAKEN_OVER_MS);
        holder.resume();
        chat.write('où se trouve la permanence ?');
        await chat.waitFor('7/9 rue Picasso', HANDED_OVER_MS);
        expect(await theFetcher(HANDED_OVER_MS)).not.toBe(holder);
        expect(conflicts() - before).toBeLessThanOrEqual(2 * MOST_CONFLICTS_A_CHANGE);
        expect(new Set(chat.said).size).toBe(chat.said.length);
      },
      TEST_MS,
    );
  },
);
