import { argon2Sync, randomUUID } from 'node:crypto';
import type { Argon2, KdfParameters } from '../web/inbox/crypto/argon2.js';
import { fromBase64url, toBase64url } from '../web/inbox/crypto/bytes.js';
import { enrol } from '../web/inbox/crypto/credentials.js';
import { keysOfPassword } from '../web/inbox/crypto/derive.js';
import { createDemoReportDesk, type DemoReportDesk } from './demo-report-desk.js';

/** A fictitious delegate, who works as the page does. */
export interface DemoDelegate {
  readonly id: string;
  readonly reports: DemoReportDesk;
  /** Opens a session, in place of the one before. */
  logIn(): Promise<void>;
  /** One call of the API below `/api/inbox`. @throws Error when it is refused. */
  call(method: string, path: string, body?: object): Promise<unknown>;
  reply(conversationId: string, text: string): Promise<void>;
  note(conversationId: string, text: string): Promise<void>;
  invite(displayName: string, role: 'coordinator' | 'delegate'): Promise<string>;
}

interface Person {
  readonly login: string;
  readonly displayName: string;
  readonly password: string;
}

/** @param token that of the link which makes the account. */
export async function enrolDemoDelegate(baseUrl: string, person: Person, token: string): Promise<DemoDelegate> {
  let cookie = '';
  const { login, displayName, password } = person;

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = {
      'x-permanence': 'inbox',
      origin: baseUrl,
      cookie,
      ...(body && { 'content-type': 'application/json' }),
    };
    const url = `${baseUrl}/api/inbox${path}`;
    const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path.split('/')[1]} was answered ${response.status}`);
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    return response.json();
  }

  const { kdf } = (await call('POST', '/invitations/read', { token })) as { kdf: KdfParameters };
  const { credentials, privateKey } = await enrol({ argon2 }, { password, kdf });
  const invitation = { token, login, displayName, credentials };
  const { account } = (await call('POST', '/invitations/accept', invitation)) as { account: { id: string } };
  const authKey = await authKeyOf(password, credentials);

  return {
    id: account.id,
    reports: createDemoReportDesk(call, account.id, { privateKey, publicKey: credentials.publicKey }),
    call,
    async logIn() {
      cookie = '';
      await call('POST', '/session', { login, authKey });
    },
    async reply(id, text) {
      const opened = (await call('GET', `/conversations/${id}`)) as { detail: { card: { lastSeq: number } } };
      const seenSeq = opened.detail.card.lastSeq;
      await call('POST', `/conversations/${id}/reply`, { clientId: randomUUID(), text, seenSeq });
    },
    async note(id, text) {
      await call('POST', `/conversations/${id}/notes`, { id: randomUUID(), text });
    },
    async invite(name, role) {
      const made = (await call('POST', '/invitations', { displayName: name, role })) as { token: string };
      return made.token;
    },
  };
}

/** What a browser sends at login. */
export async function authKeyOf(
  password: string,
  { salt, kdf }: { readonly salt: string; readonly kdf: KdfParameters },
): Promise<string> {
  const { authKey } = await keysOfPassword(argon2, { password, salt: fromBase64url(salt), kdf });
  return toBase64url(authKey);
}

/** That of Node itself: the same bytes as the browser's (RFC 9106). */
const argon2: Argon2 = async ({ password, salt, kdf }) =>
  new Uint8Array(
    argon2Sync('argon2id', {
      message: password,
      nonce: salt,
      memory: kdf.memoryKib,
      passes: kdf.passes,
      parallelism: kdf.lanes,
      tagLength: 32,
    }),
  );
