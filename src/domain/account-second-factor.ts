import type { Client } from './account-attempts.js';
import type { AccountParts } from './account-parts.js';
import { provePassword } from './account-proof.js';
import type { Holder, Opened } from './account-sessions.js';
import { DomainError } from './errors.js';
import { checkCode, withoutSecondFactor, withStep } from './second-factor.js';

/** One's own second factor. */
export interface AccountSecondFactor {
  /** The same secret each time for one session. @throws DomainError `second-factor-on`. */
  startSecondFactor(holder: Holder): { secret: string; uri: string };
  /** @throws DomainError `wrong-code`, `second-factor-on`, `session-over`. */
  confirmSecondFactor(holder: Holder, code: string, client: Client): Promise<Opened>;
  /** @throws DomainError `wrong-credentials`, `second-factor-required`, `too-many-attempts`, `session-over`. */
  removeSecondFactor(holder: Holder, authKey: string, client: Client): Promise<Opened>;
}

export function createAccountSecondFactor(parts: AccountParts): AccountSecondFactor {
  const { audit, attempts, clock, secrets, sessions, settings, totp } = parts;

  /** A session under a new id offers another secret: none is offered twice. */
  const offered = ({ session }: Holder): string => totp.encode(secrets.offeredSecondFactor(session.id));

  return {
    startSecondFactor(holder) {
      requireNone(holder.account);
      const secret = offered(holder);
      return { secret, uri: totp.uri({ login: holder.account.login, secret }) };
    },

    async confirmSecondFactor(holder, code, { address }) {
      requireNone(holder.account);
      const attempt = await attempts.begin({ login: holder.account.login, address });
      const at = clock();
      const secondFactor = { secret: offered(holder), since: at.getTime(), lastUsedStep: 0 };
      const step = checkCode(totp, { ...holder.account, secondFactor }, code, { at });
      const account = await parts.change(holder.account.id, (found) => {
        requireNone(found);
        return withStep({ ...found, secondFactor }, step);
      });
      await attempt.succeed();
      await audit.record({ action: 'account.second-factor-on', actor: account.id, subject: account.id });
      return { ...(await sessions.renew(holder.session)), account };
    },

    async removeSecondFactor(holder, authKey, client) {
      if (settings.requireSecondFactor) {
        throw new DomainError('second-factor-required', 'The second factor is compulsory here');
      }
      await provePassword(parts, { account: holder.account, authKey }, client);
      const account = await parts.change(holder.account.id, withoutSecondFactor);
      await audit.record({ action: 'account.second-factor-off', actor: account.id, subject: account.id });
      return { ...(await sessions.renew(holder.session)), account };
    },
  };
}

function requireNone({ secondFactor }: Holder['account']): void {
  if (secondFactor) throw new DomainError('second-factor-on', 'There is a second factor already');
}
