import type { Invitation } from '../../domain/account.js';
import type { InvitationStore } from '../ports/account-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createInvitationStore(collections: RecordCollections): InvitationStore {
  const invitations = collections<Invitation>({
    name: 'invitation',
    placeOf: ({ id, expiresAt }) => ({ id, sort: expiresAt }),
  });

  return {
    create: (invitation) => invitations.insert(invitation),
    load: async (id) => (await invitations.load(id))?.value,
    list: () => invitations.list(),
    remove: (id) => invitations.remove(id),
    removeExpired: (before) => invitations.removeRange({ before }),
  };
}
