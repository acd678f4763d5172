import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OperationName } from '../../src/inbox/operations.js';
import type { InboxBrowser } from '../support/inbox-browser.js';
import { callOf, makeCall, NO_TARGETS, OPERATION_NAMES, operationsWhere } from '../support/security-calls.js';
import { openHidden } from '../support/security-conversations.js';
import { expectOk, openTeam, type Team } from '../support/security-people.js';
import { send, sendBytes } from '../support/security-raw.js';
import { openSite, type Site } from '../support/security-site.js';

const CHANGING = operationsWhere(({ method }) => method !== 'GET');
const READING = operationsWhere(({ method }) => method === 'GET');

let site: Site;
let team: Team;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
  cookie = team.coordinator.browser.cookie ?? '';
});
afterAll(() => site.close());

describe('a page of another site, in the browser of somebody who is logged in', () => {
  const ours = 'http://127.0.0.1';

  test.each([
    ['a form', { 'x-permanence': undefined }],
    ['a script without our header', { 'x-permanence': '' }],
    ['our header with another value', { 'x-permanence': '1' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['an address that was typed', { 'sec-fetch-site': 'none' }],
    ['two sites at once', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['an old browser, another origin', { 'sec-fetch-site': undefined, origin: 'https://mechant.example' }],
    ['an old browser, no origin', { 'sec-fetch-site': undefined }],
    ['an old browser, a sandbox', { 'sec-fetch-site': undefined, origin: 'null' }],
    ['an old browser, another port', { 'sec-fetch-site': undefined, origin: `${ours}:1` }],
    ['an old browser, https', { 'sec-fetch-site': undefined, origin: 'https://127.0.0.1' }],
    [
      'an old browser, a name that begins like ours',
      { 'sec-fetch-site': undefined, origin: `${ours}.mechant.example` },
    ],
  ])('changes nothing by any operation: %s', async (_title, headers) => {
    expect(await refusalsOf(CHANGING, headers)).toEqual([]);
    // Whoever was to be logged out, locked or renamed is as before.
    expect((await team.coordinator.browser.call('GET', '/session')).body).toMatchObject({
      isLocked: false,
      account: { displayName: 'anne' },
    });
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same domain', { 'sec-fetch-site': 'same-site' }],
  ])('reads nothing by any operation: %s', async (_title, headers) => {
    expect(await refusalsOf(READING, headers)).toEqual([]);
  });

  async function refusalsOf(names: readonly OperationName[], headers: Readonly<Record<string, string | undefined>>) {
    const through: string[] = [];
    for (const name of names) {
      const { status, code } = await makeCall(team.coordinator.browser, callOf(name, NO_TARGETS), headers);
      if (status !== 403 || code !== 'CrossSiteRequest') through.push(`${name} ${status} ${code}`);
    }
    return through;
  }

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/json', ''])(
    'cannot pass off a body as a form’s: %s',
    async (type) => {
      const through: string[] = [];
      for (const name of CHANGING) {
        const { method, path, body = {} } = callOf(name, NO_TARGETS);
        const headers = { 'content-type': type };
        const sent = { headers, body: JSON.stringify(body) };
        const { status } = await team.coordinator.browser.call(method, path, sent);
        if (status !== 415) through.push(`${name} ${status}`);
      }
      expect(through).toEqual([]);
    },
  );

  test('cannot read answers, nor ask for leave to call', async () => {
    for (const name of OPERATION_NAMES) {
      const { path, method } = callOf(name, NO_TARGETS);
      const { headers, status } = await send(site.port, {
        method: 'OPTIONS',
        path: `/api/inbox${path}`,
        headers: {
          cookie,
          origin: 'https://mechant.example',
          'access-control-request-method': method,
          'access-control-request-headers': 'x-permanence',
        },
      });
      expect(status).toBe(405);
      expect(Object.keys(headers).filter((key) => key.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('methods', () => {
  const PATHS = [...new Set(OPERATION_NAMES.map((name) => callOf(name, NO_TARGETS).path))];

  test('HEAD, OPTIONS, TRACE and unknown ones do nothing, and echo nothing', async () => {
    for (const path of PATHS) {
      for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']) {
        const answer = await send(site.port, {
          method,
          path: `/api/inbox${path}`,
          headers: { cookie, 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin', 'x-canari': 'canari-7431' },
        });
        expect({ method, path, status: answer.status }).toEqual({ method, path, status: 405 });
        expect(answer.text).not.toContain('canari');
        expect(answer.headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
      }
    }
  });

  test('nothing overrides a method', async () => {
    const { browser } = team.coordinator;
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const headers = { [header]: 'DELETE' };
      expect((await browser.call('GET', '/session', { headers })).body).toMatchObject({ account: { login: 'anne' } });
      expect(
        (await browser.call('POST', '/session/lock?_method=DELETE', { headers, body: { _method: 'DELETE' } })).status,
      ).toBe(400);
    }
    expect((await browser.call('GET', '/session')).body).toMatchObject({ isLocked: false });
  });

  test('a second request hidden in the body of the first is not run', async () => {
    const hidden = 'GET /api/inbox/session HTTP/1.1\r\nHost: x\r\n\r\n';
    const both = [
      'POST /api/inbox/session HTTP/1.1',
      'Host: x',
      `Content-Length: ${hidden.length}`,
      'Transfer-Encoding: chunked',
      'Connection: close',
      '',
      `0\r\n\r\n${hidden}`,
    ].join('\r\n');
    const answer = await sendBytes(site.port, both);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('addresses', () => {
  const asCoordinator = { 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin' };

  /** Each reaches an operation or nothing; none gets around the checks. */
  const ODD = [
    '//api/inbox/accounts',
    '/api//inbox/accounts',
    '/api/inbox//accounts',
    '/api/inbox/accounts/',
    '/api/inbox/Accounts',
    '/API/inbox/accounts',
    '/Api/Inbox/accounts',
    '/api/inbox/./accounts',
    '/api/inbox/x/../accounts',
    '/api/inbox/%2e/accounts',
    '/api/inbox/x/%2e%2e/accounts',
    '/api/inbox/x%2f..%2faccounts',
    '/api/inbox/%61ccounts',
    '/api/%69nbox/accounts',
    '/api/inbox/accounts%00',
    '/api/inbox/accounts%20',
    '/api/inbox/accounts;x=1',
    '/api/inbox/accounts.json',
    '/api/inbox/accounts%3f',
    '/api/inbox/accounts#x',
    '/api\\inbox\\accounts',
    '/inbox/../api/inbox/accounts',
    '/v3/directline/../../api/inbox/accounts',
    'http://127.0.0.1/api/inbox/accounts',
    '/api/widget/session/../../inbox/accounts',
  ];

  test.each(ODD)('%s opens nothing without a session', async (path) => {
    const answer = await send(site.port, { path, headers: asCoordinator });
    // An address below /inbox is the page's own, whatever follows.
    if (answer.status === 200) expect(answer.text).toMatch(/^<!doctype html>/i);
    else expect([401, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('anne');
  });

  test.each(ODD)('%s changes nothing for a page of another site', async (path) => {
    const { displayName } = expectOk<{ account: { displayName: string } }>(
      await team.coordinator.browser.call('GET', '/session'),
    ).account;
    const answer = await send(site.port, {
      method: 'PATCH',
      path: path.replace(/accounts/i, 'profile'),
      headers: { cookie, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json', 'x-permanence': 'inbox' },
      body: '{"displayName":"Intrus"}',
    });
    expect([403, 404]).toContain(answer.status);
    expect((await team.coordinator.browser.call('GET', '/session')).body).toMatchObject({ account: { displayName } });
  });

  test('files of the server are not reached from those of the pages', async () => {
    const climbs = ['..', '%2e%2e', '..%2f..', '.%2e', '%2e%2e%2f%2e%2e', '..%5c..', '%c0%ae%c0%ae', '..;'];
    const files = ['package.json', 'src/app.js', 'model/fr.json', 'data.key', 'permanence.db'];
    for (const folder of ['/', '/inbox/', '/inbox/assets/']) {
      for (const climb of climbs) {
        for (const file of files) {
          const { status, text } = await send(site.port, { path: `${folder}${climb}/${file}` });
          // An address below /inbox is the page's own, whatever it says.
          if (status === 200) expect(text).toMatch(/^<!doctype html>/i);
          else expect([400, 403, 404]).toContain(status);
        }
      }
    }
  });
});

describe('bodies and queries', () => {
  let browser: InboxBrowser;
  beforeAll(async () => {
    browser = await team.coordinator.another();
  });

  test('too much, too deep or too odd is refused, and the server goes on', async () => {
    const deep = `${'{"text":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const brackets = `{"text":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const many = `{${Array.from({ length: 5000 }, (_, n) => `"k${n}":1`).join(',')}}`;
    const tries: [string, string | Buffer, number][] = [
      ['64 kB and more', `{"text":"${'a'.repeat(66_000)}"}`, 413],
      ['deep objects', deep, 400],
      ['deep lists', brackets, 400],
      ['many members', many, 400],
      ['a member twice', '{"text":"bonjour","text":{"x":1}}', 400],
      ['a huge number', '{"text":1e400}', 400],
      ['half a character', '{"text":"\\ud800"}', 400],
      ['a null character', '{"text":"bon\\u0000jour"}', 400],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
      ['a list', '[]', 400],
      ['nothing', '', 400],
    ];
    for (const [what, body, status] of tries) {
      const headers = { cookie: browser.cookie, 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin' };
      const type = { 'content-type': 'application/json' };
      const call = { method: 'POST', path: '/api/inbox/search', headers: { ...headers, ...type }, body };
      expect({ what, status: (await send(site.port, call)).status }).toEqual({ what, status });
    }
    expect((await browser.call('GET', '/session')).status).toBe(200);
  });

  test('a compressed body, which could grow a thousand times, is refused', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect((await browser.call('POST', '/search', { body: { text: 'bonjour' }, headers })).status).toBe(415);
  });

  test.each(['-1', '1e3', '5, 6', '0x10', '+5'])('a length of %s is none', async (length) => {
    const head = `POST /api/inbox/session HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n{}`;
    expect(await sendBytes(site.port, head)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('long addresses, queries, headers and cookies are refused in the same form as everything else', async () => {
    const long = 'a'.repeat(20_000);
    const tries = [
      { path: `/api/inbox/conversations/${long}` },
      { path: `/api/inbox/conversations/past?after=${long}` },
      { path: '/api/inbox/session', headers: { cookie: `permanence=${long}` } },
      { path: '/api/inbox/session', headers: { 'user-agent': long } },
    ];
    for (const call of tries) {
      const { status, code } = await send(site.port, call);
      expect({ status, code }).toEqual({ status: 431, code: 'HeadersTooLarge' });
    }
    const { status, code } = await browser.call('GET', `/conversations/past?after=${'a'.repeat(5000)}`);
    expect({ status, code }).toEqual({ status: 400, code: 'InvalidRequest' });
    const crumbs = Array.from({ length: 900 }, (_, n) => `c${n}=1`).join('; ');
    const crumbled = await send(site.port, {
      path: '/api/inbox/session',
      headers: { cookie: `${crumbs}; ${browser.cookie}` },
    });
    expect(crumbled.status).toBe(200);
  });

  test.each([
    [
      '/conversations/past',
      ['after[]=1', 'after[x]=1', 'after=1&after=2', 'after=1.', 'after=9999999999999999.x', 'x=1'],
    ],
    ['/audit', ['before=0', 'before=-1', 'before=1e99', 'before=1.5', 'before[]=a', 'before=1&before=2']],
    ['/weekly', ['week=2026-W99', 'week=2026-W00', 'week=0000-W01', 'week=9999-W53', 'week=2026-W48%0d%0aX-Y:1']],
    ['/weekly.csv', ['week=2026-W99', 'week=0000-W01', 'week=2026-W48%00', 'week[]=2026-W48']],
    ['/events', ['after=-1', 'after=x', `conversation=${'a'.repeat(101)}`, 'conversation[]=a&x=1', 'x=1']],
  ])('%s: odd queries are refused, and fail nowhere', async (path, queries) => {
    for (const query of queries) {
      const { status } = await browser.call('GET', `${path}?${query}`);
      expect({ query, isRefused: status === 400 }).toEqual({ query, isRefused: true });
    }
  });

  test('no id, however odd, does anything but be unknown', async () => {
    const chat = await openHidden(site);
    const odd = [
      '__proto__',
      'constructor',
      'toString',
      'undefined',
      'null',
      '0',
      '-1',
      "'%20OR%201=1--",
      '%00',
      '%0d%0aX-Y:%201',
      '%F0%9F%92%A9',
      '%',
      '%zz',
      '%C0%80',
      '*',
      '$ne',
      chat.conversationId.toUpperCase(),
      `${chat.conversationId}%20`,
      'a'.repeat(101),
    ];
    for (const id of odd) {
      for (const [method, path] of [
        ['GET', `/conversations/${id}`],
        ['POST', `/conversations/${id}/take`],
        ['DELETE', `/sessions/${id}`],
        ['DELETE', `/invitations/${id}`],
        ['DELETE', `/alarm/subscriptions/${id}`],
        ['POST', `/accounts/${id}/reset`],
      ] as const) {
        const { status } = await send(site.port, {
          method,
          path: `/api/inbox${path}`,
          headers: { cookie: browser.cookie, 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin' },
        });
        expect({ method, path, isUnknown: status === 404 || status === 400 }).toEqual({
          method,
          path,
          isUnknown: true,
        });
      }
    }
  });
});
