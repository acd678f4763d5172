import { createTransport } from 'nodemailer';
import { ConfigError } from '../config.js';

export interface Mailer {
  /** @throws Error when the mail server does not take it; its message may hold addresses: do not log it. */
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  close(): void;
}

export interface MailSettings {
  readonly url: string;
  readonly from: string;
}

const TIMEOUT_MS = 15_000;

/**
 * @param url `smtp://` or `smtps://`, with user and password when the server asks for them.
 * @throws ConfigError when the address cannot be read.
 */
export function createMailer({ url, from }: MailSettings): Mailer {
  const transport = openTransport(url);
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}

/** Signs in, and sends nothing. @throws ConfigError as `createMailer`; Error as `send`. */
export async function checkMailServer({ url }: Pick<MailSettings, 'url'>): Promise<void> {
  const transport = openTransport(url);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function openTransport(url: string) {
  const server = URL.parse(url);
  if (!server?.hostname) throw new ConfigError(['SMTP_URL doit nommer un serveur, comme smtps://mail.exemple.fr']);
  const isTls = server.protocol === 'smtps:';
  return createTransport({
    host: server.hostname,
    port: Number(server.port) || (isTls ? 465 : 587),
    secure: isTls,
    ...(server.username && {
      auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
      // A password goes over an encrypted line only.
      requireTLS: !isTls,
    }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
