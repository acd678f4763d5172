import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { can } from '../../src/domain/permissions.js';
import type { Operation, OperationName } from '../../src/inbox/operations.js';
import { buildCredentials, passwordOf } from '../support/inbox-accounts.js';
import type { InboxBrowser } from '../support/inbox-browser.js';
import { callOf, makeCall, OPERATION_NAMES, operationsWhere, type Targets } from '../support/security-calls.js';
import { makeTargets, openHidden, openWaiting } from '../support/security-conversations.js';
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
import { send } from '../support/security-raw.js';
import { DAY, MINUTE, openSite, type Site } from '../support/security-site.js';
import { openEvents } from '../support/security-streams.js';

const isClosed = ({ access }: Operation): boolean => access !== 'anyone';
const needsUnlocked = ({ access }: Operation): boolean => access !== 'anyone' && access !== 'locked';
const isForCoordinators = ({ access }: Operation): boolean =>
  needsUnlocked({ access } as Operation) && access !== 'session' && !can('delegate', access as never);
const CLOSED = operationsWhere(isClosed);

let site: Site;
let team: Team;
let victim: Member;
let targets: Targets;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
  victim = await enrolMember(site, 'cible', await inviteBy(team.coordinator.browser, 'Cible'));
  targets = await makeTargets(site, team.coordinator, victim);
});
afterAll(() => site.close());

/** What each operation answers to a browser, by name. */
async function answersTo(names: readonly OperationName[], browser: InboxBrowser, headers = {}) {
  const answers: Record<string, string> = {};
  for (const name of names) {
    const { status, code } = await makeCall(browser, callOf(name, targets), headers);
    answers[name] = `${status} ${code}`;
  }
  return answers;
}

const all = (names: readonly OperationName[], answer: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, answer]));

describe('a well-formed call of every operation', () => {
  let control: Member;
  let own: Targets;
  beforeAll(async () => {
    control = await enrolMember(site, 'chef', await inviteBy(team.coordinator.browser, 'Chef', 'coordinator'));
    own = { ...(await makeTargets(site, control, control)), account: victim.id };
  });

  // A stream has no end: it is read by tests of its own.
  test.each(OPERATION_NAMES.filter((name) => name !== 'readEvents'))(
    '%s gets through to a coordinator',
    async (name) => {
      const browser = await control.another();
      const { status, code } = await makeCall(browser, callOf(name, own));
      expect(status).toBeLessThan(500);
      // The refusals that the tests below look for, and those of a malformed call, which would hide them.
      const refusals = ['NotLoggedIn', 'SessionLocked', 'NotAllowed', 'CrossSiteRequest'];
      expect([...refusals, 'InvalidBody', 'InvalidRequest', 'NotFound']).not.toContain(code);
    },
  );
});

describe('nobody gets in', () => {
  const jar = (cookie: string | undefined): InboxBrowser => Object.assign(browserAt(site), { cookie });

  test('without a session', async () => {
    expect(await answersTo(CLOSED, jar(undefined))).toEqual(all(CLOSED, '401 NotLoggedIn'));
  });

  test('with what is no session of ours', async () => {
    const token = /permanence=([\w-]+)/.exec(team.delegate.browser.cookie ?? '')?.[1] ?? '';
    expect(token).toHaveLength(43);
    const sessionId = createHash('sha256').update(token).digest('base64url');
    const chat = await openHidden(site);
    const invitation = await inviteBy(team.coordinator.browser, 'Personne');
    const forged = [
      `permanence=${'A'.repeat(43)}`,
      // What the database holds, and what coordinators see, must not be what opens the door.
      `permanence=${sessionId}`,
      `permanence=${team.delegate.id}`,
      `permanence=${invitation}`,
      `permanence=${chat.token}`,
      `permanence=${token.slice(0, -1)}`,
      `permanence=${token.slice(0, -1)}%`,
      `permanence=%${token}`,
      `permanence="${token}"`,
      `Permanence=${token}`,
      `permanence =${token.toUpperCase()}`,
      `session=${token}`,
      // The prefix wins: a cookie beside it cannot stand in for it.
      `__Host-permanence=${'A'.repeat(43)}; permanence=${token}`,
      'permanence=',
      "permanence=' OR 1=1 --",
      'permanence=__proto__',
    ];
    for (const cookie of forged) {
      const names = ['readSession', 'readTeam', 'openConversation', 'logOut'] as const;
      expect({ cookie, answers: await answersTo(names, jar(cookie)) }).toEqual({
        cookie,
        answers: all(names, '401 NotLoggedIn'),
      });
    }
    // The real one, so that the list above is known to be tried in the right form.
    expect((await jar(`permanence=${token}`).call('GET', '/session')).status).toBe(200);
  });

  test('with a real session anywhere but in the cookie', async () => {
    const token = /permanence=([\w-]+)/.exec(team.delegate.browser.cookie ?? '')?.[1] ?? '';
    const elsewhere = { authorization: `Bearer ${token}`, 'x-session': token, 'x-permanence-session': token };
    expect(await answersTo(CLOSED, jar(undefined), elsewhere)).toEqual(all(CLOSED, '401 NotLoggedIn'));
    const { status } = await send(site.port, {
      path: `/api/inbox/session?permanence=${token}&session=${token}&token=${token}`,
    });
    expect(status).toBe(401);
  });

  test('with a resident’s token', async () => {
    const chat = await openHidden(site);
    const answers = await answersTo(CLOSED, jar(undefined), { authorization: `Bearer ${chat.token}` });
    expect(answers).toEqual(all(CLOSED, '401 NotLoggedIn'));
  });

  test.each([
    ['the password was changed elsewhere', changePassword],
    ['its owner ended it from another browser', revoke],
    ['its owner ended all others', ({ browser }: Member) => browser.call('DELETE', '/sessions')],
    ['a coordinator gave a link for new keys', act('POST', (id) => `/accounts/${id}/reset`)],
    ['the role was changed', act('PATCH', (id) => `/accounts/${id}`, { role: 'coordinator' })],
    ['the account was suspended', act('PATCH', (id) => `/accounts/${id}`, { isDisabled: true })],
  ])('after %s', async (title, end) => {
    const login = `fin${[...title].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)}`;
    const member = await enrolMember(site, login, await inviteBy(team.coordinator.browser, login));
    const ended = await member.another();
    expectOk(await ended.call('GET', '/session'));
    expectOk(await end(member));
    const { cookie } = ended;
    expect(await answersTo(CLOSED, jar(cookie))).toEqual(all(CLOSED, '401 NotLoggedIn'));
  });

  test('after logging out, with the cookie that the browser forgot', async () => {
    const browser = await team.delegate.another();
    const { cookie } = browser;
    expectOk(await browser.call('DELETE', '/session'));
    expect(browser.cookie).toBeUndefined();
    expect(await answersTo(CLOSED, jar(cookie))).toEqual(all(CLOSED, '401 NotLoggedIn'));
  });
});

describe('a locked session', () => {
  const NEEDING = operationsWhere(needsUnlocked);

  test('does nothing but unlock, lock and log out', async () => {
    const browser = await team.coordinator.another();
    expectOk(await browser.call('POST', '/session/lock'));
    expect(await answersTo(NEEDING, browser)).toEqual(all(NEEDING, '401 SessionLocked'));
    const open = await answersTo(['readSession', 'unlockSession', 'startSecondFactor', 'confirmSecondFactor'], browser);
    expect(open).toEqual({
      readSession: '200 undefined',
      unlockSession: '401 WrongCredentials',
      startSecondFactor: '401 SessionLocked',
      confirmSecondFactor: '401 SessionLocked',
    });
  });

  test('locks itself when nobody does anything, whatever the page asks for by itself', async () => {
    const browser = await team.coordinator.another();
    for (let minutes = 0; minutes < 16; minutes += 4) {
      site.advance(4 * MINUTE);
      await browser.call('GET', '/alarm', { headers: { 'x-permanence': 'background' } });
    }
    expect(await answersTo(NEEDING, browser)).toEqual(all(NEEDING, '401 SessionLocked'));
  });

  test('gives whoever sits down before it nothing to guess the password with', async () => {
    const browser = await team.coordinator.another();
    expectOk(await browser.call('POST', '/session/lock'));
    const { keys } = expectOk<{ keys: object }>(await browser.call('GET', '/session'));
    expect(Object.keys(keys)).not.toContain('wrappedPrivateKey');
  });

  test('ends for good after fourteen days, also when it is used every day', async () => {
    const browser = await team.delegate.another();
    for (let days = 0; days < 14; days += 1) {
      expect((await browser.call('GET', '/session')).status).toBe(200);
      site.advance(DAY);
      await browser.call('POST', '/session/unlock', { body: { authKey: keysOf('jean').authKey } });
    }
    expect(await answersTo(CLOSED, browser)).toEqual(all(CLOSED, '401 NotLoggedIn'));
    for (const member of Object.values(team)) expectOk(await member.browser.logIn(member.login));
  });
});

describe('a delegate', () => {
  const COORDINATORS = operationsWhere(isForCoordinators);

  test('does nothing of what coordinators do, and nothing changes', async () => {
    const browser = await team.delegate.another();
    const before = await everythingOfCoordinators();
    expect(COORDINATORS.length).toBeGreaterThan(12);
    expect(await answersTo(COORDINATORS, browser)).toEqual(all(COORDINATORS, '403 NotAllowed'));
    expect(await everythingOfCoordinators()).toEqual(before);
  });

  test('cannot make themselves a coordinator by what they send', async () => {
    const browser = await team.delegate.another();
    const bodies = [
      { role: 'coordinator' },
      { isAvailable: true, role: 'coordinator' },
      { isAvailable: true, permissions: ['accounts'] },
      JSON.parse('{"isAvailable":true,"__proto__":{"role":"coordinator"}}'),
      { isAvailable: true, constructor: { prototype: { role: 'coordinator' } } },
      { displayName: { role: 'coordinator' } },
    ];
    for (const body of bodies) {
      const answer = await browser.call('PATCH', '/profile', { body: JSON.stringify(body) });
      expect(answer).toMatchObject({ status: 400, code: 'InvalidBody' });
    }
    const raw = '{"isAvailable":true,"__proto__":{"role":"coordinator"}}';
    expect((await browser.call('PATCH', '/profile', { body: raw })).status).toBe(400);
    expect((await browser.call('GET', '/session')).body).toMatchObject({ account: { role: 'delegate' } });
    expect((await browser.call('GET', '/accounts')).code).toBe('NotAllowed');
  });

  test('gets no more by an invitation than it says', async () => {
    const token = await inviteBy(team.coordinator.browser, 'Nouvelle');
    const newcomer = await enrolMember(site, 'nouvelle', token);
    expect((await newcomer.browser.call('GET', '/session')).body).toMatchObject({ account: { role: 'delegate' } });
    // The link worked once.
    const again = await browserAt(site).call('POST', '/invitations/read', { body: { token } });
    expect(again).toMatchObject({ status: 404, code: 'InvalidLink' });
  });

  async function everythingOfCoordinators() {
    const browser = await team.coordinator.another();
    const paths = ['/accounts', '/facts', '/facts/history', '/opening-hours'];
    const answers = await Promise.all(paths.map(async (path) => (await browser.call('GET', path)).body));
    // When somebody was last seen is no change of theirs.
    return JSON.parse(JSON.stringify(answers, (key, value) => (key === 'lastSeenAt' ? undefined : value)));
  }
});

describe('a second factor that is compulsory', () => {
  test('comes before everything else: calls and streams', async () => {
    const strict = await openSite({ REQUIRE_SECOND_FACTOR: 'true' });
    const member = await enrolMember(strict, 'anne', strict.setupToken);
    const names = operationsWhere((operation) => needsUnlocked(operation));
    expect(await answersTo(names, member.browser)).toEqual(all(names, '403 SecondFactorRequired'));
    await openWaiting(strict, 'Le mot de canari');
    const events = await openEvents(strict.port, member.browser);
    await events.until(/event: ?waiting/);
    expect(events.names()).toEqual(['waiting']);
    events.leave();
    await strict.close();
  });
});

describe('links', () => {
  const accept = (token: string, login: string) =>
    browserAt(site).call('POST', '/invitations/accept', {
      body: { token, login, displayName: login, credentials: buildCredentials(passwordOf(login), login) },
    });

  test('the one that the server printed opens nothing once there is an account', async () => {
    expect(await accept(site.setupToken, 'intrus')).toMatchObject({ status: 404, code: 'InvalidLink' });
  });

  test('an invitation opens nothing after three days, nor after it was withdrawn', async () => {
    const { coordinator } = team;
    const withdrawn = expectOk<{ id: string; token: string }>(
      await coordinator.browser.call('POST', '/invitations', { body: { displayName: 'x', role: 'coordinator' } }),
    );
    expectOk(await coordinator.browser.call('DELETE', `/invitations/${withdrawn.id}`));
    expect((await accept(withdrawn.token, 'intrus')).code).toBe('InvalidLink');
    const old = await inviteBy(coordinator.browser, 'Vieille');
    site.advance(3 * DAY);
    expect((await accept(old, 'intrus')).code).toBe('InvalidLink');
    for (const member of Object.values(team)) expectOk(await member.browser.logIn(member.login));
  });

  test('two at once make one account', async () => {
    const token = await inviteBy(team.coordinator.browser, 'Une');
    const answers = await Promise.all(['une.a', 'une.b', 'une.c', 'une.d'].map((login) => accept(token, login)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  });

  test('those of somebody who was suspended open nothing', async () => {
    const chief = await enrolMember(site, 'chefparti', await inviteBy(team.coordinator.browser, 'Chef', 'coordinator'));
    const token = await inviteBy(chief.browser, 'Complice', 'coordinator');
    await team.coordinator.browser.call('PATCH', `/accounts/${chief.id}`, { body: { isDisabled: true } });
    expect((await accept(token, 'complice')).code).toBe('InvalidLink');
  });

  test('one for new keys does not do without the second factor', async () => {
    const login = 'avecfacteur';
    const member = await enrolMember(site, login, await inviteBy(team.coordinator.browser, login));
    const { secret } = expectOk<{ secret: string }>(await member.browser.call('POST', '/second-factor/start'));
    const code = generateSync({ secret, epoch: Math.floor(site.now().getTime() / 1000) });
    expectOk(await member.browser.call('POST', '/second-factor/confirm', { body: { code } }));
    const { token } = expectOk<{ token: string }>(
      await team.coordinator.browser.call('POST', `/accounts/${member.id}/reset`),
    );
    const finder = browserAt(site);
    const credentials = buildCredentials('le mot de passe de qui a trouvé le lien', login);
    await finder.call('POST', '/invitations/accept', { body: { token, login, displayName: login, credentials } });
    // Whoever finds the link has no telephone of the account's owner.
    expect(await finder.call('GET', '/conversations/past')).toMatchObject({ status: 401 });
  });
});

describe('delegates’ cookies on residents’ side', () => {
  test('open nothing there', async () => {
    const chat = await openHidden(site);
    const headers = { cookie: team.coordinator.browser.cookie, 'x-forwarded-for': freshAddress() };
    const path = `/v3/directline/conversations/${chat.conversationId}`;
    const calls = [
      { path },
      { path: `${path}/activities` },
      { method: 'POST', path: `${path}/activities`, body: '{"type":"message","text":"x"}' },
      { method: 'POST', path: '/v3/directline/tokens/refresh' },
      { method: 'POST', path: '/v3/directline/tokens/generate' },
      { method: 'POST', path: '/v3/directline/conversations' },
      { method: 'DELETE', path: '/api/widget/session' },
    ];
    for (const call of calls) {
      const answer = await send(site.port, { ...call, headers: { ...headers, 'content-type': 'application/json' } });
      expect({ path: call.path, status: answer.status, code: answer.code }).toEqual({
        path: call.path,
        status: 401,
        code: 'MissingToken',
      });
    }
  });

  test('a session’s token is no resident’s token', async () => {
    const chat = await openHidden(site);
    const token = team.coordinator.browser.cookie?.split('=')[1];
    const { status, code } = await send(site.port, {
      path: `/v3/directline/conversations/${chat.conversationId}/activities`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect({ status, code }).toEqual({ status: 403, code: 'InvalidToken' });
  });
});

async function changePassword({ login, browser }: Member) {
  const { authKey } = keysOf(login);
  const { keys } = expectOk<{ keys: { salt: string; kdf: object; wrappedPrivateKey: string } }>(
    await browser.call('GET', '/session'),
  );
  const { salt, kdf, wrappedPrivateKey } = keys;
  return browser.call('POST', '/password', { body: { authKey, newAuthKey: authKey, salt, kdf, wrappedPrivateKey } });
}

async function revoke({ browser }: Member) {
  const { sessions } = expectOk<{ sessions: { id: string; isCurrent: boolean }[] }>(
    await browser.call('GET', '/sessions'),
  );
  return browser.call('DELETE', `/sessions/${sessions.find(({ isCurrent }) => !isCurrent)?.id}`);
}

function act(method: string, pathOf: (id: string) => string, body?: object) {
  return ({ id }: Member) => team.coordinator.browser.call(method, pathOf(id), { ...(body && { body }) });
}
