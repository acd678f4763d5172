import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { ATTEMPT_LIMITS, CALL_LIMITS } from '../../src/inbox/limits.js';
import { buildCredentials, keyFrom } from '../support/inbox-accounts.js';
import type { InboxAnswer } from '../support/inbox-browser.js';
import {
  browserAt,
  enrolMember,
  expectOk,
  freshAddress,
  inviteBy,
  keysOf,
  type Member,
  openTeam,
  type Team,
} from '../support/security-people.js';
import { MINUTE, openSite, type Site } from '../support/security-site.js';

const { pair, login: perLogin, address: perAddress } = ATTEMPT_LIMITS;
const WRONG = keyFrom('mauvais mot de passe');

let site: Site;
let team: Team;
let names = 0;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
});
afterAll(() => site.close());

/** Somebody with an account whom no other test has attacked. */
async function newcomer(): Promise<Member> {
  names += 1;
  return enrolMember(site, `nouveau${names}`, await inviteBy(team.coordinator.browser, `Nouveau ${names}`));
}

function post(path: string, body: object, address = freshAddress()): Promise<InboxAnswer> {
  return browserAt(site, address).call('POST', path, { body });
}
const guess = (login: string, address?: string, authKey = WRONG) => post('/session', { login, authKey }, address);

/** What came of so many tries, counted. */
async function countOf(times: number, attempt: (n: number) => Promise<InboxAnswer>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < times; n += 1) {
    const { code = 'ok' } = await attempt(n);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

describe('guessing', () => {
  test('passwords: ten tries in a quarter of an hour from one address, then not even the right one', async () => {
    const { login } = await newcomer();
    const address = freshAddress();
    expect(await countOf(pair.points + 5, () => guess(login, address))).toEqual({
      WrongCredentials: pair.points,
      TooManyAttempts: 5,
    });
    expect((await guess(login, address, keysOf(login).authKey)).code).toBe('TooManyAttempts');
  });

  test('passwords by a hundred at once: no more than one after the other', async () => {
    const { login } = await newcomer();
    const address = freshAddress();
    const answers = await Promise.all(Array.from({ length: 60 }, () => guess(login, address)));
    expect(answers.filter(({ code }) => code === 'WrongCredentials')).toHaveLength(pair.points);
  });

  test('codes of the second factor: the right password does not give more tries', async () => {
    const { login, browser } = await newcomer();
    const secret = await secondFactorOf(browser);
    const address = freshAddress();
    const withCode = (code: string) => post('/session', { ...keysOf(login), code }, address);
    const counts = await countOf(pair.points + 5, (n) => withCode(wrongCode(secret, n)));
    expect(counts).toEqual({ WrongCode: pair.points, TooManyAttempts: 5 });
    expect((await withCode(codeOf(secret))).code).toBe('TooManyAttempts');
  });

  test('codes with a link for new keys that was found: ten tries too, and the link still works for its owner', async () => {
    const { login, id, browser } = await newcomer();
    const secret = await secondFactorOf(browser);
    const made = await team.coordinator.browser.call('POST', `/accounts/${id}/reset`);
    const { token } = expectOk<{ token: string }>(made);
    const credentials = buildCredentials('un nouveau mot de passe', login);
    const accept = (code: string, address?: string) =>
      post('/invitations/accept', { token, login, displayName: login, credentials, code }, address);
    const finder = freshAddress();
    const counts = await countOf(pair.points + 5, (n) => accept(wrongCode(secret, n), finder));
    expect(counts).toEqual({ WrongCode: pair.points, TooManyAttempts: 5 });
    expect((await accept(codeOf(secret))).status).toBe(200);
  });

  test('a code that was seen over a shoulder does not work again', async () => {
    const { login, browser } = await newcomer();
    const secret = await secondFactorOf(browser);
    const code = codeOf(secret);
    expect((await post('/session', { ...keysOf(login), code })).status).toBe(200);
    expect((await post('/session', { ...keysOf(login), code })).code).toBe('WrongCode');
  });

  test('recovery keys: ten tries, for both of its calls together', async () => {
    const { login } = await newcomer();
    const address = freshAddress();
    const credentials = buildCredentials('nouveau mot de passe', login);
    const proof = { login, recoveryAuthKey: WRONG };
    const counts = await countOf(pair.points + 5, (n) =>
      n % 2 === 0
        ? post('/recovery/start', proof, address)
        : post('/recovery/finish', { ...proof, credentials }, address),
    );
    expect(counts).toEqual({ WrongCredentials: pair.points, TooManyAttempts: 5 });
  });

  test('one’s own password, from a session that was left open: ten tries as well', async () => {
    const member = await newcomer();
    const { salt, kdf, wrappedPrivateKey } = buildCredentials('x');
    const calls = [
      ['/session/unlock', { authKey: WRONG }],
      ['/second-factor/remove', { authKey: WRONG }],
      ['/password', { authKey: WRONG, newAuthKey: keyFrom('x'), salt, kdf, wrappedPrivateKey }],
    ] as const;
    const counts = await countOf(pair.points + 5, (n) => {
      const [path, body] = calls[n % calls.length] ?? calls[0];
      return member.browser.call('POST', path, { body });
    });
    expect(counts).toEqual({ WrongCredentials: pair.points, TooManyAttempts: 5 });
  });

  test('links: a stranger is slowed down long before 256 bits are tried', async () => {
    const address = freshAddress();
    const counts = await countOf(CALL_LIMITS.perStranger + 10, () =>
      post('/invitations/read', { token: randomBytes(32).toString('base64url') }, address),
    );
    expect(counts).toEqual({ InvalidLink: CALL_LIMITS.perStranger, TooManyAttempts: 10 });
  });

  test('many logins from one address: a hundred tries, then nobody of that address', async () => {
    const address = freshAddress();
    const counts = await countOf(perAddress.points + 5, (n) => guess(`personne${n}`, address));
    expect(counts).toEqual({ WrongCredentials: perAddress.points, TooManyAttempts: 5 });
  });

  test('an address cannot be made up: what a client says before the proxy does not count', async () => {
    const { login } = await newcomer();
    const proxySees = freshAddress();
    const counts = await countOf(pair.points + 5, (n) => guess(login, `203.0.113.${n}, ${proxySees}`));
    expect(counts).toEqual({ WrongCredentials: pair.points, TooManyAttempts: 5 });
    const own = await newcomer();
    const spellings = ['192.0.2.77', '::ffff:192.0.2.77', '::FFFF:192.0.2.77'];
    const spelled = await countOf(pair.points + 5, (n) => guess(own.login, spellings[n % spellings.length]));
    expect(spelled).toEqual({ WrongCredentials: pair.points, TooManyAttempts: 5 });
  });

  test('without a proxy, no header tells an address', async () => {
    const direct = await openSite({ TRUST_PROXY: '0' });
    const attempt = (n: number) =>
      browserAt(direct, `203.0.113.${n}`).call('POST', '/session', {
        body: { login: 'quelquun', authKey: WRONG },
        headers: { forwarded: `for=203.0.113.${n}`, 'x-real-ip': `203.0.113.${n}`, 'client-ip': `203.0.113.${n}` },
      });
    const counts = await countOf(pair.points + 5, attempt);
    await direct.close();
    expect(counts).toEqual({ WrongCredentials: pair.points, TooManyAttempts: 5 });
  });
});

describe('an attacker who wants the owner locked out', () => {
  test('fails from one address: the owner logs in from any other', async () => {
    const { login } = await newcomer();
    const address = freshAddress();
    await countOf(pair.points + 5, () => guess(login, address));
    expect((await guess(login, freshAddress(), keysOf(login).authKey)).status).toBe(200);
  });

  test('with many addresses shuts the owner out of new places only, never of those where they have logged in', async () => {
    const { login } = await newcomer();
    const home = freshAddress();
    expect((await guess(login, home, keysOf(login).authKey)).status).toBe(200);
    const counts = await countOf(perLogin.points + 10, () => guess(login));
    expect(counts).toEqual({ WrongCredentials: perLogin.points, TooManyAttempts: 10 });
    // A place that the server does not know has to wait, also with the right password.
    expect((await guess(login, freshAddress(), keysOf(login).authKey)).code).toBe('TooManyAttempts');
    expect((await guess(login, home, keysOf(login).authKey)).status).toBe(200);
  });

  test('does not disturb the sessions that are open, nor their unlocking', async () => {
    const member = await newcomer();
    expectOk(await member.browser.logIn(member.login));
    await countOf(perLogin.points + 1, () => guess(member.login));
    expectOk(await member.browser.call('POST', '/session/lock'));
    const { authKey } = keysOf(member.login);
    expect((await member.browser.call('POST', '/session/unlock', { body: { authKey } })).status).toBe(200);
  });
});

describe('whether a login exists', () => {
  const seen = ({ status, headers, body }: InboxAnswer) => {
    const { date: _date, etag: _etag, ...rest } = Object.fromEntries(headers);
    return { status, headers: rest, body };
  };

  test('is told by no call that needs no session', async () => {
    const real = await newcomer();
    const suspended = await newcomer();
    await team.coordinator.browser.call('PATCH', `/accounts/${suspended.id}`, { body: { isDisabled: true } });
    const withFactor = await newcomer();
    await secondFactorOf(withFactor.browser);
    const credentials = buildCredentials('x', 'x');
    const token = randomBytes(32).toString('base64url');
    const calls: [string, (login: string) => object][] = [
      ['/session', (login) => ({ login, authKey: WRONG })],
      ['/session', (login) => ({ login, authKey: WRONG, code: '123456' })],
      ['/recovery/start', (login) => ({ login, recoveryAuthKey: WRONG })],
      ['/recovery/finish', (login) => ({ login, recoveryAuthKey: WRONG, credentials })],
      ['/invitations/accept', (login) => ({ token, login, displayName: 'x', credentials })],
    ];
    for (const [path, bodyOf] of calls) {
      const expected = seen(await post(path, bodyOf('personne')));
      for (const { login } of [real, suspended, withFactor]) {
        expect({ path, login, answer: seen(await post(path, bodyOf(login))) }).toEqual({
          path,
          login,
          answer: expected,
        });
      }
    }
    // The right password of a suspended account tells nothing either.
    expect(seen(await post('/session', keysOf(suspended.login)))).toEqual(
      seen(await post('/session', { login: 'personne', authKey: WRONG })),
    );
  });

  test('is not told by the parameters: each login has its salt, whatever its case, today and tomorrow', async () => {
    const { login } = await newcomer();
    const ask = async (name: string) => (await post('/session/parameters', { login: name })).body;
    const [real, unknown] = [await ask(login), await ask('personne')];
    expect(Object.keys(real)).toEqual(Object.keys(unknown));
    expect(real.kdf).toEqual(unknown.kdf);
    expect(String(unknown.salt)).toMatch(/^[\w-]{22}$/);
    for (const name of [login, 'personne']) {
      expect(await ask(name.toUpperCase())).toEqual(await ask(name));
      expect((await ask(`${name}2`)).salt).not.toBe((await ask(name)).salt);
    }
    site.advance(10 * MINUTE);
    expect(await ask('personne')).toEqual(unknown);
    expect(await ask(login)).toEqual(real);
  });

  test.each<[string, (login: string) => object]>([
    ['/session', (login) => ({ login, authKey: WRONG })],
    ['/session/parameters', (login) => ({ login })],
  ])('is not told by the time that %s takes', async (path, bodyOf) => {
    const { login } = await newcomer();
    const real: number[] = [];
    const unknown: number[] = [];
    const timed = async (name: string, times: number[]): Promise<void> => {
      const start = performance.now();
      await post(path, bodyOf(name));
      times.push(performance.now() - start);
    };
    for (let n = 0; n < 40; n += 1) {
      await timed(login, real);
      await timed(`personne${n}`, unknown);
    }
    const ratio = median(real) / median(unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test('is told to somebody invited, who chooses a login, and to nobody else', async () => {
    const { login } = await newcomer();
    const token = await inviteBy(team.coordinator.browser, 'Curieuse');
    const credentials = buildCredentials('curieuse', 'curieuse');
    const taken = await post('/invitations/accept', { token, login, displayName: 'x', credentials });
    expect(taken).toMatchObject({ status: 409, code: 'LoginTaken' });
    const look = await post('/invitations/accept', {
      token: `${token.slice(0, -1)}_`,
      login,
      displayName: 'x',
      credentials,
    });
    expect(look.code).toBe('InvalidLink');
  });
});

const epoch = () => Math.floor(site.now().getTime() / 1000);
const codeOf = (secret: string): string => generateSync({ secret, epoch: epoch() });
const wrongCode = (secret: string, n = 0): string =>
  `${(Number(codeOf(secret)) + 400_000 + n) % 1_000_000}`.padStart(6, '0');

async function secondFactorOf(browser: Member['browser']): Promise<string> {
  const { secret } = expectOk<{ secret: string }>(await browser.call('POST', '/second-factor/start'));
  expectOk(await browser.call('POST', '/second-factor/confirm', { body: { code: codeOf(secret) } }));
  site.advance(MINUTE);
  return secret;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
