import { type App, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { type DeskClient, enrolDeskClient, setupTokenIn } from './desk-client.js';
import { createManualClock } from './directline-server.js';
import { createManualTimers } from './directline-timers.js';
import { makeDataDir } from './server-process.js';
import { type FakeTelegram, type FakeTelegramOptions, openFakeTelegram } from './telegram/index.js';
import type { FakeChat } from './telegram/types.js';
import { type Account, accountOf, readLedger } from './telegram-ledger.js';

const ROOT = new URL('../../', import.meta.url);

/** How far one look at the clock puts it, in seconds, and how long that takes here, in ms. */
const STEP_SECONDS = 0.25;
const STEP_MS = 8;
/** Long times go by in so many looks at most. */
const MOST_STEPS = 100;

/** What delegates are told of how a conversation gets to its resident. */
export interface DeliveryShown {
  readonly deliveredSeq: number;
  readonly failure?: string;
  readonly uncertain?: readonly number[];
  readonly refused?: readonly number[];
}

/** The whole server in this process beside a fake of Telegram, both by one clock that the test moves. */
export interface TelegramSite {
  readonly url: string;
  readonly fake: FakeTelegram;
  /** Delegates have an account of their own here. */
  readonly marie: DeskClient;
  readonly dataDir: string;
  now(): Date;
  /** Lets time go by until it has happened. */
  until<Value>(event: Promise<Value>): Promise<Value>;
  /** Lets so much time go by, and what is due in it happen. */
  pass(seconds: number): Promise<void>;
  /** Lets time go by until it is so. */
  untilSo(isSo: () => boolean | Promise<boolean>): Promise<void>;
  deliveryOf(conversationId: string): Promise<DeliveryShown>;
  /** @param meanwhile what happens while it is away. */
  restart(env?: Readonly<Record<string, string>>, meanwhile?: () => void): Promise<void>;
  /** Stops the server and holds what each person sees against what was stored. */
  account(chats: readonly FakeChat[]): Promise<readonly Account[]>;
  close(): Promise<void>;
}

export interface TelegramSiteOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly fake?: FakeTelegramOptions;
  /** Telegram hands updates in, by way of a proxy that leads to the server. */
  readonly hasWebhook?: boolean;
}

const PUBLIC_URL = 'https://permanence.example';

/** Needs a build. */
export async function openTelegramSite({
  env = {},
  fake: settings = {},
  hasWebhook = false,
}: TelegramSiteOptions = {}): Promise<TelegramSite> {
  const data = makeDataDir();
  const clock = createManualClock(new Date('2026-11-24T09:00:00Z'));
  const timers = createManualTimers(clock);
  const webhookProxy = (address: string): string => address.replace(PUBLIC_URL, url());
  const fake = await openFakeTelegram({ clock: clock.now, webhookProxy, webhookPausesMs: [20, 100], ...settings });

  const start = (changes: Readonly<Record<string, string>> = {}): Promise<App> =>
    startApp(
      readConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
        DATA_DIR: data.path,
        TELEGRAM_TOKEN: fake.token,
        TELEGRAM_API_ROOT: fake.url,
        ...(hasWebhook && { PUBLIC_URL }),
        HANDOFF_WAIT_MINUTES: '240',
        HANDOFF_ALONE_MINUTES: '240',
        HANDOFF_HOLD_LOST_SECONDS: '3600',
        ...env,
        ...changes,
      }),
      {
        corpusDir: new URL('corpus/fr/', ROOT),
        webDir: new URL('dist/web/', ROOT),
        modelFile: new URL('dist/model/fr.json', ROOT),
        fileProcess: new URL('dist/src/attachments/child.js', ROOT),
        clock: clock.now,
        timers,
      },
    );

  const url = (): string => `http://127.0.0.1:${app?.port}`;
  let app: App | undefined;
  // Accounts are made at the server's own address.
  app = await start({ PUBLIC_URL: '' });
  const marie = await enrolDeskClient(url, 'marie', setupTokenIn(app.announcement));
  if (hasWebhook) {
    await app.stop();
    app = await start();
  }
  const step = async (seconds = STEP_SECONDS): Promise<void> => {
    timers.advance(seconds);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  };

  async function until<Value>(event: Promise<Value>): Promise<Value> {
    let isOver = false;
    const over = event.finally(() => {
      isOver = true;
    });
    over.catch(() => undefined);
    while (!isOver) await step();
    return over;
  }

  async function stop(): Promise<void> {
    await app?.stop();
    app = undefined;
  }

  return {
    get url() {
      return url();
    },
    fake,
    marie,
    dataDir: data.path,
    now: clock.now,
    until,
    async pass(seconds) {
      const end = clock.now().getTime() + seconds * 1000;
      while (clock.now().getTime() < end) await step(Math.max(STEP_SECONDS, seconds / MOST_STEPS));
    },
    async untilSo(isSo) {
      while (!(await isSo())) await step();
    },
    async deliveryOf(id) {
      const { status, body } = await marie.call('GET', `/conversations/${id}`);
      if (status !== 200) throw new Error(`The conversation could not be read: ${status} ${JSON.stringify(body)}`);
      return (body as unknown as { readonly detail: { readonly delivery: DeliveryShown } }).detail.delivery;
    },
    async restart(changes, meanwhile) {
      await stop();
      meanwhile?.();
      app = await start(changes);
    },
    async account(chats) {
      await stop();
      const ledger = await readLedger({ dataDir: data.path });
      return chats.map((chat) => {
        const kept = ledger.get(chat.id);
        if (!kept) throw new Error('A chat was not stored');
        return accountOf(kept, chat);
      });
    },
    async close() {
      await stop();
      await fake.close();
      data.remove();
    },
  };
}
