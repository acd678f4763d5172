import {
  createReportHand,
  type ReadReport,
  type ReportDetail,
  type ReportHand,
  type Words,
} from '../../src/demo/report-hand.js';
import type { OpeningPair } from '../../src/sealing/index.js';
import { buildCredentials, passwordOf } from './inbox-accounts.js';
import { makePair } from './report-sealing-builders.js';
import { freshAddress } from './security-people.js';
import { type RawAnswer, send } from './security-raw.js';

/** Calls of one browser below `/api/inbox`; all that it was answered is kept as it came. */
export interface WatchedBrowser {
  readonly cookie: string;
  /** Whatever its outcome. */
  call(method: string, path: string, given?: WatchedCall): Promise<RawAnswer>;
  /** @throws Error when it is refused. */
  ask<Body>(method: string, path: string, body?: object): Promise<Body>;
  /** Addresses, heads and bodies of all answers so far. */
  seen(): string;
}

export interface WatchedCall {
  readonly body?: object | string;
  /** `undefined` takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A delegate with real keys. */
export interface WatchedDelegate extends WatchedBrowser {
  readonly id: string;
  readonly login: string;
  readonly own: OpeningPair;
  readonly hand: ReportHand;
  /** Opens a session, in place of the one before. */
  logIn(): Promise<void>;
  load(reportId: string): Promise<ReportDetail>;
  read(reportId: string): Promise<ReadReport>;
  /** Seals words to the report as it is. @throws Error when it is refused. */
  write(reportId: string, words: Words): Promise<void>;
  append(reportId: string, body: object): Promise<RawAnswer>;
  reportIds(): Promise<readonly string[]>;
}

type Place = { readonly port: number };

/** Makes an account by a link's token. */
export async function enrolWatched(place: Place, login: string, token: string): Promise<WatchedDelegate> {
  const own = await makePair();
  const browser = openBrowser(place);
  const { ask } = browser;
  const credentials = { ...buildCredentials(passwordOf(login), login), publicKey: own.publicKey };
  const account = { token, login, displayName: login, credentials };
  const made = await ask<{ account: { id: string } }>('POST', '/invitations/accept', account);
  const { id } = made.account;
  const hand = createReportHand(id, own);
  const load = (reportId: string): Promise<ReportDetail> => ask('GET', `/reports/${reportId}`);

  return {
    ...browser,
    get cookie() {
      return browser.cookie;
    },
    id,
    login,
    own,
    hand,
    load,
    async logIn() {
      await ask('POST', '/session', { login, authKey: credentials.authKey });
    },
    read: async (reportId) => hand.read(await load(reportId)),
    async write(reportId, words) {
      await ask('POST', `/reports/${reportId}/events`, await hand.seal(await load(reportId), words));
    },
    append: (reportId, body) => browser.call('POST', `/reports/${reportId}/events`, { body }),
    async reportIds() {
      const { reports } = await ask<{ reports: readonly { id: string }[] }>('GET', '/reports');
      return reports.map(({ id: reportId }) => reportId);
    },
  };
}

/** The token of a new invitation. */
export async function inviteWatched({ ask }: WatchedBrowser, displayName: string, role = 'delegate'): Promise<string> {
  return (await ask<{ token: string }>('POST', '/invitations', { displayName, role })).token;
}

export function openBrowser({ port }: Place): WatchedBrowser {
  let cookie = '';
  const seen: string[] = [];

  async function call(method: string, path: string, { body, headers = {} }: WatchedCall = {}): Promise<RawAnswer> {
    const answer = await send(port, {
      method,
      path: `/api/inbox${path}`,
      headers: {
        'x-permanence': 'inbox',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': freshAddress(),
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    seen.push(`${method} ${path}`, ...answer.rawHeaders, answer.text);
    cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    return answer;
  }

  return {
    get cookie() {
      return cookie;
    },
    call,
    async ask<Body>(method: string, path: string, body?: object) {
      const { status, code, text } = await call(method, path, { ...(body && { body }) });
      if (status !== 200) throw new Error(`${method} ${path.split('/')[1]} was refused: ${status} ${code}`);
      return (text.startsWith('{') ? JSON.parse(text) : text) as Body;
    },
    seen: () => seen.join('\n'),
  };
}
