import type { Account } from '../domain/account.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { PushStore, PushSubscription } from '../storage/ports/settings-store.js';

/** Whom a bell may ring for, and where: to be read before it is noted that it rings, since storage may be away after that. */
export interface Audience {
  readonly team: readonly Account[];
  readonly subscriptions: readonly PushSubscription[];
}

export interface AudienceStores {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly subscriptions: Pick<PushStore, 'list'>;
}

/** Accounts that are disabled are left out. Rejects when storage is away. */
export async function readAudience({ accounts, subscriptions }: AudienceStores): Promise<Audience> {
  const [everybody, browsers] = await Promise.all([accounts.list(), subscriptions.list()]);
  return { team: everybody.filter(({ isDisabled }) => !isDisabled), subscriptions: browsers };
}
