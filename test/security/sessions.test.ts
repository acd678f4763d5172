import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { LIVE_LIMITS } from '../../src/inbox/live-limits.js';
import { buildCredentials, keyFrom, passwordOf } from '../support/inbox-accounts.js';
import type { InboxBrowser } from '../support/inbox-browser.js';
import { openWaiting } from '../support/security-conversations.js';
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
import { MINUTE, openSite, type Site } from '../support/security-site.js';
import { type OpenEvents, openEvents } from '../support/security-streams.js';

const FOURTEEN_DAYS_S = 14 * 24 * 3600;

let site: Site;
let team: Team;
let names = 0;
const open = new Set<OpenEvents>();
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
});
afterEach(() => {
  for (const events of open) events.leave();
  open.clear();
});
afterAll(() => site.close());

async function newcomer(): Promise<Member> {
  names += 1;
  return enrolMember(site, `membre${names}`, await inviteBy(team.coordinator.browser, `Membre ${names}`));
}

async function isAlive(cookie: string | undefined): Promise<boolean> {
  const answer = await Object.assign(browserAt(site), { cookie }).call('GET', '/session');
  return answer.status === 200;
}

const tokenOf = ({ cookie = '' }: InboxBrowser): string => cookie.split('=')[1] ?? '';

describe('a session that somebody else put into the browser', () => {
  test('is never taken over by a login', async () => {
    const planted = `permanence=${'A'.repeat(43)}`;
    const browser = Object.assign(browserAt(site), { cookie: planted });
    expectOk(await browser.logIn('jean'));
    expect(browser.cookie).not.toBe(planted);
    expect(await isAlive(planted)).toBe(false);
  });

  test('is ended by the login, when it was a real one of the attacker’s', async () => {
    const attacker = await newcomer();
    const { cookie: planted } = await attacker.another();
    const victim = Object.assign(browserAt(site), { cookie: planted });
    expectOk(await victim.logIn('jean'));
    expect(victim.cookie).not.toBe(planted);
    expect(await isAlive(planted)).toBe(false);
    expect((await victim.call('GET', '/session')).body).toMatchObject({ account: { login: 'jean' } });
  });

  test('does not become another’s by a link or a recovery', async () => {
    const attacker = await newcomer();
    const { cookie: planted } = await attacker.another();
    const victim = Object.assign(browserAt(site), { cookie: planted });
    const token = await inviteBy(team.coordinator.browser, 'Victime');
    const credentials = buildCredentials(passwordOf('victime'), 'victime');
    expectOk(
      await victim.call('POST', '/invitations/accept', {
        body: { token, login: 'victime', displayName: 'Victime', credentials },
      }),
    );
    expect(victim.cookie).not.toBe(planted);
    expect(await isAlive(planted)).toBe(false);
  });
});

describe('the token changes', () => {
  test.each([
    ['by unlocking', unlock],
    ['with the password', changePassword],
    ['with the second factor', secondFactorOn],
  ])('%s, and the one before is worth nothing', async (_title, change) => {
    const member = await newcomer();
    const before = member.browser.cookie;
    await change(member);
    expect(member.browser.cookie).not.toBe(before);
    expect(tokenOf(member.browser)).toMatch(/^[\w-]{43}$/);
    expect(await isAlive(before)).toBe(false);
    expect(await isAlive(member.browser.cookie)).toBe(true);
  });

  test('and is never the same, nor near', async () => {
    const tokens = new Set<string>();
    for (let n = 0; n < 20; n += 1) tokens.add(tokenOf(await team.delegate.another()));
    expect(tokens.size).toBe(20);
    const bytes = [...tokens].map((token) => Buffer.from(token, 'base64url'));
    expect(bytes.every(({ length }) => length === 32)).toBe(true);
    for (let place = 0; place < 32; place += 1) {
      expect(new Set(bytes.map((token) => token[place])).size).toBeGreaterThan(8);
    }
  });

  test('the list of sessions holds no token, and what it holds opens nothing', async () => {
    const browser = await team.delegate.another();
    const { sessions } = expectOk<{ sessions: { id: string }[] }>(await browser.call('GET', '/sessions'));
    expect(JSON.stringify(sessions)).not.toContain(tokenOf(browser));
    for (const { id } of sessions) expect(await isAlive(`permanence=${id}`)).toBe(false);
  });
});

describe('the cookie', () => {
  const logIn = (place: Site, headers: Readonly<Record<string, string>>) =>
    send(place.port, {
      method: 'POST',
      path: '/api/inbox/session',
      headers: {
        'x-permanence': 'inbox',
        'content-type': 'application/json',
        'x-forwarded-for': freshAddress(),
        ...headers,
      },
      body: JSON.stringify(keysOf('jean')),
    });
  const flagsOf = (line = ''): readonly string[] => line.split('; ').slice(1).sort();
  const STRICT = ['HttpOnly', `Max-Age=${FOURTEEN_DAYS_S}`, 'Path=/', 'SameSite=Strict'];

  test('on one’s own machine, over http', async () => {
    const { headers } = await logIn(site, { host: 'localhost:3978', origin: 'http://localhost:3978' });
    const lines = headers['set-cookie'] ?? [];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^permanence=[\w-]{43}; /);
    expect(flagsOf(lines[0])).toEqual(STRICT);
  });

  test('behind a proxy that speaks https', async () => {
    const { headers } = await logIn(site, {
      host: 'permanence.exemple.fr',
      'x-forwarded-proto': 'https',
      origin: 'https://permanence.exemple.fr',
    });
    const [line] = headers['set-cookie'] ?? [];
    expect(line).toMatch(/^__Host-permanence=[\w-]{43}; /);
    expect(flagsOf(line)).toEqual([...STRICT, 'Secure']);
  });

  test('over https, one without the prefix is not looked at: any neighbour of the domain could set it', async () => {
    const token = tokenOf(await team.delegate.another());
    const read = (cookie: string) =>
      send(site.port, { path: '/api/inbox/session', headers: { cookie, 'x-forwarded-proto': 'https' } });
    expect((await read(`permanence=${token}`)).status).toBe(401);
    expect((await read(`__Host-permanence=${token}`)).status).toBe(200);
    expect((await read(`__Host-permanence=${token}; __Host-permanence=${'A'.repeat(43)}`)).status).toBe(200);
    expect((await read(`__Host-permanence=${'A'.repeat(43)}; permanence=${token}`)).status).toBe(401);
  });

  test('is taken away with the same flags', async () => {
    const browser = await team.delegate.another();
    const answer = await send(site.port, {
      method: 'DELETE',
      path: '/api/inbox/session',
      headers: { cookie: browser.cookie, 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.headers['set-cookie']).toEqual(['permanence=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
  });

  test('does not live longer for being renewed', async () => {
    const browser = await team.delegate.another();
    site.advance(60 * MINUTE);
    const { headers } = await browser.call('POST', '/session/unlock', { body: { authKey: keysOf('jean').authKey } });
    const maxAge = Number(/Max-Age=(\d+)/.exec(headers.getSetCookie()[0] ?? '')?.[1]);
    expect(maxAge).toBeLessThanOrEqual(FOURTEEN_DAYS_S - 3600);
    for (const member of Object.values(team)) expectOk(await member.browser.logIn(member.login));
  });
});

describe('an open event stream', () => {
  async function follow(browser: InboxBrowser, query = ''): Promise<OpenEvents> {
    const events = await openEvents(site.port, browser, query);
    open.add(events);
    return events;
  }

  const ENDINGS: readonly (readonly [string, (member: Member, page: InboxBrowser) => Promise<unknown>])[] = [
    ['the account is suspended', ({ id }) => coordinate('PATCH', `/accounts/${id}`, { isDisabled: true })],
    ['the role is changed', ({ id }) => coordinate('PATCH', `/accounts/${id}`, { role: 'coordinator' })],
    ['a link for new keys is made', ({ id }) => coordinate('POST', `/accounts/${id}/reset`)],
    ['the person logs out', (_, page) => page.call('DELETE', '/session')],
    ['the person logs out everywhere else', ({ browser }) => browser.call('DELETE', '/sessions')],
    ['the password is changed elsewhere', (member) => changePassword(member)],
    ['the account is recovered elsewhere', (member) => recover(member)],
    ['the session is locked', (_, page) => page.call('POST', '/session/lock')],
  ];

  test.each(ENDINGS)('ends at once when %s', async (_title, end) => {
    const member = await newcomer();
    const page = await member.another();
    const chat = await openWaiting(site);
    const events = await follow(page, `?conversation=${chat.conversationId}`);
    await events.until(/event: ?detail/);
    await end(member, page);
    await within(LIVE_LIMITS.heartbeatMs / 3, events.ended);
    expect(events.text()).toMatch(/event: ?session-over\ndata: ?\{"reason":"(ended|locked)"\}\n\n$/);
    const told = events.text();
    await chat.send('Trop tard pour être lu');
    expect(events.text()).toBe(told);
    // What is left of the session opens no other one, or one that tells nothing.
    const again = await follow(page);
    if (again.status === 200) await again.until(/event: ?waiting/);
    for (const name of again.names()) expect(name).toBe('waiting');
  });

  test('of a locked page tells counts, and no word of anybody', async () => {
    const member = await newcomer();
    const page = await member.another();
    expectOk(await page.call('POST', '/session/lock'));
    const chat = await openWaiting(site, 'Le mot de canari');
    const events = await follow(page, `?conversation=${chat.conversationId}&after=0`);
    await events.until(/event: ?waiting/);
    const before = events.count();
    await chat.send('Encore le canari');
    await openWaiting(site);
    await events.until(/event: ?waiting/, before);
    expect(new Set(events.names())).toEqual(new Set(['waiting']));
    expect(events.text()).not.toMatch(/canari/i);
    expect(events.text()).not.toContain(chat.conversationId);
  });

  test('too many of one account are refused clearly, and take nothing from the others', async () => {
    const member = await newcomer();
    const pages = [await member.another(), await member.another()];
    for (let n = 0; n < LIVE_LIMITS.streamsPerAccount; n += 1) {
      expect((await follow(pages[n % 2] as InboxBrowser)).status).toBe(200);
    }
    for (const page of pages) {
      const refused = await page.call('GET', '/events');
      expect(refused).toMatchObject({ status: 503, code: 'TooManyStreams' });
      expect(refused.body.detail).toBe('Trop de pages sont ouvertes à la fois. Fermez-en une.');
    }
    expect((await follow(team.delegate.browser)).status).toBe(200);
    const [one] = open;
    one?.leave();
    await one?.ended;
    for (let tries = 0; ; tries += 1) {
      const events = await follow(pages[0] as InboxBrowser);
      if (events.status === 200) break;
      expect(tries).toBeLessThan(50);
    }
  });

  test('that nobody reads is cut, and does not pile up in memory', async () => {
    const { browser } = team.coordinator;
    const chat = await openWaiting(site);
    const path = `/conversations/${chat.conversationId}`;
    // Every event about the conversation carries all of its notes: six kilobytes each.
    const addNote = () =>
      browser.call('POST', `${path}/notes`, { body: { id: randomUUID(), text: '漢'.repeat(2000) } });
    for (let n = 0; n < 160; n += 8) await Promise.all(Array.from({ length: 8 }, addNote));
    const query = `?conversation=${chat.conversationId}`;
    const [slow, quick] = [await follow(browser, query), await follow(browser, query)];
    await Promise.all([slow, quick].map(({ until }) => until(/event: ?detail/)));
    slow.pause();
    // A colleague comes and goes: each time everybody who watches is sent who is there, with everything else. Enough for
    // the buffers of the system and for what a slow page may have, many times over.
    for (let n = 0; n < 15; n += 1) {
      const before = quick.count();
      const visit = await follow(team.colleague.browser, query);
      await quick.until(/"viewers":\[\{[^\]]*\},\{/, before);
      const between = quick.count();
      visit.leave();
      await quick.until(/"viewers":\[\{[^,]*,[^,]*\}\]/, between);
    }
    const sent = quick.names().filter((name) => name === 'detail').length;
    slow.resume();
    await slow.ended;
    expect(sent).toBeGreaterThan(25);
    expect(slow.names().filter((name) => name === 'detail').length).toBeLessThan(sent);
  });
});

/** Sooner than the server looks at all sessions by itself. */
async function within(ms: number, end: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It goes on')), ms);
  });
  await Promise.race([end, late]);
  clearTimeout(timer);
}

function coordinate(method: string, path: string, body?: object) {
  return team.coordinator.browser.call(method, path, { ...(body && { body }) });
}

async function unlock({ login, browser }: Member): Promise<void> {
  expectOk(await browser.call('POST', '/session/lock'));
  expectOk(await browser.call('POST', '/session/unlock', { body: { authKey: keysOf(login).authKey } }));
}

async function changePassword({ login, browser }: Member): Promise<void> {
  const { authKey } = keysOf(login);
  const { salt, kdf, wrappedPrivateKey } = buildCredentials(passwordOf(login), login);
  const body = { authKey, newAuthKey: authKey, salt, kdf, wrappedPrivateKey };
  expectOk(await browser.call('POST', '/password', { body }));
}

async function recover({ login }: Member): Promise<void> {
  const credentials = buildCredentials(passwordOf(login), login, 'une autre clé de secours');
  const body = { login, recoveryAuthKey: keyFrom(`${login} secours`), credentials };
  expectOk(await browserAt(site).call('POST', '/recovery/finish', { body }));
}

async function secondFactorOn({ browser }: Member): Promise<void> {
  const { secret } = expectOk<{ secret: string }>(await browser.call('POST', '/second-factor/start'));
  const code = generateSync({ secret, epoch: Math.floor(site.now().getTime() / 1000) });
  expectOk(await browser.call('POST', '/second-factor/confirm', { body: { code } }));
}
