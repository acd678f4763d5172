import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { can } from '../../../src/domain/permissions.js';
import { OPERATIONS, type Operation, type OperationName } from '../../../src/inbox/operations.js';
import { enrol, type InboxServer, startInboxServer } from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxBrowser } from '../../support/inbox-browser.js';

/** Every operation of the table, so that new ones are tested as soon as they are there. */
const ALL = Object.entries(OPERATIONS) as [OperationName, Operation][];
const named = (wanted: (operation: Operation) => boolean) =>
  ALL.filter(([, operation]) => wanted(operation)).map(
    ([name, operation]) => [name, operation.method, operation.path.replace(/\{\w+\}/g, 'inconnu'), operation] as const,
  );

let server: InboxServer;
let coordinator: InboxBrowser;
let delegate: InboxBrowser;
beforeAll(async () => {
  server = await startInboxServer();
  await enrol(server, 'anne', 'coordinator');
  await enrol(server, 'jean', 'delegate');
});
afterAll(() => server.stop());
beforeEach(async () => {
  coordinator = createInboxBrowser(server.url);
  delegate = createInboxBrowser(server.url);
  await coordinator.logIn('anne');
  await delegate.logIn('jean');
  server.reached.length = 0;
});

describe('without a session', () => {
  test.each(named(({ access }) => access !== 'anyone'))('%s is refused', async (_name, method, path) => {
    const answer = await createInboxBrowser(server.url).call(method, path);
    expect(answer).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(server.reached).toEqual([]);
  });

  test.each(named(({ access }) => access !== 'anyone'))(
    '%s is refused with a made-up cookie',
    async (_name, method, path) => {
      const browser = createInboxBrowser(server.url);
      browser.cookie = `permanence=${'A'.repeat(43)}`;
      expect(await browser.call(method, path)).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    },
  );

  test.each(named(({ access }) => access === 'anyone'))('%s is open', async (_name, method, path) => {
    expect(await createInboxBrowser(server.url).call(method, path)).toMatchObject({ status: 400, code: 'InvalidBody' });
  });
});

describe('roles', () => {
  const forCoordinators = ({ access }: Operation): boolean =>
    access !== 'anyone' && access !== 'locked' && access !== 'session' && !can('delegate', access);

  test.each(named(forCoordinators))('%s is refused to a delegate', async (_name, method, path) => {
    expect(await delegate.call(method, path)).toMatchObject({ status: 403, code: 'NotAllowed' });
    expect(server.reached).toEqual([]);
  });

  test.each(named((operation) => !forCoordinators(operation) && operation.access !== 'anyone'))(
    '%s lets a delegate through',
    async (_name, method, path) => {
      expect([400, 200, 404, 409]).toContain((await delegate.call(method, path)).status);
    },
  );

  test.each(named(({ access }) => access !== 'anyone'))(
    '%s lets a coordinator through',
    async (_name, method, path) => {
      expect([400, 200, 404, 409]).toContain((await coordinator.call(method, path)).status);
    },
  );

  test('there are operations of both kinds', () => {
    expect(named(forCoordinators).length).toBeGreaterThan(10);
  });
});

describe('locked', () => {
  test.each(named(({ access }) => access !== 'anyone' && access !== 'locked'))(
    '%s waits for the password',
    async (_name, method, path) => {
      await coordinator.call('POST', '/session/lock');
      expect(await coordinator.call(method, path)).toMatchObject({ status: 401, code: 'SessionLocked' });
      expect(server.reached).toEqual([]);
    },
  );

  test.each(named(({ access }) => access === 'locked'))(
    '%s is no refusal by the router',
    async (name, method, path) => {
      await coordinator.call('POST', '/session/lock');
      const { code } = await coordinator.call(method, path);
      // Whoever passes by a locked screen must not put a second factor of theirs on the account.
      const isRefused = name === 'startSecondFactor';
      expect(code === 'SessionLocked').toBe(isRefused);
    },
  );

  test('confirming a second factor waits for the password too', async () => {
    await coordinator.call('POST', '/session/lock');
    const answer = await coordinator.call('POST', '/second-factor/confirm', { body: { code: '123456' } });
    expect(answer).toMatchObject({ status: 401, code: 'SessionLocked' });
  });
});

describe('calls from elsewhere', () => {
  const changing = named(({ method }) => method !== 'GET');

  test.each(changing)('%s: without our header', async (_name, method, path) => {
    const answer = await coordinator.call(method, path, { headers: { 'x-permanence': undefined } });
    expect(answer).toMatchObject({ status: 403, code: 'CrossSiteRequest' });
  });

  test.each(changing)('%s: from another site, whatever else is right', async (_name, method, path) => {
    for (const site of ['cross-site', 'same-site', 'none', '']) {
      const headers = { 'sec-fetch-site': site, origin: server.url };
      expect(await coordinator.call(method, path, { headers })).toMatchObject({
        status: 403,
        code: 'CrossSiteRequest',
      });
    }
  });

  test.each(changing)(
    '%s: a browser without Fetch Metadata, from another origin or none',
    async (_name, method, path) => {
      for (const origin of ['https://mechant.example', 'null', `${server.url}.mechant.example`, undefined]) {
        const headers = { 'sec-fetch-site': undefined, origin };
        expect(await coordinator.call(method, path, { headers })).toMatchObject({
          status: 403,
          code: 'CrossSiteRequest',
        });
      }
    },
  );

  test.each(changing)('%s: as a form', async (_name, method, path) => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const answer = await coordinator.call(method, path, { body: 'code=123456', headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 415, code: 'UnsupportedMediaType' });
    }
  });

  test.each(named(({ method }) => method === 'GET'))(
    '%s: read by a page of another site',
    async (_name, method, path) => {
      for (const site of ['cross-site', 'same-site']) {
        const answer = await coordinator.call(method, path, { headers: { 'sec-fetch-site': site } });
        expect(answer).toMatchObject({ status: 403, code: 'CrossSiteRequest' });
      }
      expect(server.reached).toEqual([]);
    },
  );

  test('no answer lets another origin read it', async () => {
    const { headers } = await coordinator.call('GET', '/session', { headers: { origin: 'https://mechant.example' } });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a browser without Fetch Metadata is let through by its origin', async () => {
    const headers = { 'sec-fetch-site': undefined, origin: server.url };
    expect((await coordinator.call('POST', '/session/lock', { headers })).status).toBe(200);
  });
});

describe('odd bodies', () => {
  const withBody = named(({ body }) => body !== undefined);

  test.each(withBody)('%s', async (_name, method, path) => {
    const wrong = [
      ['{', 'InvalidJson', 400],
      ['null', 'InvalidJson', 400],
      ['"texte"', 'InvalidJson', 400],
      ['[]', 'InvalidBody', 400],
      ['{"__proto__":{"role":"coordinator"}}', 'InvalidBody', 400],
      ['{"constructor":{"prototype":{"x":1}}}', 'InvalidBody', 400],
      [`{"inconnu":"${'a'.repeat(1000)}"}`, 'InvalidBody', 400],
      [`{"inconnu":"${'a'.repeat(70_000)}"}`, 'BodyTooLarge', 413],
    ] as const;
    for (const [body, code, status] of wrong) {
      const answer = await coordinator.call(method, path, { body });
      expect({ body: body.slice(0, 40), status: answer.status, code: answer.code }).toEqual({
        body: body.slice(0, 40),
        status,
        code,
      });
    }
    expect(server.reached).toEqual([]);
  });

  test.each(named(({ body, method }) => body === undefined && method !== 'GET'))(
    '%s takes no body',
    async (name, method, path) => {
      const answer = await delegate.call(method, path, { body: { x: 1 } });
      const isForCoordinators = answer.code === 'NotAllowed';
      expect(isForCoordinators || answer.code === 'InvalidBody').toBe(true);
      expect(name).not.toBe('');
    },
  );

  test('what was sent is repeated nowhere', async () => {
    const answer = await coordinator.call('POST', '/session', {
      body: { login: 'SECRETSECRET', authKey: 'SECRETSECRET' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    expect(server.logLines.join()).not.toContain('SECRET');
  });
});

describe('other methods and addresses', () => {
  test.each(named(() => true))(
    '%s answers no HEAD, and no method that the table does not know',
    async (_name, _method, path) => {
      const response = await fetch(`${server.url}/api/inbox${path}`, { method: 'HEAD' });
      expect(response.status).toBe(405);
      expect((await coordinator.call('PROPFIND', path)).status).toBe(405);
    },
  );

  test.each([
    '/',
    '/Session',
    '/session/',
    '/conversations/%2e%2e/x',
    '/accounts',
    '/accounts/..%2f..%2fx',
    '/sessions/a%00b',
  ])('%s is nothing', async (path) => {
    const answer = await coordinator.call(path === '/accounts' ? 'DELETE' : 'PATCH', path, { body: {} });
    expect([404, 405]).toContain(answer.status);
  });
});
