import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { InboxAnswer } from '../support/inbox-browser.js';
import { openWaiting } from '../support/security-conversations.js';
import { expectOk, openTeam, type Team } from '../support/security-people.js';
import { openSite, type Site } from '../support/security-site.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';

let site: Site;
let team: Team;
let smtp: SmtpServer;
let listener: Server;
let calls = 0;
beforeAll(async () => {
  smtp = await startSmtpServer();
  listener = createServer((_request, response) => {
    calls += 1;
    response.end();
  }).on('connection', () => {
    calls += 1;
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  site = await openSite({
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    SMTP_FROM: 'permanence@exemple.fr',
    PUBLIC_URL: 'http://permanence.exemple.fr',
    // Nobody is there for as long as the test lasts, and the wait goes on.
    HANDOFF_ALONE_MINUTES: '60',
    ALARM_EMAIL_AFTER_MINUTES: '1',
  });
  team = await openTeam(site);
});
afterAll(async () => {
  await site.close();
  listener.close();
  await smtp.close();
});

const subscribe = (endpoint: string, keys = { p256dh: 'AAAA', auth: 'AAAA' }): Promise<InboxAnswer> =>
  team.delegate.browser.call('POST', '/alarm/subscriptions', { body: { endpoint, keys } });

describe('where the server can be made to call', () => {
  test('is a browser’s push service and nothing else', async () => {
    const { port } = listener.address() as AddressInfo;
    const here = `127.0.0.1:${port}`;
    const tried = [
      `http://${here}/`,
      `https://${here}/`,
      `https://localhost:${port}/`,
      `https://[::1]:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      'https://127.1/',
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0/',
      'https://169.254.169.254/latest/meta-data/',
      'https://metadata.google.internal/',
      'https://10.0.0.1/',
      `https://fcm.googleapis.com@${here}/`,
      `https://fcm.googleapis.com:443@${here}/`,
      `https://${here}#fcm.googleapis.com`,
      `https://${here}?.push.apple.com`,
      `https://${here}/.push.apple.com`,
      `https://${here}\\.push.apple.com`,
      'https://fcm.googleapis.com:8443/',
      `https://fcm.googleapis.com:${port}/`,
      'https://utilisateur:secret@fcm.googleapis.com/',
      'https://fcm.googleapis.com.mechant.example/',
      'https://mechant.example/fcm.googleapis.com',
      'https://push.apple.com.mechant.example/',
      'https://mechantpush.apple.com/',
      'https://notify.windows.com.mechant.example/',
      'https://mechantnotify.windows.com/',
      'https://fcm.googleapis.com./',
      'https://fcm.googleapis.com%00.mechant.example/',
      'https://fcm。googleapis。com。mechant.example/',
      'http://fcm.googleapis.com/',
      'ftp://fcm.googleapis.com/',
      'file:///etc/passwd',
      'data:text/plain,x',
      'javascript:alert(1)',
      'gopher://fcm.googleapis.com/',
      'https://',
      '',
    ];
    for (const endpoint of tried) {
      const { status, code } = await subscribe(endpoint);
      expect({ endpoint, status, code }).toEqual({ endpoint, status: 400, code: 'InvalidBody' });
    }
    expect(await team.delegate.browser.call('POST', '/alarm/test')).toMatchObject({
      body: { push: 'no-subscription' },
    });
    expect(calls).toBe(0);
  });

  test('is nowhere when the keys of a subscription are no keys', async () => {
    for (const p256dh of ['', '\0', '../../x', 'A'.repeat(200), '🙂'.repeat(40)]) {
      expectOk(await subscribe('https://fcm.googleapis.com/fcm/send/x', { p256dh, auth: p256dh.slice(0, 99) }));
      const tried = await team.delegate.browser.call('POST', '/alarm/test');
      expect({ p256dh, status: tried.status, push: tried.body.push }).toEqual({ p256dh, status: 200, push: 'failed' });
    }
  });

  test('is not a hundred services: the oldest devices make room', async () => {
    for (let n = 0; n < 15; n += 1) expectOk(await subscribe(`https://fcm.googleapis.com/fcm/send/${n}`));
    const { subscriptions } = expectOk<{ subscriptions: object[] }>(await team.delegate.browser.call('GET', '/alarm'));
    expect(subscriptions).toHaveLength(10);
    expect((await subscribe(`https://fcm.googleapis.com/${'x'.repeat(1000)}`)).status).toBe(400);
    for (const { id } of subscriptions as { id: string }[])
      expectOk(await team.delegate.browser.call('DELETE', `/alarm/subscriptions/${id}`));
  });
});

describe('e-mails', () => {
  test('go to one address, which holds nothing else', async () => {
    const { browser } = team.delegate;
    const tried = [
      'jean@exemple.fr\r\nBcc: tous@mechant.example',
      'jean@exemple.fr\nSubject: x',
      'jean@exemple.fr, tous@mechant.example',
      'jean@exemple.fr;tous@mechant.example',
      '<jean@exemple.fr>',
      'Jean <jean@exemple.fr>',
      '"jean\r\nBcc: x"@exemple.fr',
      '"a b"@exemple.fr',
      'jean@exemple.fr\0',
      'jean@[127.0.0.1]',
      'jean@exemple.fr>\r\nRCPT TO:<tous@mechant.example',
      'jean@localhost',
      `${'a'.repeat(200)}@exemple.fr`,
      'jean@',
      '-f/etc/passwd@exemple.fr x',
    ];
    for (const email of tried) {
      const { status } = await browser.call('PATCH', '/profile', { body: { email } });
      expect({ email, status }).toEqual({ email, status: 400 });
    }
  });

  test('say nothing of anybody: neither who waits, nor who reads, nor why', async () => {
    const canary = 'Canari7431';
    const { browser } = team.delegate;
    expectOk(
      await browser.call('PATCH', '/profile', { body: { email: 'jean@exemple.fr', displayName: `${canary} <x>` } }),
    );
    expectOk(await browser.call('POST', '/alarm/test'));
    await openWaiting(site, `${canary} a besoin d’aide`);
    site.advance(2 * 60_000);
    await waitFor(() => smtp.received.length >= 2);
    for (const { to, data } of smtp.received) {
      expect(to).toEqual(['jean@exemple.fr']);
      expect(data).not.toContain(canary);
      const [head = ''] = data.split('\n\n');
      const names = head.split('\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? []);
      expect(new Set(names)).toEqual(
        new Set([
          'from',
          'to',
          'subject',
          'message-id',
          'content-transfer-encoding',
          'date',
          'mime-version',
          'content-type',
        ]),
      );
      expect(head).toContain('To: jean@exemple.fr');
      expect(decoded(data)).toContain('http://permanence.exemple.fr/inbox');
      expect(decoded(data).match(/https?:\/\/\S+/g)).toEqual(['http://permanence.exemple.fr/inbox']);
    }
  });
});

/** The alarm rings every five seconds of the real clock. */
async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 50));
}

function decoded(data: string): string {
  const [head = '', ...rest] = data.split('\n\n');
  const body = rest.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
