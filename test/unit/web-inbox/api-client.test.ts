import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { OPERATIONS } from '../../../src/inbox/operations.js';
import { createClient } from '../../../src/web/inbox/api/client.js';
import { CALLS } from '../../../src/web/inbox/api/paths.js';
import { type ApiProblem, problemFrom } from '../../../src/web/inbox/api/problem.js';
import { CryptoFault } from '../../../src/web/inbox/crypto/fault.js';

interface Request {
  readonly url: string;
  readonly init: RequestInit;
}

const json = (value: unknown): Response => Response.json(value);
const refusal = (status: number, code: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `Refus : ${code}.` }), {
    status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8' },
  });

function clientThat(answer: (request: Request) => Response | Promise<Response>, timeoutMs = 20_000) {
  const requests: Request[] = [];
  const problems: ApiProblem[] = [];
  const call = createClient({
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      return answer({ url: String(url), init });
    },
    timeoutMs,
    onProblem: (problem) => problems.push(problem),
  });
  return { call, requests, problems, headers: () => new Headers(requests[0]?.init.headers) };
}

const untilAborted = ({ init }: Request): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });

afterEach(() => {
  jest.useRealTimers();
});

test('method and path of every call are those of the server', () => {
  const wire = Object.entries(OPERATIONS).map(([name, { method, path }]) => [name, [method, path]]);
  expect(CALLS).toEqual(Object.fromEntries(wire));
});

describe('a call', () => {
  test('carries the header of our page, JSON, and the cookie of this site only', async () => {
    const { call, requests, headers } = clientThat(() => json({ ok: true }));
    await expect(call('saveDraft', { params: { id: 'a b/c' }, body: { text: 'Bonjour' } })).resolves.toEqual({
      ok: true,
    });
    expect(requests[0]).toMatchObject({
      url: '/api/inbox/conversations/a%20b%2Fc/draft',
      init: { method: 'PUT', body: '{"text":"Bonjour"}', credentials: 'same-origin', cache: 'no-store' },
    });
    expect(headers().get('X-Permanence')).toBe('inbox');
    expect(headers().get('Content-Type')).toBe('application/json');
  });

  test('that the page makes by itself says so', async () => {
    const { call, headers } = clientThat(() => json({ sessions: [] }));
    await call('listSessions', { isBackground: true });
    expect(headers().get('X-Permanence')).toBe('background');
  });

  test('without a body has no content type', async () => {
    const { call, requests, headers } = clientThat(() => json({ sessions: [] }));
    await call('listSessions');
    expect(requests[0]?.init.body).toBeUndefined();
    expect(headers().has('Content-Type')).toBe(false);
  });

  test('leaves out of the query what is not given', async () => {
    const { call, requests } = clientThat(() => json({ entries: [] }));
    await call('readAudit', { query: { before: 12 } });
    await call('readWeekly', { query: {} });
    expect(requests.map(({ url }) => url)).toEqual(['/api/inbox/audit?before=12', '/api/inbox/weekly']);
  });

  test('gives a file with its name', async () => {
    const { call } = clientThat(
      () =>
        new Response('a;b\r\n', {
          headers: {
            'Content-Type': 'text/csv; charset=utf-8',
            'Content-Disposition': 'attachment; filename="semaine-2026-W48.csv"',
          },
        }),
    );
    await expect(call('exportWeekly')).resolves.toEqual({ text: 'a;b\r\n', fileName: 'semaine-2026-W48.csv' });
  });

  test('gives a resident’s file as bytes, under the server’s name', async () => {
    const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0, 1);
    const headers = { 'Content-Type': 'image/jpeg', 'Content-Disposition': 'inline; filename="image-B7K2-AbCd.jpg"' };
    const { call, requests } = clientThat(() => new Response(bytes, { headers }));
    const { blob, fileName } = await call('readAttachment', { params: { id: 'c1', attachmentId: 'f1' } });
    expect(requests[0]?.url).toBe('/api/inbox/conversations/c1/attachments/f1');
    expect([blob.type, fileName]).toEqual(['image/jpeg', 'image-B7K2-AbCd.jpg']);
    expect(await blob.bytes()).toEqual(bytes);
  });

  test.each(['image/svg+xml', 'image/png', 'text/html', 'application/octet-stream'])(
    'takes no file of %s',
    async (type) => {
      const { call } = clientThat(() => new Response('x', { headers: { 'Content-Type': type } }));
      await expect(call('readAttachment', { params: { id: 'c1', attachmentId: 'f1' } })).rejects.toMatchObject({
        code: 'UnexpectedAnswer',
      });
    },
  );
});

describe('what goes wrong', () => {
  test('a refusal of the server is an ApiProblem with its words, told before it is thrown', async () => {
    const { call, problems } = clientThat(() => refusal(401, 'SessionLocked'));
    await expect(call('readTeam')).rejects.toMatchObject({
      name: 'ApiProblem',
      status: 401,
      code: 'SessionLocked',
      detail: 'Refus : SessionLocked.',
    });
    expect(problems.map(({ code }) => code)).toEqual(['SessionLocked']);
  });

  test.each([
    [
      'a page of a proxy',
      () => new Response('<h1>502</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
    ],
    ['half of an answer', () => new Response('{"ok":', { headers: { 'Content-Type': 'application/json' } })],
    ['another kind of answer', () => new Response('<p>Bonjour</p>', { headers: { 'Content-Type': 'text/html' } })],
    ['JSON that is no problem', () => Response.json({ message: 'no' }, { status: 500 })],
  ])('%s is told in plain words', async (_, answer) => {
    const { call } = clientThat(answer);
    await expect(call('readTeam')).rejects.toMatchObject({
      code: 'UnexpectedAnswer',
      detail: expect.stringMatching(/Essayez de nouveau/),
    });
  });

  test('a cut line is « Offline »', async () => {
    const { call } = clientThat(() => Promise.reject(new TypeError('fetch failed')));
    await expect(call('readTeam')).rejects.toMatchObject({ status: 0, code: 'Offline', detail: expect.any(String) });
  });

  test('a server that says nothing is given up after a time', async () => {
    const { call } = clientThat(untilAborted, 5);
    await expect(call('readTeam')).rejects.toMatchObject({ code: 'Timeout' });
  });

  test('a call that was called off is no problem to be told', async () => {
    const { call, problems } = clientThat(untilAborted);
    const abort = new AbortController();
    const calling = call('readTeam', {}, abort.signal);
    abort.abort();
    await expect(calling).rejects.toMatchObject({ name: 'AbortError' });
    expect(problems).toEqual([]);
  });

  test('a fault of the page’s own cryptography is told in French', () => {
    expect(problemFrom(new CryptoFault('WrongKeys'))).toMatchObject({
      code: 'WrongKeys',
      detail: expect.stringMatching(/autre appareil/),
    });
  });
});
