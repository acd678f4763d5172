import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { ATTEMPT_LIMITS } from '../../../src/inbox/limits.js';
import {
  buildCredentials,
  enrol,
  type InboxServer,
  keyFrom,
  passwordOf,
  startInboxServer,
} from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxAnswer } from '../../support/inbox-browser.js';

let server: InboxServer;
beforeEach(async () => {
  server = await startInboxServer({ trustProxy: 1 });
  await enrol(server, 'anne', 'coordinator');
  await enrol(server, 'jean');
});
afterEach(() => server.stop());

/** A stranger at this address. */
function post(path: string, body: object, address = '192.0.2.7'): Promise<InboxAnswer> {
  return createInboxBrowser(server.url).call('POST', path, { body, headers: { 'x-forwarded-for': address } });
}
const guess = (login: string, address?: string, word = 'faux') =>
  post('/session', { login, authKey: keyFrom(word) }, address);

describe('guessing passwords', () => {
  test('ends soon for one login from one address, also with the right one', async () => {
    for (let n = 0; n < ATTEMPT_LIMITS.pair.points; n += 1) expect((await guess('jean')).code).toBe('WrongCredentials');
    const refused = await guess('jean', undefined, passwordOf('jean'));
    expect(refused).toMatchObject({ status: 429, code: 'TooManyAttempts' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  test('locks out neither another login from there, nor the login elsewhere', async () => {
    for (let n = 0; n <= ATTEMPT_LIMITS.pair.points; n += 1) await guess('jean');
    expect((await guess('anne', undefined, passwordOf('anne'))).status).toBe(200);
    expect((await guess('jean', '198.51.100.4', passwordOf('jean'))).status).toBe(200);
  });

  test('many at once are not more', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess('jean')));
    expect(answers.filter(({ code }) => code === 'WrongCredentials')).toHaveLength(ATTEMPT_LIMITS.pair.points);
  });

  test('from many addresses ends too, save where the person is known', async () => {
    expect((await guess('jean', '198.51.100.4', passwordOf('jean'))).status).toBe(200);
    const addresses = Array.from({ length: ATTEMPT_LIMITS.login.points }, (_, n) => `203.0.113.${n}`);
    for (const address of addresses) expect((await guess('jean', address)).code).toBe('WrongCredentials');
    expect((await guess('jean', '203.0.113.200', passwordOf('jean'))).code).toBe('TooManyAttempts');
    expect((await guess('jean', '198.51.100.4', passwordOf('jean'))).status).toBe(200);
  });

  test('of many logins from one address ends too; its IPv6 neighbours are the same address', async () => {
    for (let n = 0; n < ATTEMPT_LIMITS.address.points; n += 1) await guess(`inconnu${n}`, `2001:db8::${n + 1}`);
    expect((await guess('jean', '2001:db8::ffff', passwordOf('jean'))).code).toBe('TooManyAttempts');
    expect((await guess('jean', '2001:db8:0:1::1', passwordOf('jean'))).status).toBe(200);
  });

  test('a right password makes up for the wrong ones before it', async () => {
    for (let round = 0; round < 4; round += 1) {
      for (let n = 0; n < ATTEMPT_LIMITS.pair.points - 1; n += 1) await guess('jean');
      expect((await guess('jean', undefined, passwordOf('jean'))).status).toBe(200);
    }
  });

  test('ends at a locked screen as well, and for the recovery key', async () => {
    const browser = createInboxBrowser(server.url);
    await browser.logIn('jean');
    for (let n = 0; n < ATTEMPT_LIMITS.pair.points; n += 1) {
      const answer = await browser.call('POST', '/session/unlock', { body: { authKey: keyFrom(`faux ${n}`) } });
      expect(answer.code).toBe('WrongCredentials');
    }
    const right = { body: { authKey: keyFrom(passwordOf('jean')) } };
    expect((await browser.call('POST', '/session/unlock', right)).code).toBe('TooManyAttempts');
    for (let n = 0; n < ATTEMPT_LIMITS.pair.points; n += 1) {
      expect((await post('/recovery/start', { login: 'anne', recoveryAuthKey: keyFrom(`faux ${n}`) })).code).toBe(
        'WrongCredentials',
      );
    }
    const recovery = { login: 'anne', recoveryAuthKey: keyFrom('anne secours') };
    expect((await post('/recovery/start', recovery)).code).toBe('TooManyAttempts');
  });

  test('of codes ends too', async () => {
    const secret = await secondFactorOf('jean');
    const right = { login: 'jean', authKey: keyFrom(passwordOf('jean')) };
    for (let n = 0; n < ATTEMPT_LIMITS.pair.points; n += 1) {
      // Asking for the code is no attempt.
      expect((await post('/session', right)).code).toBe('SecondFactorNeeded');
      expect((await post('/session', { ...right, code: wrongCode(secret) })).code).toBe('WrongCode');
    }
    expect((await post('/session', { ...right, code: codeOf(secret) })).code).toBe('TooManyAttempts');
  });

  test('is written in the log, without what was tried', async () => {
    await guess('jean', undefined, 'mot-de-passe-faux');
    await guess('personne');
    const account = await server.accounts.findByLogin('jean');
    const [unknown, known] = await server.audit.page(undefined, 2);
    expect(known).toMatchObject({ action: 'session.refused', subject: account?.id });
    expect(unknown).toMatchObject({ action: 'session.refused' });
    expect(unknown).not.toHaveProperty('subject');
    expect(JSON.stringify([unknown, known])).not.toMatch(/personne|192\.0\.2/);
  });
});

describe('what an outsider learns of a login', () => {
  const seen = ({ status, headers, body }: InboxAnswer) => ({
    status,
    body,
    headers: [...headers.keys()].filter((name) => name !== 'date').sort(),
  });

  test('unknown, wrong and disabled are answered alike', async () => {
    const { id } = await enrol(server, 'paul');
    await server.accounts.changeAccount(id, { isDisabled: true }, undefined);
    const answers = await Promise.all([guess('personne'), guess('jean'), guess('paul', undefined, passwordOf('paul'))]);
    for (const answer of answers) expect(seen(answer)).toEqual(seen(answers[0] as InboxAnswer));
    const recoveries = await Promise.all(
      ['personne', 'jean'].map((login) => post('/recovery/start', { login, recoveryAuthKey: keyFrom('x') })),
    );
    for (const answer of recoveries) expect(seen(answer)).toEqual(seen(answers[0] as InboxAnswer));
  });

  test('parameters look the same, and stay the same', async () => {
    const ask = async (login: string) => (await post('/session/parameters', { login })).body;
    const [known, unknown] = [await ask('jean'), await ask('personne')];
    expect(known.salt).toBe(buildCredentials(passwordOf('jean'), 'jean').salt);
    expect(unknown.kdf).toEqual(known.kdf);
    expect(unknown.salt).toMatch(/^[\w-]{22}$/);
    expect(await ask('Personne')).toEqual(unknown);
    expect((await ask('quelquun')).salt).not.toBe(unknown.salt);
  });

  test('limits are the same for a login that nobody has', async () => {
    for (let n = 0; n < ATTEMPT_LIMITS.pair.points; n += 1) await guess('personne');
    expect((await guess('personne')).code).toBe('TooManyAttempts');
  });

  test('whoever does not know the password is not asked for the code', async () => {
    const secret = await secondFactorOf('jean');
    expect((await guess('jean')).code).toBe('WrongCredentials');
    const answer = await post('/session', { login: 'jean', authKey: keyFrom('faux'), code: codeOf(secret) });
    expect(answer.code).toBe('WrongCredentials');
  });
});

describe('floods', () => {
  test.each([
    ['strangers', { perStranger: 5 }, 'POST', '/session/parameters'],
    ['an address', { perAddress: 5 }, 'GET', '/session'],
    ['a session', { perSession: 5 }, 'GET', '/session'],
  ] as const)('of %s are held back', async (_name, limits, method, path) => {
    const small = await startInboxServer({ limits });
    await enrol(small, 'anne');
    const browser = createInboxBrowser(small.url);
    if (_name === 'a session') await browser.logIn('anne');
    const body = method === 'POST' ? { body: { login: 'anne' } } : {};
    for (let n = 0; n < 5; n += 1) expect((await browser.call(method, path, body)).status).not.toBe(429);
    const answer = await browser.call(method, path, body);
    expect(answer).toMatchObject({ status: 429, code: 'TooManyAttempts' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await small.stop();
  });
});

const epoch = () => Math.floor(server.clock.now().getTime() / 1000);
const codeOf = (secret: string): string => generateSync({ secret, epoch: epoch() });
const wrongCode = (secret: string): string => `${(Number(codeOf(secret)) + 500_000) % 1_000_000}`.padStart(6, '0');

async function secondFactorOf(login: string): Promise<string> {
  const browser = createInboxBrowser(server.url);
  await browser.logIn(login);
  const { secret } = (await browser.call('POST', '/second-factor/start')).body as { secret: string };
  await browser.call('POST', '/second-factor/confirm', { body: { code: codeOf(secret) } });
  server.clock.advance(60);
  return secret;
}
