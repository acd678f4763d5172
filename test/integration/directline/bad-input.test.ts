import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Session } from '../../../src/channels/directline/parts.js';
import { activitiesUrl, base, call, openSession, type ProblemBody, say } from '../../support/directline-calls.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';

/** Stands in everything that is sent, and must be nowhere in an answer or the log. */
const MARK = 'temoin-secret';
const LARGE = 'x'.repeat(1_000_000);

let server: DirectLineServer;
let session: Session;

beforeAll(async () => {
  server = await startDirectLineServer();
  session = await openSession(server.url);
});
afterAll(() => server.stop());

afterEach(async () => {
  expect(server.log.lines).toEqual([]);
  expect((await say(server.url, session, 'Toujours là ?')).status).toBe(200);
});

const message = (members: object): object => ({ type: 'message', ...members });

const BODIES: readonly (readonly [string, unknown, number, string])[] = [
  ['not JSON', `{"type":"message","text":"${MARK}"`, 400, 'InvalidJson'],
  ['no JSON object', `"${MARK}"`, 400, 'InvalidJson'],
  ['nothing', '', 400, 'InvalidBody'],
  ['a list', [MARK], 400, 'InvalidBody'],
  ['null', 'null', 400, 'InvalidJson'],
  ['no type', { text: MARK }, 400, 'InvalidBody'],
  ['a type that is no text', { type: { a: MARK } }, 400, 'InvalidBody'],
  ['a text that is no text', message({ text: { a: MARK } }), 400, 'InvalidBody'],
  ['one megabyte', message({ text: MARK + LARGE }), 413, 'BodyTooLarge'],
  ['a null character', message({ text: `${MARK}\0` }), 400, 'InvalidText'],
  ['a null character inside', message({ text: `a\0${MARK}` }), 400, 'InvalidText'],
  ['an empty text', message({ text: ' \n\t ' }), 400, 'EmptyMessage'],
  ['no text', message({}), 400, 'EmptyMessage'],
  ['a value that is no text', message({ value: { a: MARK } }), 400, 'EmptyMessage'],
  ['4,001 characters', message({ text: 'é'.repeat(4001) }), 400, 'MessageTooLong'],
  ['an attachment', message({ text: MARK, attachments: [{ contentType: 'image/png' }] }), 415, 'UploadsNotAccepted'],
  ['a client id that is no text', message({ text: MARK, channelData: { clientActivityID: 5 } }), 400, 'InvalidBody'],
  [
    'an endless client id',
    message({ text: MARK, channelData: { clientActivityID: 'x'.repeat(201) } }),
    400,
    'InvalidBody',
  ],
  [
    'a client id with a null character',
    message({ text: MARK, channelData: { clientActivityID: 'a\0' } }),
    400,
    'InvalidBody',
  ],
  ['channelData that is no object', message({ text: MARK, channelData: MARK }), 400, 'InvalidBody'],
  ['JSON ten thousand levels deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400, 'InvalidBody'],
  [
    'deep channelData',
    `{"type":"message","channelData":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`,
    400,
    'EmptyMessage',
  ],
];

test.each(BODIES)(
  'a message that is %s is refused by a problem that repeats nothing',
  async (_, body, status, code) => {
    const answer = await call<ProblemBody>(activitiesUrl(server.url, session.conversationId), {
      method: 'POST',
      token: session.token,
      body,
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body.error).toEqual({ code, message: answer.body.detail });
    expect(JSON.stringify(answer.body)).not.toContain(MARK);
  },
);

test.each([
  ['text/plain', {}],
  ['application/x-www-form-urlencoded', {}],
  ['application/json; charset=latin1', {}],
  ['application/json', { 'content-encoding': 'gzip' }],
])('a body of %s %j is refused', async (type, headers) => {
  const answer = await call<ProblemBody>(activitiesUrl(server.url, session.conversationId), {
    token: session.token,
    body: '{"type":"message","text":"x"}',
    headers: { 'content-type': type, ...headers },
  });
  expect([answer.status, answer.body.code]).toEqual([415, 'UnsupportedMediaType']);
});

test('an upload is refused before its body has arrived, in words for the resident', async () => {
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const path = `/v3/directline/conversations/${session.conversationId}/upload?userId=r`;
    const upload = httpRequest(`${server.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${session.token}`,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': 50_000_000,
      },
    });
    upload.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        upload.destroy();
        resolve({ status: response.statusCode ?? 0, body: text });
      });
    });
    upload.write('--b\r\n');
  });
  const problem = JSON.parse(body) as ProblemBody;
  expect([status, problem.code]).toEqual([415, 'UploadsNotAccepted']);
  expect(problem.detail).toContain('fichiers');
});

describe('what is not there', () => {
  test.each([
    ['GET', '/v3/directline', 404, 'NotFound'],
    ['GET', '/v3/directline/autre', 404, 'NotFound'],
    ['GET', '/v3/directline/session/getsessionid', 404, 'NotFound'],
    ['POST', '/v3/directline/conversations/%E0%A4%A', 400, 'InvalidRequest'],
    ['DELETE', '/v3/directline/conversations', 405, 'MethodNotAllowed'],
    ['PUT', '/v3/directline/conversations/x', 405, 'MethodNotAllowed'],
    ['PATCH', '/v3/directline/conversations/x/activities', 405, 'MethodNotAllowed'],
    ['GET', '/v3/directline/conversations/x/upload', 405, 'MethodNotAllowed'],
    ['GET', '/v3/directline/tokens/generate', 405, 'MethodNotAllowed'],
    ['GET', '/v3/directline/conversations/x/stream', 426, 'UpgradeRequired'],
    ['PUT', '/api/widget/session', 405, 'MethodNotAllowed'],
    ['GET', '/api/widget/session/autre', 404, 'NotFound'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await call<ProblemBody>(`${server.url}${path}`, { method });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

test.each([
  ['unknown members', { token: 'x', autre: 1 }],
  ['a token that is no text', { token: 5 }],
  ['an endless token', { token: 'x'.repeat(5000) }],
  ['a key of the prototype', '{"__proto__":{"token":"x"}}'],
  ['a list', []],
])('a session asked for with %s is refused', async (_, body) => {
  const answer = await call<ProblemBody>(`${server.url}/api/widget/session`, { body });
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidBody']);
});

test.each([
  ['endless headers', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'HeadersTooLarge'],
  ['no HTTP', `${MARK}\r\n\r\n`, 400, 'InvalidRequest'],
  ['a null character in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n', 400, 'InvalidRequest'],
])('%s gets a problem from the parser', async (_, sent, status, code) => {
  const received = await raw(server.port, sent);
  expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(JSON.parse(received.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code });
  expect(received).not.toContain(MARK);
});

test('a start with a body that is no JSON is refused', async () => {
  const answer = await call<ProblemBody>(`${base(server.url)}/conversations`, { token: session.token, body: '{' });
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidJson']);
});

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        received += chunk;
      })
      .on('error', reject)
      .on('close', () => resolve(received))
      .end(text);
  });
}
