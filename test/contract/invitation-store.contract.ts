import { expect, it } from '@jest/globals';
import { buildInvitation } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

export function describeInvitationStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`invitation store: ${name}`, makeStorage, (fresh) => {
    const invitations = () => fresh().storage.invitations;

    it('gives back what was created', async () => {
      const full = buildInvitation({ kind: 'reset', displayName: 'Jean', accountId: 'a', createdBy: 'b' });
      const plain = buildInvitation({ expiresAt: full.expiresAt + 1 });
      for (const each of [full, plain]) await invitations().create(each);
      expect(await invitations().load(full.id)).toEqual(full);
      expect(await invitations().list()).toEqual([full, plain]);
      expect(await invitations().load('absent')).toBeUndefined();
      await expect(invitations().create(full)).rejects.toMatchObject({ code: 'duplicate' });
    });

    it('is given to one only of 20 who use it at once', async () => {
      const invitation = buildInvitation();
      await invitations().create(invitation);
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).invitations.remove(invitation.id),
      );
      expect(won.filter(({ value }) => value)).toHaveLength(1);
      expect(won).toHaveLength(20);
      expect(await invitations().load(invitation.id)).toBeUndefined();
      expect(await invitations().remove(invitation.id)).toBe(false);
    });

    it('removes those that have expired', async () => {
      const all = [1, 2, 3].map((expiresAt) => buildInvitation({ expiresAt }));
      for (const each of all) await invitations().create(each);
      expect(await invitations().removeExpired(3)).toBe(2);
      expect(await invitations().removeExpired(3)).toBe(0);
      expect(await invitations().list()).toEqual(all.slice(2));
    });
  });
}
