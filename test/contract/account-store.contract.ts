import { expect, it } from '@jest/globals';
import { buildAccount } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

export function describeAccountStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`account store: ${name}`, makeStorage, (fresh) => {
    const accounts = () => fresh().storage.accounts;

    it('gives back what was created, by id and by login, at rev 0', async () => {
      const full = buildAccount({
        rev: 7,
        login: 'jean',
        email: 'jean@example.org',
        secondFactor: { secret: 'JBSWY3DP', since: 1, lastUsedStep: 2 },
        lastSeenAt: 3,
      });
      await accounts().create(full);
      expect(await accounts().load(full.id)).toEqual({ ...full, rev: 0 });
      expect(await accounts().findByLogin('jean')).toEqual({ ...full, rev: 0 });
      expect(await accounts().load('jean')).toBeUndefined();
      expect(await accounts().findByLogin('Jean')).toBeUndefined();
    });

    it('lists all, the oldest first', async () => {
      for (const createdAt of [3, 1, 2]) await accounts().create(buildAccount({ createdAt }));
      expect((await accounts().list()).map(({ createdAt }) => createdAt)).toEqual([1, 2, 3]);
    });

    it('refuses a taken id or login, and keeps the first', async () => {
      const first = buildAccount({ login: 'jean' });
      await accounts().create(first);
      await expect(accounts().create(buildAccount({ login: 'jean' }))).rejects.toMatchObject({ code: 'duplicate' });
      await expect(accounts().create(buildAccount({ id: first.id }))).rejects.toMatchObject({ code: 'duplicate' });
      expect(await accounts().list()).toEqual([first]);
    });

    it('lets one win of 20 creations with one login', async () => {
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).accounts.create(buildAccount({ id: `${index}`, login: 'jean' })),
      );
      expect(lost).toEqual(Array(19).fill('duplicate'));
      expect((await accounts().list()).map(({ id }) => id)).toEqual(won.map(({ index }) => `${index}`));
    });

    it('replaces the account at its rev, and makes the rev one more', async () => {
      const account = buildAccount({ login: 'jean', email: 'jean@example.org' });
      await accounts().create(account);
      const { email: _, ...changed } = { ...account, login: 'jeanne', isDisabled: true };
      await accounts().update(changed);
      expect(await accounts().load(account.id)).toEqual({ ...changed, rev: 1 });
      expect(await accounts().findByLogin('jeanne')).toEqual({ ...changed, rev: 1 });
      expect(await accounts().findByLogin('jean')).toBeUndefined();
      // The login it had is free again.
      await accounts().create(buildAccount({ login: 'jean' }));
    });

    it('refuses a change of another rev, of no account, and to a login of another', async () => {
      const account = buildAccount();
      await accounts().create(account);
      await accounts().create(buildAccount({ login: 'taken' }));
      const refusals = [
        [{ ...account, rev: 1 }, 'revision-conflict'],
        [buildAccount(), 'account-gone'],
        [{ ...account, login: 'taken' }, 'duplicate'],
      ] as const;
      for (const [change, code] of refusals) await expect(accounts().update(change)).rejects.toMatchObject({ code });
      expect(await accounts().load(account.id)).toEqual(account);
    });

    it('lets one win of 20 changes at once', async () => {
      const account = buildAccount();
      await accounts().create(account);
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).accounts.update({ ...account, displayName: `${index}` }),
      );
      expect(lost).toEqual(Array(19).fill('revision-conflict'));
      const [winner] = won;
      expect(await accounts().load(account.id)).toEqual({ ...account, rev: 1, displayName: `${winner?.index}` });
    });
  });
}
