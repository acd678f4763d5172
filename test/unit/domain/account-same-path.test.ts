import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountParts } from '../../../src/domain/account-parts.js';
import { type Proof, proveByLogin } from '../../../src/domain/account-proof.js';
import { createAccountSecrets } from '../../../src/domain/account-secrets.js';
import { createTotp } from '../../../src/inbox/totp.js';
import {
  CLIENT,
  createServices,
  enrol,
  keyFrom,
  passwordOf,
  SECRET_KEY,
  type Services,
} from '../../support/inbox-accounts.js';

let services: Services;
beforeEach(async () => {
  services = await createServices();
  await enrol(services, 'anne', 'coordinator');
  const { id } = await enrol(services, 'paul');
  await services.accounts.changeAccount(id, { isDisabled: true }, undefined);
});
afterEach(() => services.storage.close());

/** Writes down every call of these objects' functions. */
function watched<Value extends object>(name: string, target: Value, steps: string[]): Value {
  return new Proxy(target, {
    get(object, member) {
      const value: unknown = Reflect.get(object, member);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        steps.push(`${name}.${String(member)}`);
        return Reflect.apply(value, object, args);
      };
    },
  });
}

async function stepsOf(kind: Proof['kind'], login: string, word: string): Promise<readonly string[]> {
  const steps: string[] = [];
  const parts = {
    accounts: watched('accounts', services.storage.accounts, steps),
    audit: watched('audit', services.audit, steps),
    secrets: watched('secrets', createAccountSecrets(SECRET_KEY), steps),
    attempts: { begin: async () => ({ succeed: async () => undefined, forgive: async () => undefined }) },
    totp: watched('totp', createTotp({ issuer: 'x' }), steps),
    clock: services.clock.now,
  } as unknown as AccountParts;
  const proof = { login, kind, authKey: keyFrom(word), code: '123456' };
  await expect(proveByLogin(parts, proof, CLIENT)).rejects.toMatchObject({ code: 'wrong-credentials' });
  return steps;
}

test.each(['password', 'recovery'] as const)(
  'unknown, wrong and disabled do the same work, step by step: %s',
  async (kind) => {
    const right = kind === 'password' ? passwordOf('paul') : 'paul secours';
    const expected = ['accounts.findByLogin', 'secrets.isAuthKey', 'audit.record'];
    expect(await stepsOf(kind, 'personne', 'faux')).toEqual(expected);
    expect(await stepsOf(kind, 'anne', 'faux')).toEqual(expected);
    expect(await stepsOf(kind, 'paul', right)).toEqual(expected);
  },
);
