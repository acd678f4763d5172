import { afterEach, expect, test } from '@jest/globals';
import { createMailer } from '../../../src/alarms/mailer.js';
import { type SmtpServer, startSmtpServer } from '../../support/smtp-server.js';

let server: SmtpServer;
afterEach(() => server.close());

const MAIL = {
  to: 'marie@exemple.fr',
  subject: 'Une personne attend un délégué',
  text: 'Elle attend depuis 3 minutes.',
};

test('a mail reaches the server with its subject in French', async () => {
  server = await startSmtpServer();
  const mailer = createMailer({ url: `smtp://127.0.0.1:${server.port}`, from: 'accueil@exemple.fr' });
  await mailer.send(MAIL);
  mailer.close();
  expect(server.received).toEqual([
    {
      from: 'accueil@exemple.fr',
      to: ['marie@exemple.fr'],
      data: expect.stringContaining('Elle attend depuis 3 minutes.'),
    },
  ]);
  expect(server.received[0]?.data).toMatch(/^Subject: =\?UTF-8\?Q\?Une_personne_attend_un_d=C3=A9l/m);
});

test('no address can add a header or a second recipient', async () => {
  server = await startSmtpServer();
  const mailer = createMailer({ url: `smtp://127.0.0.1:${server.port}`, from: 'accueil@exemple.fr' });
  const injections = ['marie@exemple.fr\r\nBcc: tiers@exemple.fr', 'marie@exemple.fr, tiers@exemple.fr'];
  for (const to of injections) {
    await mailer.send({ ...MAIL, to, subject: 'Essai\r\nBcc: tiers@exemple.fr' }).catch((error: Error) => error);
  }
  mailer.close();
  expect(server.received.flatMap(({ to }) => to)).not.toContain('tiers@exemple.fr');
  expect(server.received.map(({ data }) => data).join('\n')).not.toMatch(/^Bcc:/im);
});

test('a password does not go over a line that cannot be encrypted', async () => {
  server = await startSmtpServer({ offers: ['AUTH PLAIN LOGIN'] });
  const mailer = createMailer({ url: `smtp://compte:secret@127.0.0.1:${server.port}`, from: 'accueil@exemple.fr' });
  await expect(mailer.send(MAIL)).rejects.toThrow();
  mailer.close();
  expect(server.received).toEqual([]);
});
