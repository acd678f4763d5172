import { afterEach, expect, test } from '@jest/globals';
import type { WakeUps } from '../../../src/domain/wake-ups.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import { type EventStream, openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';
import { createRandom } from '../../support/random.js';

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>>;
afterEach(async () => {
  await server.close();
  await world.close();
});

/** Loses one signal in two. */
function createLossyWakeUps(random: () => number): WakeUps {
  const whole = createInProcessWakeUps((error) => {
    throw error;
  });
  return { ...whole, notify: (id, signal) => random() < 0.5 && whole.notify(id, signal) };
}

/** What a page shows after the events it got: the rev of each card. */
function shownBy({ events }: EventStream): Record<string, number> {
  const cards = new Map<string, number>();
  for (const { name, data } of events) {
    const card = data as { id: string; rev: number; cards?: { id: string; rev: number }[] };
    for (const { id, rev } of name === 'queue' ? (card.cards ?? []) : []) cards.set(id, rev);
    if (name === 'card') {
      // A page never goes back to an older state.
      expect(card.rev).toBeGreaterThan(cards.get(card.id) ?? -1);
      cards.set(card.id, card.rev);
    }
    if (name === 'card-gone') cards.delete(card.id);
  }
  return Object.fromEntries([...cards].sort());
}

async function storedQueue(): Promise<Record<string, number>> {
  const list = await world.storage.conversations.listQueue(500);
  return Object.fromEntries(list.map(({ id, rev }): [string, number] => [id, rev]).sort());
}

test.each([11, 12, 13, 14])(
  'pages that come and go agree with storage in the end, whatever happens and is lost (%i)',
  async (seed) => {
    const random = createRandom(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    world = await openInboxWorld({ wakeUps: createLossyWakeUps(random) });
    server = await openEventServer(world, { reconcileMs: 15, heartbeatMs: 15, loadGapMs: 1 });
    const { jean, marie } = world.delegates;
    const ids: string[] = [];
    const streams: EventStream[] = [];

    const steps: readonly (() => Promise<unknown>)[] = [
      async () => ids.push((await world.addConversation()).id),
      async () => world.addMessage(pick(ids)),
      async () => world.call('take', pick([jean, marie]), { id: pick(ids) }),
      async () => world.call('giveBack', pick([jean, marie]), { id: pick(ids) }),
      async () => world.call('close', pick([jean, marie]), { id: pick(ids) }),
      async () => world.call('reopen', pick([jean, marie]), { id: pick(ids) }),
      async () => world.call('transfer', pick([jean, marie]), { id: pick(ids), body: {} }),
      async () => {
        const id = pick(ids);
        await world.storage.conversations.remove(id);
        world.wakeUps.notify(id, { kind: 'removed' });
      },
      async () => {
        if (streams.length > 4) await streams.shift()?.leave();
        streams.push(await server.open(pick([jean, marie]), { conversation: pick(ids) }));
      },
    ];

    for (let index = 0; index < 4; index++) await steps[0]?.();
    let done = 0;
    for (let index = 0; index < 200; index++) {
      // Most refusals are right: a colleague holds it, it is gone, the state does not allow it.
      done += await pick(steps)().then(
        () => 1,
        () => 0,
      );
    }
    expect(done).toBeGreaterThan(50);
    streams.push(await server.open(jean));
    const stored = await storedQueue();
    const text = JSON.stringify(stored);
    await Promise.all(streams.map((stream) => stream.until(() => JSON.stringify(shownBy(stream)) === text)));
    expect(streams.map(shownBy)).toEqual(streams.map(() => stored));
    expect(Object.keys(stored).length).toBeGreaterThan(0);
  },
);
