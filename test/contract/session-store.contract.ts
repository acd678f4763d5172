import { expect, it } from '@jest/globals';
import { buildSession } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

export function describeSessionStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`session store: ${name}`, makeStorage, (fresh) => {
    const sessions = () => fresh().storage.sessions;

    it('gives back what was created, and changes what is given', async () => {
      const session = buildSession();
      await sessions().create(session);
      expect(await sessions().load(session.id)).toEqual(session);
      expect(await sessions().update(session.id, { isLocked: true })).toBe(true);
      expect(await sessions().update(session.id, { lastActiveAt: session.lastActiveAt + 5 })).toBe(true);
      expect(await sessions().update(session.id, {})).toBe(true);
      const changed = { ...session, isLocked: true, lastActiveAt: session.lastActiveAt + 5 };
      expect(await fresh().other.sessions.load(session.id)).toEqual(changed);
      await expect(sessions().create(session)).rejects.toMatchObject({ code: 'duplicate' });
    });

    it('knows nothing of others', async () => {
      expect(await sessions().load('absent')).toBeUndefined();
      expect(await sessions().update('absent', { isLocked: true })).toBe(false);
      expect(await sessions().remove('absent')).toBe(false);
      expect(await sessions().listOf('absent')).toEqual([]);
      expect(await sessions().removeOf('absent')).toEqual([]);
    });

    it('loses none of 20 changes at once', async () => {
      const session = buildSession();
      await sessions().create(session);
      const { won } = await race((index) => {
        const change = index === 7 ? { isLocked: true } : { lastActiveAt: session.lastActiveAt + index };
        return (index % 2 ? fresh().other : fresh().storage).sessions.update(session.id, change);
      });
      expect(won.map(({ value }) => value)).toEqual(Array(20).fill(true));
      expect(await sessions().load(session.id)).toMatchObject({ isLocked: true });
    });

    it('tells one only of 20 removals that it removed, and no change brings the session back', async () => {
      const session = buildSession();
      await sessions().create(session);
      const { won } = await race((index) =>
        index % 2
          ? fresh()
              .other.sessions.update(session.id, { lastActiveAt: index })
              .then(() => false)
          : fresh().storage.sessions.remove(session.id),
      );
      expect(won.filter(({ value }) => value)).toHaveLength(1);
      expect(await sessions().load(session.id)).toBeUndefined();
      expect(await sessions().listOf(session.accountId)).toEqual([]);
    });

    it('lists and removes those of one account, the one in use excepted', async () => {
      for (const id of ['a', 'b', 'c']) await sessions().create(buildSession({ id }));
      const other = buildSession({ accountId: 'marie' });
      await sessions().create(other);
      expect((await sessions().listOf('jean')).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
      expect([...(await sessions().removeOf('jean', 'b'))].sort()).toEqual(['a', 'c']);
      expect((await sessions().listOf('jean')).map(({ id }) => id)).toEqual(['b']);
      expect(await sessions().removeOf('jean')).toEqual(['b']);
      expect(await sessions().load(other.id)).toEqual(other);
    });

    it('removes those that nobody used for long, of any account', async () => {
      const [old, kept] = [buildSession({ lastActiveAt: 10 }), buildSession({ lastActiveAt: 20, accountId: 'marie' })];
      for (const session of [old, kept, buildSession({ lastActiveAt: 12 })]) await sessions().create(session);
      await sessions().update(old.id, { lastActiveAt: 30 });
      expect(await sessions().removeInactiveSince(20)).toBe(1);
      expect(await sessions().load(old.id)).toBeDefined();
      expect(await sessions().load(kept.id)).toBeDefined();
    });
  });
}
