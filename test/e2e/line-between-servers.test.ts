import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { type ChatClient, openChat } from '../support/chat-client.js';
import { canOpenFleet, type Fleet, openFleet, untilWhole } from '../support/many/fleet.js';
import type { Member } from '../support/many/member.js';
import { canStartRedis } from '../support/redis-server.js';

const HEAL_MS = 10_000;
const NOTICED_MS = 5_000;

/** A resident's page on that server; resolves with the time from `from` until a message with those words was there. */
async function watch(member: Member, { conversationId, token }: ChatClient) {
  const session = await fetch(`${member.url}/v3/directline/conversations/${conversationId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const streamUrl = new URL(((await session.json()) as { streamUrl: string }).streamUrl);
  streamUrl.host = new URL(member.url).host;
  const socket = new WebSocket(streamUrl);
  const heard: string[] = [];
  const looks = new Set<() => void>();
  socket.on('message', (frame) => {
    heard.push(frame.toString());
    for (const look of looks) look();
  });
  return {
    until: (words: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!heard.some((frame) => frame.includes(words))) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    close: () => socket.close(),
  };
}

(canOpenFleet && canStartRedis ? describe : describe.skip)(
  'what is written at one server is shown by the other (needs MONGODB_TEST_URI and redis-server)',
  () => {
    let fleet: Fleet;
    let chat: ChatClient;
    let page: Awaited<ReturnType<typeof watch>>;

    async function timeOf(words: string): Promise<number> {
      const started = performance.now();
      await chat.send(words);
      await page.until(words);
      return performance.now() - started;
    }

    /** Resolves once both say so; rejects when they do not within the time in which a silence is noticed. */
    async function untilApart(): Promise<void> {
      const started = performance.now();
      for (;;) {
        const states = await Promise.all(fleet.members.map((member) => member.readiness()));
        if (states.every(({ status, processes }) => status === 'ready' && processes === 'apart')) return;
        if (performance.now() - started > NOTICED_MS) throw new Error(`Not apart: ${JSON.stringify(states)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    beforeAll(async () => {
      fleet = await openFleet({ processes: 2 });
      await untilWhole(fleet, HEAL_MS);
      const [one, other] = fleet.members as [Member, Member];
      chat = await openChat(one.url);
      page = await watch(other, chat);
    });

    afterAll(async () => {
      page.close();
      const started = performance.now();
      expect(await fleet.close()).toEqual([0, 0]);
      expect(performance.now() - started).toBeLessThan(15_000);
    });

    test('at once over Redis', async () => {
      expect(await timeOf('bonjour, la première fois')).toBeLessThan(2_000);
    });

    test.each(['gone', 'silent'] as const)(
      'within seconds without Redis, which is %s; it heals by itself',
      async (how) => {
        fleet.redis.gate.shut(how);
        // What nobody has noticed yet is found by the first look.
        expect(await timeOf(`bonjour, elle vient de partir (${how})`)).toBeLessThan(9_000);
        await untilApart();
        expect(await timeOf(`bonjour, sans elle (${how})`)).toBeLessThan(5_000);
        fleet.redis.gate.open();
        await untilWhole(fleet, HEAL_MS);
        expect(await timeOf(`bonjour, de nouveau (${how})`)).toBeLessThan(2_000);
      },
    );
  },
);
