import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SESSION_LIFETIME_MS } from '../../../src/domain/sessions.js';
import { Refusal } from '../../../src/http/refusal.js';
import {
  buildCredentials,
  enrol,
  IDLE_MINUTES,
  type InboxServer,
  keyFrom,
  passwordOf,
  startInboxServer,
} from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxBrowser } from '../../support/inbox-browser.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

let server: InboxServer;
let browser: InboxBrowser;
beforeEach(async () => {
  server = await startInboxServer({
    handlers: {
      readEvents: async () => {
        throw new Refusal('NotInThisState');
      },
    },
  });
  await enrol(server, 'anne', 'coordinator');
  browser = createInboxBrowser(server.url);
});
afterEach(() => server.stop());

const read = (from = browser) => from.call('GET', '/session');

describe('logging in', () => {
  test('gives the account, its keys and a cookie that no script reads', async () => {
    const answer = await browser.logIn('anne');
    expect(answer.status).toBe(200);
    const { salt, kdf, publicKey, wrappedPrivateKey } = buildCredentials(passwordOf('anne'), 'anne');
    expect(answer.body).toEqual({
      account: {
        id: expect.any(String),
        login: 'anne',
        displayName: 'anne Nom',
        role: 'coordinator',
        isAvailable: true,
      },
      keys: { salt, kdf, publicKey, wrappedPrivateKey, fingerprint: expect.stringMatching(/^(\d{5} ){5}\d{5}$/) },
      isLocked: false,
      idleLockMinutes: IDLE_MINUTES,
      secondFactor: 'off',
      permissions: expect.arrayContaining(['accounts', 'audit', 'conversations']),
      isDemo: false,
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^permanence=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=1209600$/),
    ]);
    expect((await read()).body).toEqual(answer.body);
  });

  test('takes the login whatever its case', async () => {
    const call = { body: { login: ' ANNE ', authKey: keyFrom(passwordOf('anne')) } };
    expect((await browser.call('POST', '/session', call)).status).toBe(200);
  });

  test('keeps nothing that opens anything: neither token nor key is in the stores', async () => {
    await browser.logIn('anne');
    const token = browser.cookie?.split('=')[1] ?? '';
    const account = await server.accounts.findByLogin('anne');
    const kept = JSON.stringify([account, await server.storage.sessions.listOf(account?.id ?? '')]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(keyFrom(passwordOf('anne')));
    expect(kept).not.toContain(keyFrom('anne secours'));
  });

  test('leaves no earlier session of this browser open', async () => {
    await browser.logIn('anne');
    const earlier = browser.cookie;
    await browser.logIn('anne');
    expect(browser.cookie).not.toBe(earlier);
    browser.cookie = earlier;
    expect(await read()).toMatchObject({ status: 401, code: 'NotLoggedIn' });
  });
});

describe('the cookie', () => {
  test('over https has the prefix, and no other is read', async () => {
    const secure = await startInboxServer({ publicUrl: 'https://permanence.example' });
    await enrol(secure, 'anne');
    const page = createInboxBrowser(secure.url);
    const [line = ''] = (await page.logIn('anne')).headers.getSetCookie();
    expect(line).toMatch(/^__Host-permanence=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
    expect((await read(page)).status).toBe(200);
    page.cookie = page.cookie?.replace('__Host-', '');
    expect(await read(page)).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    await secure.stop();
  });

  test('is secure behind a proxy that ends https, and when the page says so', async () => {
    const proxied = await startInboxServer({ trustProxy: 1 });
    await enrol(proxied, 'anne');
    const body = { login: 'anne', authKey: keyFrom(passwordOf('anne')) };
    for (const headers of [{ 'x-forwarded-proto': 'https' }, { origin: 'https://permanence.example' }]) {
      const answer = await createInboxBrowser(proxied.url).call('POST', '/session', { body, headers });
      expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-permanence=.*; Secure$/);
    }
    await proxied.stop();
  });

  test('is cleared on leaving, and the session is gone', async () => {
    await browser.logIn('anne');
    const cookie = browser.cookie;
    const answer = await browser.call('DELETE', '/session');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^permanence=; Path=\/; HttpOnly; SameSite=Strict; Max-Age=0$/);
    expect(browser.cookie).toBeUndefined();
    browser.cookie = cookie;
    expect(await read()).toMatchObject({ status: 401, code: 'NotLoggedIn' });
  });

  test.each(['permanence=', 'permanence=x', `permanence=${'é'.repeat(43)}`, '=;;=', 'x'.repeat(8000)])(
    'that is odd is no session: %.30s',
    async (cookie) => {
      browser.cookie = encodeURI(cookie).slice(0, 8000);
      expect(await read()).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    },
  );
});

describe('fixation', () => {
  test('a cookie that was there before is never the session', async () => {
    const planted = `permanence=${'B'.repeat(43)}`;
    browser.cookie = planted;
    await browser.logIn('anne');
    expect(browser.cookie).not.toBe(planted);
    browser.cookie = planted;
    expect((await read()).status).toBe(401);
  });

  const steps = {
    unlocking: async () => {
      await browser.call('POST', '/session/lock');
      return browser.call('POST', '/session/unlock', { body: { authKey: keyFrom(passwordOf('anne')) } });
    },
    'a new password': async () => {
      const { salt, kdf, authKey, wrappedPrivateKey } = buildCredentials('nouveau', 'anne');
      const body = { authKey: keyFrom(passwordOf('anne')), salt, kdf, newAuthKey: authKey, wrappedPrivateKey };
      return browser.call('POST', '/password', { body });
    },
  };
  test.each(Object.entries(steps))('%s gives a new cookie; the old one is worth nothing', async (_name, step) => {
    await browser.logIn('anne');
    const before = browser.cookie;
    expect((await step()).status).toBe(200);
    expect(browser.cookie).not.toBe(before);
    expect((await read()).status).toBe(200);
    browser.cookie = before;
    expect(await read()).toMatchObject({ status: 401, code: 'NotLoggedIn' });
  });
});

describe('time', () => {
  const open = () => browser.call('GET', '/audit');

  test('locks an idle session, and only the password opens it', async () => {
    await browser.logIn('anne');
    server.clock.advance(IDLE_MINUTES * MINUTE);
    expect(await open()).toMatchObject({ status: 401, code: 'SessionLocked' });
    expect((await read()).body.isLocked).toBe(true);
    const wrong = await browser.call('POST', '/session/unlock', { body: { authKey: keyFrom('faux') } });
    expect(wrong).toMatchObject({ status: 401, code: 'WrongCredentials' });
    const right = await browser.call('POST', '/session/unlock', { body: { authKey: keyFrom(passwordOf('anne')) } });
    expect(right.body.isLocked).toBe(false);
    expect((await open()).status).toBe(200);
  });

  test('does not lock one that is used', async () => {
    await browser.logIn('anne');
    for (let minutes = 0; minutes < 3 * IDLE_MINUTES; minutes += 10) {
      server.clock.advance(10 * MINUTE);
      expect((await open()).status).toBe(200);
    }
  });

  test.each([
    ['the event stream', () => browser.call('GET', '/events')],
    [
      'a call that the page makes by itself',
      () => browser.call('GET', '/audit', { headers: { 'x-permanence': 'background' } }),
    ],
  ])('%s does not keep it open', async (_name, call) => {
    await browser.logIn('anne');
    server.clock.advance((IDLE_MINUTES - 1) * MINUTE);
    expect([200, 409]).toContain((await call()).status);
    server.clock.advance(MINUTE);
    expect(await open()).toMatchObject({ code: 'SessionLocked' });
  });

  test('what is asked while it is locked does not open it', async () => {
    await browser.logIn('anne');
    server.clock.advance(IDLE_MINUTES * MINUTE);
    await read();
    server.clock.advance(-5 * MINUTE);
    expect(await open()).toMatchObject({ code: 'SessionLocked' });
  });

  test('ends it after 14 days, however it is used', async () => {
    await browser.logIn('anne');
    const step = { body: { authKey: keyFrom(passwordOf('anne')) } };
    for (let day = 0; day < 13; day += 1) {
      server.clock.advance(24 * HOUR);
      const unlocked = await browser.call('POST', '/session/unlock', step);
      expect(unlocked.status).toBe(200);
    }
    server.clock.advance(24 * HOUR - 1);
    expect((await read()).status).toBe(200);
    server.clock.advance(1);
    expect(SESSION_LIFETIME_MS).toBe(14 * 24 * HOUR * 1000);
    expect(await read()).toMatchObject({ status: 401, code: 'NotLoggedIn' });
  });
});

describe('one’s own sessions', () => {
  interface Own {
    readonly id: string;
    readonly device: string;
    readonly isCurrent: boolean;
  }
  const list = async (from = browser) => (await from.call('GET', '/sessions')).body.sessions as readonly Own[];

  test('are listed by device, and closed from afar', async () => {
    await browser.logIn('anne');
    const other = createInboxBrowser(server.url);
    await other.logIn('anne');
    const own = await list();
    expect(own.map(({ device }) => device)).toContain('Firefox sur Windows');
    const { id = '' } = own.find(({ isCurrent }) => !isCurrent) ?? {};
    expect((await other.call('GET', '/session')).status).toBe(200);
    expect((await browser.call('DELETE', `/sessions/${id}`)).status).toBe(200);
    expect(await other.call('GET', '/session')).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    expect((await browser.call('DELETE', `/sessions/${id}`)).status).toBe(404);
  });

  test('are all closed but this one', async () => {
    await browser.logIn('anne');
    const others = [createInboxBrowser(server.url), createInboxBrowser(server.url)];
    for (const other of others) await other.logIn('anne');
    expect((await browser.call('DELETE', '/sessions')).status).toBe(200);
    for (const other of others) expect((await other.call('GET', '/session')).status).toBe(401);
    expect((await list()).filter(({ isCurrent }) => !isCurrent)).toEqual([]);
  });

  test('nobody closes those of a colleague', async () => {
    await enrol(server, 'jean');
    const jean = createInboxBrowser(server.url);
    await jean.logIn('jean');
    await browser.logIn('anne');
    const [{ id = '' } = {}] = await list(jean);
    expect(await browser.call('DELETE', `/sessions/${id}`)).toMatchObject({ status: 404 });
    expect((await jean.call('GET', '/session')).status).toBe(200);
  });
});

describe('a stream', () => {
  test('is told of a lock and of an end, and may ask', async () => {
    await browser.logIn('anne');
    const { id = '' } =
      (await server.storage.sessions.listOf((await server.accounts.findByLogin('anne'))?.id ?? ''))[0] ?? {};
    const events: string[] = [];
    const stop = server.sessions.watch(id, (event) => events.push(event));
    expect(await server.sessions.stateOf(id)).toBe('usable');
    server.clock.advance(IDLE_MINUTES * MINUTE);
    expect(await server.sessions.stateOf(id)).toBe('locked');
    await browser.call('POST', '/session/unlock', { body: { authKey: keyFrom(passwordOf('anne')) } });
    expect(await server.sessions.stateOf(id)).toBe('ended');
    stop();
    expect(events).toEqual(['locked', 'replaced']);
  });
});
