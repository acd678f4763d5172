import type { z } from 'zod';
import type { Account } from '../domain/account.js';
import type { Presence } from '../domain/desk.js';
import type { colleague } from './schemas/team.js';

export type ColleagueView = z.input<typeof colleague>;

/** Those who can log in, as every delegate sees them. */
export function presentTeam(accounts: readonly Account[], presence: Pick<Presence, 'isConnected'>): ColleagueView[] {
  return accounts
    .filter(({ isDisabled }) => !isDisabled)
    .map(({ id, displayName, isAvailable }) => ({
      id,
      displayName,
      isConnected: presence.isConnected(id),
      isAvailable,
    }));
}
