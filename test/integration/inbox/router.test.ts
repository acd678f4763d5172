import { afterEach, expect, test } from '@jest/globals';
import { createOrigins } from '../../../src/http/origins.js';
import type { Handlers } from '../../../src/inbox/handler.js';
import { createInboxRouter, type InboxRouterDependencies } from '../../../src/inbox/router.js';
import { enrol, type InboxServer, startInboxServer } from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxBrowser } from '../../support/inbox-browser.js';

let server: InboxServer | undefined;
afterEach(() => server?.stop());

async function open(handlers: Partial<Handlers> = {}): Promise<InboxBrowser> {
  server = await startInboxServer({ handlers });
  await enrol(server, 'anne', 'coordinator');
  const browser = createInboxBrowser(server.url);
  await browser.logIn('anne');
  return browser;
}

test('refuses to start without a handler, and says which', () => {
  const deps = {
    handlers: { logIn: async () => undefined },
    origins: createOrigins({ trustProxy: 0, allowed: [] }),
    settings: { requireSecondFactor: false },
    log: { error: () => undefined },
  } as unknown as InboxRouterDependencies;
  expect(() => createInboxRouter(deps)).toThrow(/^No handler for readParameters, readSession/);
});

test('hands over what the schemas made of a call, and who calls', async () => {
  const browser = await open();
  await browser.call('GET', '/conversations/abc-1_Z/messages?before=12', { headers: { 'last-event-id': '7' } });
  expect(server?.reached[0]).toMatchObject({
    params: { id: 'abc-1_Z' },
    query: { before: 12 },
    body: undefined,
    caller: { account: { login: 'anne' }, session: { isLocked: false }, actor: { name: 'anne Nom' } },
    address: '127.0.0.1',
    device: 'Firefox sur Windows',
    baseUrl: server?.url,
    lastEventId: '7',
  });
  await browser.call('PUT', '/conversations/abc/callbacks/r-1', { body: { isDone: true } });
  expect(server?.reached[1]).toMatchObject({
    params: { id: 'abc', callbackId: 'r-1' },
    body: { isDone: true },
    query: undefined,
  });
});

test('tells an address of its own from an id', async () => {
  const browser = await open();
  await browser.call('GET', '/conversations/past');
  expect(server?.reached[0]).toMatchObject({ params: {}, query: {} });
});

test.each(['a%20b', 'a.b', '%3Cscript%3E', 'x'.repeat(101), '%E0%A4%A', '..%2fpast'])('%s is no id', async (id) => {
  const browser = await open();
  expect([400, 404]).toContain((await browser.call('GET', `/conversations/${id}`)).status);
  expect(server?.reached).toEqual([]);
});

test('an answer with a member that its schema does not list goes nowhere', async () => {
  const leak = { ok: true, authKeyHash: 'SECRET' } as unknown as { ok: true };
  const browser = await open({ saveDraft: async () => leak });
  const answer = await browser.call('PUT', '/conversations/abc/draft', { body: { text: 'x' } });
  expect(answer).toMatchObject({ status: 500, code: 'InternalError' });
  expect(JSON.stringify(answer.body)).not.toContain('SECRET');
  expect(server?.logLines.join()).toContain('unrecognized_keys.authKeyHash');
  expect(server?.logLines.join()).not.toContain('SECRET');
});

test('a file is downloaded, not shown', async () => {
  const browser = await open({ exportWeekly: async () => ({ text: 'é;1', fileName: 'semaine-2026-W48.csv' }) });
  const { headers, body } = await browser.call('GET', '/weekly.csv?week=2026-W48');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="semaine-2026-W48.csv"');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body.text).toBe('é;1');
});

test.each([
  ['image/jpeg', 'inline', 'image-B7K2-AbCd.jpg'],
  ['application/pdf', 'attachment', 'document-B7K2-AbCd.pdf'],
] as const)('a resident’s file (%s) can do nothing where it is opened', async (type, place, fileName) => {
  // Whatever a sanitised file may still hold, no browser is to take it for a page.
  const bytes = Buffer.from('<script>alert(1)</script>');
  const browser = await open({ readAttachment: async () => ({ bytes, type, fileName }) });
  const { status, headers, body } = await browser.call('GET', '/conversations/abc/attachments/def');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe(type);
  expect(headers.get('content-disposition')).toBe(`${place}; filename="${fileName}"`);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('content-length')).toBe(`${bytes.length}`);
  expect(body.text).toBe(bytes.toString());
});

test.each(['a"b.txt', 'x\r\nSet-Cookie: a=b', 'é.txt', ''])(
  'no header is made of the file name %j',
  async (fileName) => {
    const browser = await open({ readTranscript: async () => ({ text: 'x', fileName }) });
    const answer = await browser.call('GET', '/conversations/abc/transcript');
    expect(answer).toMatchObject({ status: 500, code: 'InternalError' });
    expect(answer.headers.has('content-disposition')).toBe(false);
  },
);

test('a fault is logged by name and place, without what was said', async () => {
  const browser = await open({
    addNote: async () => {
      throw new TypeError('SECRET');
    },
  });
  const body = { id: '7f0c6a1e-8d43-4a53-9d7d-0d7b1f5a2c11', text: 'SECRET' };
  expect(await browser.call('POST', '/conversations/abc/notes', { body })).toMatchObject({
    status: 500,
    code: 'InternalError',
  });
  expect(server?.logLines).toHaveLength(1);
  expect(server?.logLines[0]).toContain('TypeError');
  expect(server?.logLines[0]).not.toContain('SECRET');
});
