import { expect, it } from '@jest/globals';
import { buildFactsVersion, buildPushSubscription } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

const CONFLICT = { code: 'revision-conflict' };

export function describeSettingsStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`settings store: ${name}`, makeStorage, (fresh) => {
    const settings = () => fresh().storage.settings;

    it('keeps one value under each name, by rev', async () => {
      expect(await settings().load('setup')).toBeUndefined();
      await settings().save('setup', { a: { $b: [1, null], '.': 'é' } });
      expect(await settings().load('setup')).toEqual({ rev: 1, value: { a: { $b: [1, null], '.': 'é' } } });
      await settings().save('setup', {}, 1);
      expect(await fresh().other.settings.load('setup')).toEqual({ rev: 2, value: {} });
      expect(await settings().load('push-keys')).toBeUndefined();
    });

    it('refuses what was made from another rev', async () => {
      await expect(settings().save('setup', { late: true }, 1)).rejects.toMatchObject(CONFLICT);
      await settings().save('setup', { first: true });
      for (const rev of [undefined, 0, 2]) {
        await expect(settings().save('setup', { late: true }, rev)).rejects.toMatchObject(CONFLICT);
      }
      expect(await settings().load('setup')).toEqual({ rev: 1, value: { first: true } });
    });

    it.each([undefined, 1])('lets one win of 20 at once, made from rev %p', async (rev) => {
      if (rev !== undefined) await settings().save('push-keys', {});
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).settings.save('push-keys', { index }, rev),
      );
      expect(lost).toEqual(Array(19).fill('revision-conflict'));
      const value = { index: won[0]?.index };
      expect(await settings().load('push-keys')).toEqual({ rev: (rev ?? 0) + 1, value });
    });
  });
}

export function describeFactsStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`facts store: ${name}`, makeStorage, (fresh) => {
    const facts = () => fresh().storage.facts;

    it('keeps every version, in order', async () => {
      expect(await facts().latest()).toBeUndefined();
      expect(await facts().history(5)).toEqual([]);
      const versions = Array.from({ length: 12 }, (_, index) => buildFactsVersion(index + 1));
      for (const version of versions) await facts().append(version);
      expect(await facts().latest()).toEqual(versions[11]);
      expect(await facts().load(3)).toEqual(versions[2]);
      expect(await facts().load(13)).toBeUndefined();
      expect(await facts().history(3)).toEqual([versions[11], versions[10], versions[9]]);
      expect(await facts().history(100)).toEqual(versions.toReversed());
    });

    it('lets one of 20 take a version', async () => {
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).facts.append(buildFactsVersion(1, { by: `${index}` })),
      );
      expect(lost).toEqual(Array(19).fill('duplicate'));
      expect(await facts().history(10)).toEqual([buildFactsVersion(1, { by: `${won[0]?.index}` })]);
    });
  });
}

export function describePushStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`push store: ${name}`, makeStorage, (fresh) => {
    const push = () => fresh().storage.push;

    it('keeps one subscription under each id, the last that was saved', async () => {
      const first = buildPushSubscription({ id: 'a', createdAt: 1 });
      const other = buildPushSubscription({ id: 'b', createdAt: 2, accountId: 'marie' });
      for (const each of [first, other]) await push().save(each);
      expect(await push().list()).toEqual([first, other]);
      const moved = buildPushSubscription({ id: 'a', createdAt: 3, accountId: 'marie', endpoint: 'https://other/' });
      await push().save(moved);
      expect(await push().list()).toEqual([other, moved]);
      expect(await push().removeOf('jean')).toBe(0);
      expect(await push().remove('b')).toBe(true);
      expect(await push().remove('b')).toBe(false);
      expect(await push().removeOf('marie')).toBe(1);
      expect(await push().list()).toEqual([]);
    });

    it('keeps one of 20 that are saved under one id at once', async () => {
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).push.save(buildPushSubscription({ id: 'a', createdAt: index })),
      );
      expect(won).toHaveLength(20);
      expect(await push().list()).toHaveLength(1);
    });
  });
}

export function describeStatisticsStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`statistics store: ${name}`, makeStorage, (fresh) => {
    const statistics = () => fresh().storage.statistics;

    it('sums over writers, day by day, each writer counted as it was last saved', async () => {
      await statistics().save('2026-03-29', 'one', { emergency: 1 });
      await statistics().save('2026-03-29', 'one', { emergency: 2, 'intent:hours': 3 });
      await statistics().save('2026-03-29', 'two', { emergency: 5, 'wait:6': 1 });
      await statistics().save('2026-03-30', 'one', { unsure: 4 });
      await statistics().save('2026-03-31', 'one', {});
      const days = [
        { date: '2026-03-29', counters: { emergency: 7, 'intent:hours': 3, 'wait:6': 1 } },
        { date: '2026-03-30', counters: { unsure: 4 } },
      ];
      expect(await statistics().between('2026-03-29', '2026-03-31')).toEqual(days);
      expect(await statistics().between('2026-03-30', '2026-03-30')).toEqual(days.slice(1));
      expect(await statistics().between('2026-03-01', '2026-03-29')).toEqual(days.slice(0, 1));
      expect(await statistics().between('2026-04-01', '2026-04-30')).toEqual([]);
    });

    it('loses no count of 20 writers at once', async () => {
      await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).statistics.save('2026-03-29', `${index}`, {
          conversations: index,
        }),
      );
      const [day] = await statistics().between('2026-03-29', '2026-03-29');
      expect(day?.counters).toEqual({ conversations: 190 });
    });
  });
}
