import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { browserAt, expectOk, inviteBy, openTeam, type Team } from '../support/security-people.js';
import { type RawAnswer, send } from '../support/security-raw.js';
import { openSite, type Site } from '../support/security-site.js';

const WEB = fileURLToPath(new URL('../../dist/web/', import.meta.url));
/** Everything that was built for browsers, by its path below `dist/web`. */
const BUILT = globSync('**/*', { cwd: WEB, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(WEB.length).replace(/^\//, ''));

/** In a fixed order, so that a directive that comes, goes or opens shows here. */
const PUBLIC_POLICY = [
  "base-uri 'none'",
  "connect-src 'self'",
  "default-src 'none'",
  "font-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
];
const INBOX_POLICY = [
  ...PUBLIC_POLICY.filter((directive) => !directive.startsWith('script-src')),
  "media-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
].sort();

let site: Site;
let team: Team;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
});
afterAll(() => site.close());

const get = (path: string, headers = {}): Promise<RawAnswer> => send(site.port, { path, headers });
const policyOf = ({ headers }: RawAnswer): readonly string[] =>
  String(headers['content-security-policy']).split(';').sort();

describe('headers', () => {
  const PUBLIC = [
    '/',
    '/confidentialite',
    '/accessibilite',
    '/affiche',
    '/widget.js',
    '/permanences.ics',
    '/rien',
    '/healthz',
  ];
  const INBOX = [
    '/inbox',
    '/inbox/',
    '/inbox/assets',
    '/inbox/journal',
    '/inbox/lien',
    '/inbox/c/x',
    '/inbox/sw.js',
    '/inbox/offline.html',
  ];
  const API = [
    '/api/openapi.json',
    '/api/inbox/session',
    '/api/inbox/rien',
    '/api/widget/session',
    '/v3/directline/rien',
  ];

  test.each([...PUBLIC, ...API])('%s lets nothing run but what this server serves', async (path) => {
    expect(policyOf(await get(path))).toEqual(PUBLIC_POLICY);
  });

  test.each(INBOX)('%s adds WebAssembly, a worker and a sound to that', async (path) => {
    expect(policyOf(await get(path))).toEqual(INBOX_POLICY);
  });

  test.each([...PUBLIC, ...INBOX, ...API])(
    '%s can be framed by nobody, and tells nothing of the server',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        'x-frame-options': expect.stringMatching(/^(SAMEORIGIN|DENY)$/),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      });
      for (const name of ['x-powered-by', 'server', 'via', 'x-runtime']) expect(headers).not.toHaveProperty(name);
    },
  );

  test('nothing of the delegates’ API is kept by caches', async () => {
    const { coordinator } = team;
    for (const path of ['/session', '/accounts', '/conversations/past', '/audit', '/weekly.csv', '/rien']) {
      const { headers } = await coordinator.browser.call('GET', path);
      expect({ path, cache: headers.get('cache-control') }).toEqual({ path, cache: 'no-store' });
    }
  });

  test('there is no page of figures of the process to read', async () => {
    for (const path of ['/metrics', '/status', '/debug', '/env', '/.env', '/server-status', '/api', '/api/inbox']) {
      expect((await get(path)).status).toBe(404);
    }
    const read = async (path: string): Promise<unknown> => JSON.parse((await get(path)).text);
    expect(await read('/healthz')).toEqual({ status: 'ok' });
    // How many processes there are, or where, is nobody's affair.
    expect(await read('/readyz')).toEqual({ status: 'ready', processes: 'alone' });
  });
});

describe('what is served', () => {
  test('is no source, and no map to one', async () => {
    expect(BUILT.length).toBeGreaterThan(20);
    for (const file of BUILT) {
      const { text } = await get(`/${file}`);
      expect({ file, isMapped: /sourceMappingURL=(?!data:,)/.test(text) }).toEqual({ file, isMapped: false });
      for (const other of [`${file}.map`, file.replace(/\.\w+$/, '.ts'), file.replace(/\.\w+$/, '.tsx')]) {
        const { status, headers } = await get(`/${other}`);
        const isPage = status === 200 && String(headers['content-type']).startsWith('text/html');
        expect({ other, isServed: status === 200 && !isPage }).toEqual({ other, isServed: false });
      }
    }
  });

  test('does not list what it was built from', async () => {
    for (const file of BUILT) {
      const { status, text } = await get(`/${file}`);
      const isTelling = status === 200 && /node_modules\/|\.tsx?"/.test(text);
      expect({ file, isTelling }).toEqual({ file, isTelling: false });
    }
  });

  test('is a page as the server fills it in, whatever way its name is written', async () => {
    for (const path of [
      '/index.html',
      '/index%2ehtml',
      '/index.htm%6c',
      '/%69ndex.htm%6c',
      '/./index.htm%6c',
      '/confidentialite.htm%6c',
    ]) {
      const { text } = await get(path);
      expect({ path, isTemplate: text.includes('{{') }).toEqual({ path, isTemplate: false });
    }
  });

  test('of the inbox comes under the inbox’s own policy, whatever way its address is written', async () => {
    for (const path of [
      '/%69nbox/index.htm%6c',
      '/inbo%78/sw.js',
      '/%69nbox/assets',
      '//inbox/sw.js',
      '/INBOX/sw.js',
      '/./inbox/sw.js',
    ]) {
      const answer = await get(path);
      if (answer.status === 200) expect({ path, policy: policyOf(answer) }).toEqual({ path, policy: INBOX_POLICY });
    }
  });

  test('holds no secret: the API’s description names none', async () => {
    const { text, status } = await get('/api/openapi.json');
    expect(status).toBe(200);
    const key = readFileSync(`${site.dataDir}/data.key`, 'utf8').trim();
    const secrets = [key, site.setupToken, team.coordinator.id, '"anne"', site.dataDir, 'data.key', 'AuthKeyHash'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

describe('redirects', () => {
  test('lead nowhere but to this server', async () => {
    const evil = [
      '//mechant.example',
      '/\\mechant.example',
      '/%5cmechant.example',
      '//mechant.example/%2e%2e',
      '/%2f%2fmechant.example',
    ];
    const folders = [
      '/inbox/assets',
      '//inbox/assets',
      '///inbox/assets',
      '/inbox//assets',
      '/%2finbox/assets',
      '/inbox/%2f/mechant.example',
    ];
    for (const path of [
      ...evil,
      ...folders,
      ...evil.map((one) => `/inbox${one}`),
      ...evil.map((one) => `${one}/inbox/assets`),
    ]) {
      const { headers, status } = await get(path, { host: 'permanence.exemple.fr' });
      const { location } = headers;
      if (status >= 300 && status < 400) expect(location).toBeDefined();
      // A path of ours: one slash, then no other one, nor a backslash that browsers read as one.
      if (location !== undefined)
        expect({ path, location }).toMatchObject({ location: expect.stringMatching(/^\/(?![/\\])/) });
    }
  });

  test('no header of a request comes back in an answer’s', async () => {
    const canary = 'canari-7431';
    const { rawHeaders } = await get('/inbox/assets', {
      host: `${canary}.example`,
      'x-forwarded-host': `${canary}.example`,
      'x-forwarded-proto': canary,
      origin: `https://${canary}.example`,
      referer: `https://${canary}.example`,
      'x-request-id': canary,
    });
    expect(rawHeaders.join('\n')).not.toContain(canary);
  });
});

describe('the link of an invitation', () => {
  const linkFor = async (place: Site, headers: Readonly<Record<string, string>>): Promise<string> => {
    const browser = browserAt(place);
    expectOk(await browser.logIn('anne'));
    const { text } = await send(place.port, {
      method: 'POST',
      path: '/api/inbox/invitations',
      headers: {
        cookie: browser.cookie,
        'x-permanence': 'inbox',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        ...headers,
      },
      body: '{"displayName":"Invité","role":"delegate"}',
    });
    return (JSON.parse(text) as { url: string }).url;
  };

  test('leads to PUBLIC_URL, whatever a request says', async () => {
    const place = await openSite({ PUBLIC_URL: 'http://permanence.exemple.fr' });
    await openTeam(place);
    for (const headers of [{ host: 'mechant.example' }, { 'x-forwarded-host': 'mechant.example' }] as Record<
      string,
      string
    >[]) {
      expect(await linkFor(place, headers)).toMatch(/^http:\/\/permanence\.exemple\.fr\/inbox\/lien#[\w-]{43}$/);
    }
    await place.close();
  });

  test('without PUBLIC_URL does not believe a client’s forwarded host, nor an odd one', async () => {
    const place = await openSite({ TRUST_PROXY: '0' });
    await openTeam(place);
    const own = `127.0.0.1:${place.port}`;
    expect(
      await linkFor(place, { host: own, 'x-forwarded-host': 'mechant.example', 'x-forwarded-proto': 'https' }),
    ).toMatch(new RegExp(`^http://${own}/inbox/lien#`));
    for (const host of ['mechant.example/@', 'a b', 'mechant.example#', '<script>', 'x\'"', 'x?y'])
      expect(await linkFor(place, { host })).toMatch(/^http:\/\/localhost\/inbox\/lien#/);
    await place.close();
  });

  test('keeps its token out of every address that a server sees', async () => {
    const token = await inviteBy(team.coordinator.browser, 'Invitée');
    const { text } = await get('/inbox/lien');
    expect(text).not.toContain(token);
    const { browser } = team.coordinator;
    expect(JSON.stringify((await browser.call('GET', '/accounts')).body)).not.toContain(token);
  });
});
