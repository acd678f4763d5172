import express from 'express';
import { createTelegramChannel, type TelegramChannel } from '../../src/channels/telegram/create-telegram-channel.js';
import type { TelegramDependencies } from '../../src/channels/telegram/deps.js';
import { WEBHOOK_PATH } from '../../src/channels/telegram/webhook.js';
import { readConfig } from '../../src/config.js';
import { loadContent } from '../../src/content/load-content.js';
import type { Keeping } from '../../src/domain/attachments.js';
import type { Conversation } from '../../src/domain/conversation.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Message } from '../../src/domain/message.js';
import { type HttpServer, openHttpServer } from '../../src/http/http-server.js';
import type { Inbound } from '../../src/pipeline/turn.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { createTestDesk, type TestDesk } from './directline-desk.js';
import { createEchoBot, type EchoBot } from './directline-echo.js';
import { openMemoryStorage } from './storage-in-memory.js';
import { openFakeTelegram } from './telegram/index.js';
import type { FakeTelegram, FakeTelegramOptions } from './telegram/types.js';
import { createHurriedTime, type HurriedTime } from './telegram-time.js';

const CONTENT = loadContent(new URL('../../corpus/fr/', import.meta.url), readConfig({}));
export const WORDS = CONTENT.telegram;
export const SECRET = 'un-secret_de-1-webhook';

/** The channel with a bot that repeats, between a fake Bot API and a storage in memory. */
export interface TelegramWorld {
  readonly fake: FakeTelegram;
  readonly channel: TelegramChannel;
  readonly bot: EchoBot;
  readonly desk: TestDesk;
  readonly storage: Storage;
  readonly time: HurriedTime;
  /** All that the log was told, as JSON. */
  readonly lines: string[];
  /** Every turn that was handed in, in order. */
  readonly turns: (Inbound & { readonly conversationId: string })[];
  /** Every file that was handed over. */
  readonly files: { readonly conversationId: string; readonly externalId: string; readonly bytes: Uint8Array }[];
  /** Where the webhook is reached; '' when polling. */
  readonly webhookUrl: string;
  find(chatId: number): Promise<Conversation | undefined>;
  /** @throws when there is none. */
  conversationOf(chatId: number): Promise<Conversation>;
  messagesOf(chatId: number): Promise<readonly Message[]>;
  /** Turns fail as they do without storage, until `mend`. */
  breakStorage(): void;
  mend(): void;
  /** Another process goes on with what this one leaves. */
  restart(changes?: Partial<TelegramDependencies['settings']>): Promise<void>;
  close(): Promise<void>;
}

export interface TelegramWorldOptions {
  readonly fake?: FakeTelegramOptions;
  readonly isWebhook?: boolean;
  /** What becomes of a file. */
  readonly keep?: () => Promise<Keeping>;
  /** Runs before each turn. */
  readonly beforeTurn?: (inbound: Inbound) => Promise<void>;
  /** In place of the fake's. */
  readonly token?: string;
}

const REFUSED: Keeping = { kind: 'refused', reason: 'kind' };

export async function openTelegramWorld(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const { isWebhook = false, keep = async () => REFUSED, beforeTurn } = options;
  const time = createHurriedTime();
  const fake = await openFakeTelegram({
    clock: time.clock,
    takesHttpWebhooks: true,
    webhookPausesMs: [20],
    ...options.fake,
  });
  const storage = await openMemoryStorage();
  const data = { store: storage.conversations, clock: time.clock };
  const bot = createEchoBot(data);
  const lines: string[] = [];
  const line = (fields: object, message: string): void => void lines.push(JSON.stringify({ ...fields, message }));
  const turns: TelegramWorld['turns'] = [];
  const files: TelegramWorld['files'] = [];
  let isBroken = false;
  let channel: TelegramChannel | undefined;
  let server: HttpServer | undefined;

  const handle: typeof bot.turns.handle = async (conversationId, inbound) => {
    await beforeTurn?.(inbound);
    if (isBroken) throw new DomainError('storage-unavailable', 'away');
    turns.push({ ...inbound, conversationId });
    return bot.turns.handle(conversationId, inbound);
  };

  async function start(changes: Partial<TelegramDependencies['settings']> = {}): Promise<void> {
    // The address is known before the channel is there.
    let listener: express.Express = express();
    server = await openHttpServer({
      listener: (request, response) => listener(request, response),
      onUpgrade: (_, socket) => socket.destroy(),
      onClientError: (_, socket) => socket.destroy(),
      // The next process is reached where this one was.
      port: server?.port ?? 0,
      host: '127.0.0.1',
    });
    const webhook = { url: `http://127.0.0.1:${server.port}${WEBHOOK_PATH}`, secret: SECRET };
    channel = createTelegramChannel({
      settings: { token: options.token ?? fake.token, apiRoot: fake.url, ...(isWebhook && { webhook }), ...changes },
      conversations: bot.conversations,
      turns: { handle },
      deliveries: storage.deliveries,
      asks: storage.asks,
      claims: storage.claims,
      changes: bot.wakeUps,
      attachments: {
        async keep(conversationId, externalId, bytes) {
          files.push({ conversationId, externalId, bytes });
          return keep();
        },
      },
      names: CONTENT.authors,
      words: WORDS,
      calendar: async () => undefined,
      clock: time.clock,
      timers: time.timers,
      random: () => 0,
      log: { info: line, warn: line, error: line },
    });
    const app = express();
    for (const { path, router } of channel.mounts) app.use(path, router);
    listener = app;
  }

  async function stop(): Promise<void> {
    await Promise.all([channel?.close(), server?.close()]);
  }

  const find = (chatId: number): Promise<Conversation | undefined> =>
    storage.conversations.findByAddress('telegram', `${Number.parseInt(fake.token, 10)}:${chatId}`);

  async function conversationOf(chatId: number): Promise<Conversation> {
    const found = await find(chatId);
    if (!found) throw new Error('No such conversation');
    return found;
  }

  await start();
  return {
    fake,
    get channel() {
      if (!channel) throw new Error('It has not begun');
      return channel;
    },
    bot,
    desk: createTestDesk(data, bot),
    storage,
    time,
    lines,
    turns,
    files,
    get webhookUrl() {
      return isWebhook ? `http://127.0.0.1:${server?.port}${WEBHOOK_PATH}` : '';
    },
    find,
    conversationOf,
    messagesOf: async (chatId) => storage.conversations.messagesAfter((await conversationOf(chatId)).id, 0, 1000),
    breakStorage() {
      isBroken = true;
    },
    mend() {
      isBroken = false;
    },
    async restart(changes) {
      await stop();
      await start(changes);
    },
    async close() {
      await stop();
      await fake.close();
      await storage.close();
    },
  };
}
