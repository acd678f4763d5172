import type { BrowserContextOptions } from 'playwright-core';
import { enrolDemoDelegate } from '../../src/demo/demo-delegate.js';
import { pseudonymOf } from '../../src/inbox/pseudonym.js';
import { type DeskClient, enrolDeskClient, setupTokenIn } from './desk-client.js';
import { openVisitors, type Tab, type Visitor } from './e2e-browser.js';
import { type InboxPage, inboxOn, plain } from './e2e-inbox-page.js';
import { keptSession } from './e2e-session.js';

/** One server, one browser, and the people of a suite. */
export interface InboxStage {
  /** A coordinator who looks by the API alone, and is never there. */
  readonly witness: DeskClient;
  /** Somebody new on the public page, with the panel open. */
  resident(base?: string, browser?: BrowserContextOptions): Promise<Resident>;
  /**
   * A delegate on a device of their own, at the queue: by the form the first time, then by the session that a browser
   * keeps. `base`: another address of the same server.
   */
  delegate(name: string, options?: DelegateOptions): Promise<Delegate>;
  /** Somebody at the page's door, whom the server does not know. */
  stranger(options?: DelegateOptions): Promise<Delegate>;
  /** What was said in a conversation, in order, as delegates read it. */
  transcript(conversationId: string): Promise<readonly Said[]>;
  /** Sends everybody home, after each test. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Said {
  readonly author: string;
  /** As it was written: without what typesetting puts in for the screen. */
  readonly text: string;
}

export interface DelegateOptions {
  readonly base?: string;
  readonly path?: string;
  readonly browser?: BrowserContextOptions;
  /** Gives the login and the password, whatever a browser has kept. */
  readonly signsIn?: boolean;
}

export interface Resident extends Visitor {
  readonly conversationId: string;
  /** What delegates call this conversation: « Résident B7K2 ». */
  readonly pseudonym: string;
  /** Presses « Parler à un délégué » and waits until that is noted. */
  askForDelegate(): Promise<void>;
  /** What the bubbles say, in order, as it was written. */
  texts(): Promise<readonly string[]>;
}

export interface Delegate extends Visitor {
  readonly inbox: InboxPage;
  /** The same browser at another address of the page. */
  openInbox(path: string): Promise<Tab & { readonly inbox: InboxPage }>;
}

export interface StageOptions {
  /** Where the server is now. */
  readonly url: () => string;
  /** What it printed when it first started. */
  readonly announcement: string;
}

/** What browsers note of refusals that pages ask for: nobody is logged in yet, a colleague was faster. */
const REFUSAL = /^console: Failed to load resource: the server responded with a status of (401|409) /;
/** And of calls to a server that is not there. */
const NO_SERVER = /^console: (Failed to load resource: net::|WebSocket connection to .* failed)/;

/** What went wrong in people's browsers and should not have: errors, and violations of a security policy. */
export function faultsOf(people: readonly Visitor[], { withCuts = false } = {}): readonly string[] {
  const faults = people.flatMap((person) => person.faults);
  return faults.filter((fault) => !REFUSAL.test(fault) && !(withCuts && NO_SERVER.test(fault)));
}

/** Everybody's. */
export const PASSWORD = 'quatre mots bien à moi';
/** Two browsers and a server share the machine with other tests. */
export const WAIT_MS = 20_000;
const DESKTOP = { width: 1280, height: 800 };

export async function openInboxStage({ url, announcement }: StageOptions): Promise<InboxStage> {
  const visitors = await openVisitors();
  const witness = await enrolDeskClient(url, 'temoin', setupTokenIn(announcement));
  const enrolled = new Map<string, Promise<unknown>>();
  const kept = new Map<string, BrowserContextOptions['storageState']>();

  async function enrol(name: string): Promise<void> {
    const token = await witness.invite(name, 'coordinator');
    await enrolDemoDelegate(url(), { login: name.toLowerCase(), displayName: name, password: PASSWORD }, token);
  }

  async function openPage({ base = url(), path = '/inbox', browser }: DelegateOptions): Promise<Delegate> {
    const visitor = await visitors.visit(base + path, { viewport: DESKTOP, ...browser });
    visitor.context.setDefaultTimeout(WAIT_MS);
    return {
      ...visitor,
      inbox: inboxOn(visitor.page),
      async openInbox(address) {
        const tab = await visitor.openTab(base + address);
        return { ...tab, inbox: inboxOn(tab.page) };
      },
    };
  }

  async function delegate(name: string, options: DelegateOptions = {}): Promise<Delegate> {
    if (!enrolled.has(name)) enrolled.set(name, enrol(name));
    await enrolled.get(name);
    const storageState = options.signsIn ? undefined : kept.get(name);
    const opened = await openPage({
      ...options,
      browser: { ...options.browser, ...(storageState && { storageState }) },
    });
    if (!storageState) {
      await opened.inbox.signIn(name.toLowerCase(), PASSWORD);
      kept.set(name, await opened.context.storageState());
    }
    await opened.page.getByRole('main').waitFor();
    return opened;
  }

  return {
    witness,
    async resident(base = url(), browser?: BrowserContextOptions) {
      const visitor = await visitors.visit(base, browser);
      const { page, widget } = visitor;
      visitor.context.setDefaultTimeout(WAIT_MS);
      await widget.begin();
      const { conversationId } = await keptSession(page);
      return {
        ...visitor,
        conversationId,
        pseudonym: `Résident ${pseudonymOf(conversationId)}`,
        async askForDelegate() {
          await widget.button('Parler à un délégué').click();
          await widget.button('Être rappelé').waitFor();
        },
        texts: async () => (await widget.texts()).map(plain),
      };
    },
    delegate,
    async stranger(options = {}) {
      const opened = await openPage(options);
      await opened.inbox.heading('Connexion').waitFor();
      return opened;
    },
    async transcript(id) {
      const messages = await witness.transcript(id);
      return messages.filter(({ text }) => text !== '').map(({ author, text }) => ({ author, text: plain(text) }));
    },
    clear: visitors.clear,
    close: visitors.close,
  };
}
