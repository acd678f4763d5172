import { buildCredentials, keyFrom, passwordOf } from './inbox-accounts.js';
import { createInboxBrowser, type InboxAnswer, type InboxBrowser, type InboxCall } from './inbox-browser.js';
import type { Site } from './security-site.js';

/** A delegate with an account on the real server; their browser is logged in. */
export interface Member {
  readonly id: string;
  readonly login: string;
  readonly browser: InboxBrowser;
  /** Another browser of theirs, logged in from an address of its own. */
  another(): Promise<InboxBrowser>;
}

export interface Team {
  readonly coordinator: Member;
  readonly delegate: Member;
  readonly colleague: Member;
}

type Place = Pick<Site, 'url'>;

let addresses = 0;

/** An address that nobody has used in this run (RFC 2544 reserves 198.18.0.0/15 for such tests). */
export function freshAddress(): string {
  addresses += 1;
  return `198.18.${addresses >> 8}.${addresses & 255}`;
}

/** A browser on the delegates' page behind this address. */
export function browserAt({ url }: Place, address = freshAddress()): InboxBrowser {
  const browser = createInboxBrowser(url);
  const { call } = browser;
  const withAddress = ({ headers, ...given }: InboxCall = {}): InboxCall => ({
    ...given,
    headers: { 'x-forwarded-for': address, ...headers },
  });
  browser.call = (method, path, given) => call(method, path, withAddress(given));
  browser.logIn = (login, code) =>
    browser.call('POST', '/session', { body: { ...keysOf(login), ...(code !== undefined && { code }) } });
  return browser;
}

/** What the page sends at login. */
export function keysOf(login: string): { readonly login: string; readonly authKey: string } {
  return { login, authKey: keyFrom(passwordOf(login)) };
}

/** Makes an account by a link's token. */
export async function enrolMember(site: Place, login: string, token: string, displayName = login): Promise<Member> {
  const browser = browserAt(site);
  const credentials = buildCredentials(passwordOf(login), login);
  const made = await browser.call('POST', '/invitations/accept', { body: { token, login, displayName, credentials } });
  const { account } = expectOk<{ account: { id: string } }>(made);
  return {
    id: account.id,
    login,
    browser,
    async another() {
      const other = browserAt(site);
      expectOk(await other.logIn(login));
      return other;
    },
  };
}

export async function openTeam(site: Pick<Site, 'url' | 'setupToken'>): Promise<Team> {
  const coordinator = await enrolMember(site, 'anne', site.setupToken);
  const member = async (login: string): Promise<Member> =>
    enrolMember(site, login, await inviteBy(coordinator.browser, login));
  return { coordinator, delegate: await member('jean'), colleague: await member('paul') };
}

/** The token of a new invitation. */
export async function inviteBy(browser: InboxBrowser, displayName: string, role = 'delegate'): Promise<string> {
  const made = await browser.call('POST', '/invitations', { body: { displayName, role } });
  return expectOk<{ token: string }>(made).token;
}

/** @throws Error when the call was refused: what a test builds on must be there. */
export function expectOk<Body>({ status, code, body }: InboxAnswer): Body {
  if (status !== 200) throw new Error(`Refused: ${status} ${code}`);
  return body as Body;
}
