import { expect, it } from '@jest/globals';
import type { StoredProcess } from '../../src/storage/ports/process-store.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

const CONFLICT = { code: 'revision-conflict' };

export function describeLeaseStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`lease store: ${name}`, makeStorage, (fresh) => {
    const leases = () => fresh().storage.leases;

    it('keeps one holder under each name, with a token that grows', async () => {
      expect(await leases().load('upkeep')).toBeUndefined();
      const first = await leases().write('upkeep', 'one', undefined);
      expect(await fresh().other.leases.load('upkeep')).toEqual({ token: first, holder: 'one' });
      const beat = await leases().write('upkeep', 'one', first);
      const freed = await leases().write('upkeep', undefined, beat);
      expect(await leases().load('upkeep')).toEqual({ token: freed });
      const next = await fresh().other.leases.write('upkeep', 'two', freed);
      expect([first, beat, freed, next]).toEqual([first, beat, freed, next].toSorted((one, other) => one - other));
      expect(new Set([first, beat, freed, next]).size).toBe(4);
      expect(await leases().load('telegram-polling')).toBeUndefined();
    });

    it('refuses what was made from another token', async () => {
      await expect(leases().write('upkeep', 'late', 1)).rejects.toMatchObject(CONFLICT);
      const token = await leases().write('upkeep', 'one', undefined);
      for (const expected of [undefined, token - 1, token + 1]) {
        await expect(leases().write('upkeep', 'late', expected)).rejects.toMatchObject(CONFLICT);
        await expect(leases().write('upkeep', undefined, expected)).rejects.toMatchObject(CONFLICT);
      }
      expect(await leases().load('upkeep')).toEqual({ token, holder: 'one' });
    });

    it.each([false, true])('lets one of 20 take it at once; held before: %p', async (isHeld) => {
      const token = isHeld ? await leases().write('upkeep', 'before', undefined) : undefined;
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).leases.write('upkeep', `${index}`, token),
      );
      expect(lost).toEqual(Array(19).fill('revision-conflict'));
      expect(await leases().load('upkeep')).toEqual({ token: won[0]?.value, holder: `${won[0]?.index}` });
    });
  });
}

function processOf(id: string, beat: number, change: Partial<StoredProcess> = {}): StoredProcess {
  return { id, beat, at: 1_000 * beat, visits: [], left: {}, ...change };
}

export function describeProcessStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`process store: ${name}`, makeStorage, (fresh) => {
    const processes = () => fresh().storage.processes;

    it('keeps each process as it was last written', async () => {
      expect(await processes().list()).toEqual([]);
      await processes().save(processOf('one', 1));
      await fresh().other.processes.save(processOf('two', 2));
      const changed = processOf('one', 3, {
        visits: [{ delegateId: 'jean', conversationId: 'c1' }, { delegateId: 'marie' }],
        left: { jean: 5, '.': 6, $x: 7 },
      });
      await processes().save(changed);
      expect(await fresh().other.processes.list()).toEqual([processOf('two', 2), changed]);
    });

    it('removes one, once', async () => {
      await processes().save(processOf('one', 1));
      await processes().save(processOf('two', 2));
      expect(await fresh().other.processes.remove('one')).toBe(true);
      expect(await processes().remove('one')).toBe(false);
      expect(await processes().list()).toEqual([processOf('two', 2)]);
    });

    it('removes those last written before', async () => {
      for (const beat of [1, 2, 3]) await processes().save(processOf(`${beat}`, beat));
      expect(await processes().removeBefore(3_000)).toBe(2);
      expect(await processes().removeBefore(3_000)).toBe(0);
      expect(await processes().list()).toEqual([processOf('3', 3)]);
    });

    it('loses none of 20 that write at once', async () => {
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).processes.save(processOf(`${index}`, index)),
      );
      expect(won).toHaveLength(20);
      expect(await processes().list()).toHaveLength(20);
    });
  });
}
