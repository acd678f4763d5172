import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Account } from '../../../src/domain/account.js';
import {
  buildCredentials,
  CLIENT,
  createServices,
  enrol,
  keyFrom,
  passwordOf,
  type Services,
} from '../../support/inbox-accounts.js';

let services: Services;
let jean: Account;
beforeEach(async () => {
  services = await createServices();
  await enrol(services, 'anne', 'coordinator');
  jean = await enrol(services, 'jean');
});
afterEach(() => services.storage.close());

const logIn = () => services.accounts.logIn({ login: 'jean', authKey: keyFrom(passwordOf('jean')) }, CLIENT);
const sessionsOfJean = () => services.storage.sessions.listOf(jean.id);

describe('at the same time', () => {
  test('a login with the old password leaves no session when the keys change', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { token } = await services.accounts.reset(jean.id, undefined);
      const credentials = buildCredentials(`neuf ${round}`, 'jean');
      const renew = services.accounts.accept({ token, login: 'jean', displayName: 'x', credentials }, CLIENT);
      const [renewed] = await Promise.allSettled([renew, logIn(), logIn()]);
      expect(renewed.status).toBe('fulfilled');
      expect(await sessionsOfJean()).toHaveLength(1);
      const back = await services.accounts.reset(jean.id, undefined);
      const old = buildCredentials(passwordOf('jean'), 'jean');
      await services.accounts.accept({ token: back.token, login: 'jean', displayName: 'x', credentials: old }, CLIENT);
    }
  });

  test('a login and a suspension leave no session that works', async () => {
    const [opened] = await Promise.allSettled([
      logIn(),
      services.accounts.changeAccount(jean.id, { isDisabled: true }, undefined),
    ]);
    const token = opened.status === 'fulfilled' ? opened.value.token : 'x';
    expect(await services.sessions.find(token)).toBeUndefined();
  });

  test('many logins all come through', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, logIn));
    expect(new Set(opened.map(({ session }) => session.id)).size).toBe(8);
  });

  test('unlocking twice gives one session', async () => {
    const { account, session } = await logIn();
    await services.sessions.lock(session.id);
    const unlock = () => services.accounts.unlock({ account, session }, keyFrom(passwordOf('jean')), CLIENT);
    const answers = await Promise.allSettled([unlock(), unlock()]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await sessionsOfJean()).toHaveLength(1);
  });

  test('a lock is not undone by what was under way', async () => {
    const { session } = await logIn();
    services.clock.advance(60);
    await Promise.all([services.sessions.lock(session.id), services.sessions.touch(session)]);
    expect(await services.sessions.stateOf(session.id)).toBe('locked');
  });
});

describe('those who show the team', () => {
  test('are told of each change until they leave', async () => {
    let changes = 0;
    const stop = services.accounts.subscribe(() => {
      changes += 1;
    });
    await services.accounts.changeProfile(jean.id, { isAvailable: false });
    expect(changes).toBe(1);
    stop();
    await services.accounts.changeProfile(jean.id, { isAvailable: true });
    expect(changes).toBe(1);
  });
});

describe('what is stored', () => {
  test('holds no key of the browser', async () => {
    const { authKey, recoveryAuthKey } = buildCredentials(passwordOf('jean'), 'jean');
    const stored = JSON.stringify(await services.storage.accounts.load(jean.id));
    expect(stored).not.toContain(authKey);
    expect(stored).not.toContain(recoveryAuthKey);
  });
});
