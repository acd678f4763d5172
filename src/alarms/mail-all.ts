import type { Account } from '../domain/account.js';
import type { Mailer } from './mailer.js';

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** One mail to each who gave an address; `onFailure` is told of those that could not be sent. */
export async function mailAll(
  mailer: Mailer,
  team: readonly Account[],
  mail: Mail,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const addresses = team.flatMap(({ email }) => (email === undefined ? [] : [email]));
  const results = await Promise.allSettled(addresses.map((to) => mailer.send({ to, ...mail })));
  for (const result of results) if (result.status === 'rejected') onFailure(result.reason);
}
