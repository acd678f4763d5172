import { INBOX_API_PATH } from '../../src/inbox/router.js';
import { keyFrom, passwordOf } from './inbox-accounts.js';

export interface InboxAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Of a refusal. */
  readonly code: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface InboxCall {
  readonly body?: unknown;
  /** `undefined` takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A browser on the delegates' page: it keeps the cookie and says where its calls come from. */
export interface InboxBrowser {
  call(method: string, path: string, call?: InboxCall): Promise<InboxAnswer>;
  logIn(login: string, code?: string): Promise<InboxAnswer>;
  /** `name=value`, as it will be sent. */
  cookie: string | undefined;
}

export function createInboxBrowser(url: string): InboxBrowser {
  const browser: InboxBrowser = {
    cookie: undefined,
    async call(method, path, { body, headers = {} } = {}) {
      const response = await fetch(`${url}${INBOX_API_PATH}${path}`, {
        method,
        headers: presentOnly({
          'sec-fetch-site': 'same-origin',
          'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
          ...(method !== 'GET' && { 'x-permanence': 'inbox' }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          cookie: browser.cookie,
          ...headers,
        }),
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) keep(line);
      const text = await response.text();
      const json = (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, unknown>;
      const code = typeof json.code === 'string' && response.status >= 400 ? json.code : undefined;
      return { status: response.status, headers: response.headers, code, body: json };
    },
    logIn: (login, code) =>
      browser.call('POST', '/session', {
        body: { login, authKey: keyFrom(passwordOf(login)), ...(code !== undefined && { code }) },
      }),
  };

  function keep(line: string): void {
    const pair = line.split(';')[0] ?? '';
    browser.cookie = pair.endsWith('=') ? undefined : pair;
  }

  return browser;
}

function presentOnly(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
