import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import {
  buildCredentials,
  enrol,
  type InboxServer,
  keyFrom,
  passwordOf,
  startInboxServer,
} from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxBrowser } from '../../support/inbox-browser.js';

const STEP = 30;

let server: InboxServer;
let anne: InboxBrowser;
beforeEach(async () => {
  server = await startInboxServer();
  await enrol(server, 'anne', 'coordinator');
  anne = createInboxBrowser(server.url);
  await anne.logIn('anne');
});
afterEach(() => server.stop());

const codeOf = (secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor(server.clock.now().getTime() / 1000) + steps * STEP });
const start = async (from = anne) =>
  (await from.call('POST', '/second-factor/start')).body as { secret: string; uri: string };
const logIn = (code?: string) => createInboxBrowser(server.url).logIn('anne', code);

async function turnOn(): Promise<string> {
  const { secret } = await start();
  const answer = await anne.call('POST', '/second-factor/confirm', { body: { code: codeOf(secret) } });
  expect(answer.body.secondFactor).toBe('on');
  server.clock.advance(2 * STEP);
  return secret;
}

describe('turning it on', () => {
  test('gives a secret that apps read; the same until it is confirmed', async () => {
    const { secret, uri } = await start();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(uri)).toMatchObject({ protocol: 'otpauth:', host: 'totp', pathname: '/Permanence:anne' });
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(await start()).toEqual({ secret, uri });
    expect((await logIn()).status).toBe(200);
  });

  test('needs a code of it, and gives a new cookie', async () => {
    const { secret } = await start();
    const before = anne.cookie;
    const wrong = codeOf(secret, 5);
    expect((await anne.call('POST', '/second-factor/confirm', { body: { code: wrong } })).code).toBe('WrongCode');
    expect((await anne.call('POST', '/second-factor/confirm', { body: { code: codeOf(secret) } })).status).toBe(200);
    expect(anne.cookie).not.toBe(before);
  });

  test('does not replace one that is on', async () => {
    await turnOn();
    expect(await anne.call('POST', '/second-factor/start')).toMatchObject({ status: 409, code: 'ChangedMeanwhile' });
    const confirm = await anne.call('POST', '/second-factor/confirm', { body: { code: '000000' } });
    expect(confirm.code).toBe('ChangedMeanwhile');
  });

  test('is not the secret of another session', async () => {
    const other = createInboxBrowser(server.url);
    await other.logIn('anne');
    expect((await start(other)).secret).not.toBe((await start()).secret);
  });
});

describe('a code', () => {
  test('is asked for once it is on', async () => {
    const secret = await turnOn();
    expect(await logIn()).toMatchObject({ status: 401, code: 'SecondFactorNeeded' });
    expect((await logIn(codeOf(secret))).status).toBe(200);
  });

  test('works once, also when it comes twice at once', async () => {
    const code = codeOf(await turnOn());
    const answers = await Promise.all([logIn(code), logIn(code), logIn(code)]);
    expect(answers.map(({ code: refusal }) => refusal).sort()).toEqual(['WrongCode', 'WrongCode', undefined]);
    expect((await logIn(code)).code).toBe('WrongCode');
  });

  test('that confirmed it does not log in', async () => {
    const { secret } = await start();
    const code = codeOf(secret);
    await anne.call('POST', '/second-factor/confirm', { body: { code } });
    expect((await logIn(code)).code).toBe('WrongCode');
  });

  test.each([
    [-2, 'WrongCode'],
    [-1, undefined],
    [0, undefined],
    [1, undefined],
    [2, 'WrongCode'],
  ])('of %i steps away: %s', async (steps, refusal) => {
    const secret = await turnOn();
    server.clock.advance(10 * STEP);
    expect((await logIn(codeOf(secret, steps))).code).toBe(refusal);
  });

  test('older than the last one that was used does not work', async () => {
    const secret = await turnOn();
    server.clock.advance(10 * STEP);
    expect((await logIn(codeOf(secret, 1))).status).toBe(200);
    expect((await logIn(codeOf(secret, 0))).code).toBe('WrongCode');
  });

  test('is needed for the recovery as well; the one that began it may end it', async () => {
    const secret = await turnOn();
    const prove = { login: 'anne', recoveryAuthKey: keyFrom('anne secours') };
    const call = (path: string, body: object) => createInboxBrowser(server.url).call('POST', path, { body });
    expect((await call('/recovery/start', prove)).code).toBe('SecondFactorNeeded');
    const code = codeOf(secret);
    expect((await call('/recovery/start', { ...prove, code })).status).toBe(200);
    const credentials = buildCredentials('neuf', 'anne', 'autre secours');
    expect((await call('/recovery/finish', { ...prove, credentials })).code).toBe('SecondFactorNeeded');
    server.clock.advance(4 * 60);
    expect((await call('/recovery/finish', { ...prove, code, credentials })).status).toBe(200);
    expect((await call('/session', { login: 'anne', authKey: keyFrom('neuf'), code })).code).toBe('WrongCode');
  });
});

describe('taking it away', () => {
  test('needs the password', async () => {
    await turnOn();
    const remove = (authKey: string) => anne.call('POST', '/second-factor/remove', { body: { authKey } });
    expect((await remove(keyFrom('faux'))).code).toBe('WrongCredentials');
    expect((await remove(keyFrom(passwordOf('anne')))).body.secondFactor).toBe('off');
    expect((await logIn()).status).toBe(200);
  });

  test('is done by a coordinator for somebody else, not for oneself', async () => {
    await turnOn();
    const id = (await server.accounts.findByLogin('anne'))?.id;
    const body = { secondFactor: 'off' };
    expect((await anne.call('PATCH', `/accounts/${id}`, { body })).code).toBe('NotAllowed');
    await enrol(server, 'paule', 'coordinator');
    const paule = createInboxBrowser(server.url);
    await paule.logIn('paule');
    expect((await paule.call('PATCH', `/accounts/${id}`, { body })).status).toBe(200);
    expect((await logIn()).status).toBe(200);
  });
});

describe('where it is compulsory', () => {
  let strict: InboxServer;
  let browser: InboxBrowser;
  beforeEach(async () => {
    strict = await startInboxServer({ requireSecondFactor: true });
    await enrol(strict, 'anne', 'coordinator');
    browser = createInboxBrowser(strict.url);
    await browser.logIn('anne');
  });
  afterEach(() => strict.stop());

  test('nothing else is done before it is on, and it stays on', async () => {
    expect((await browser.call('GET', '/session')).body.secondFactor).toBe('required');
    expect(await browser.call('GET', '/accounts')).toMatchObject({ status: 403, code: 'SecondFactorRequired' });
    expect(await browser.call('GET', '/sessions')).toMatchObject({ status: 403, code: 'SecondFactorRequired' });
    const { secret } = await start(browser);
    const epoch = Math.floor(strict.clock.now().getTime() / 1000);
    const code = generateSync({ secret, epoch });
    expect((await browser.call('POST', '/second-factor/confirm', { body: { code } })).body.secondFactor).toBe('on');
    expect((await browser.call('GET', '/accounts')).status).toBe(200);
    const remove = { body: { authKey: keyFrom(passwordOf('anne')) } };
    expect((await browser.call('POST', '/second-factor/remove', remove)).code).toBe('SecondFactorRequired');
  });
});
