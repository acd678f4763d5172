import { describe, expect, test } from '@jest/globals';
import { loadFacts } from '../../../src/content/load-facts.js';
import type { Facts } from '../../../src/domain/facts.js';
import type { EditableFacts } from '../../../src/domain/facts-edit.js';
import { openLiveFacts } from '../../../src/domain/live-facts.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const base = loadFacts(new URL('../../../corpus/fr/', import.meta.url));
const clock = () => new Date('2026-11-24T10:00:00Z');

function withEmail(facts: Facts, email: string): EditableFacts {
  const { permanences, sectors, station } = facts;
  return { permanences, station, sectors: sectors.map((sector) => ({ ...sector, email })) };
}

describe('live facts', () => {
  test('a saved version counts at once, here and in another process after a refresh, and after a restart', async () => {
    const { facts: store, close } = await openMemoryStorage();
    const here = await openLiveFacts({ base, store, clock });
    const there = await openLiveFacts({ base, store, clock });
    const told: Facts[] = [];
    here.subscribe((facts) => told.push(facts));
    await here.save({ facts: withEmail(base, 'a@exemple.fr'), madeFrom: 0, by: 'marie' });

    expect(here.current().sectors[0]?.email).toBe('a@exemple.fr');
    expect(told).toEqual([here.current()]);
    expect(there.current()).toBe(base);
    await there.refresh();
    expect(there.current()).toEqual(here.current());
    const restarted = await openLiveFacts({ base, store, clock });
    expect(restarted.current()).toEqual(here.current());
    expect(restarted.version()).toBe(1);
    await close();
  });

  test('of two changes made from the same version, one is refused and nothing of it counts', async () => {
    const { facts: store, close } = await openMemoryStorage();
    const here = await openLiveFacts({ base, store, clock });
    const there = await openLiveFacts({ base, store, clock });
    const results = await Promise.allSettled([
      here.save({ facts: withEmail(base, 'a@exemple.fr'), madeFrom: 0, by: 'marie' }),
      there.save({ facts: withEmail(base, 'b@exemple.fr'), madeFrom: 0, by: 'jean' }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'revision-conflict' },
    });
    expect(await here.history(10)).toHaveLength(1);
    await close();
  });

  test('an undo puts back what was, as a version of its own', async () => {
    const { facts: store, close } = await openMemoryStorage();
    const live = await openLiveFacts({ base, store, clock });
    await live.save({ facts: withEmail(base, 'a@exemple.fr'), madeFrom: 0, by: 'marie' });
    await live.save({ facts: withEmail(base, 'b@exemple.fr'), madeFrom: 1, by: 'jean' });
    await live.undo({ to: 1, madeFrom: 2, by: 'marie' });
    expect(live.current().sectors[0]?.email).toBe('a@exemple.fr');
    await live.undo({ to: 0, madeFrom: 3, by: 'marie' });
    expect(live.current().sectors).toEqual(base.sectors);
    expect((await live.history(10)).map(({ version, by, undoneTo }) => ({ version, by, undoneTo }))).toEqual([
      { version: 4, by: 'marie', undoneTo: 0 },
      { version: 3, by: 'marie', undoneTo: 1 },
      { version: 2, by: 'jean', undoneTo: undefined },
      { version: 1, by: 'marie', undoneTo: undefined },
    ]);
    await expect(live.undo({ to: 99, madeFrom: 4, by: 'marie' })).rejects.toThrow(RangeError);
    await close();
  });
});
