import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createBotFrameworkChannel } from '../../src/channels/botframework/create-botframework-channel.js';
import type { BotFrameworkSettings } from '../../src/channels/botframework/deps.js';
import type { Reveal } from '../../src/domain/message.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { createTestDesk, type TestDesk } from './directline-desk.js';
import { createEchoBot, type EchoBot, type EchoData } from './directline-echo.js';
import { createLogSpy, createManualClock, type LogSpy, type ManualClock } from './directline-server.js';
import { createManualTimers, type ManualTimers } from './directline-timers.js';
import { openMemoryStorage } from './storage-in-memory.js';

export interface SentReply {
  readonly path: string;
  readonly activity: {
    readonly type: string;
    readonly name?: string;
    readonly value?: unknown;
    readonly text?: string;
    readonly replyToId?: string;
    readonly conversation: { readonly id: string };
    readonly recipient: { readonly id: string };
    readonly attachments?: readonly { readonly content: unknown }[];
    readonly suggestedActions?: unknown;
  };
}

/** What the service does with one call. */
export type Behaviour =
  /** Takes nothing, and answers this. */
  | { readonly status: number; readonly retryAfter?: string }
  /** Takes it, and breaks the connection in place of an answer. */
  | 'lose the answer'
  /** Breaks the connection before it has read anything. */
  | 'reset'
  /** Takes it, and never answers. */
  | 'hang';

/** The service of a channel (an Emulator's, say): it takes what the bot sends. */
export interface ChannelService {
  readonly url: string;
  readonly sent: SentReply[];
  /** How often it was called, whatever it did. */
  calls(): number;
  /** What it answers from now on. */
  answerWith(status: number): void;
  /** What it does with the next calls, one each; then it takes them again. */
  script(...behaviours: readonly Behaviour[]): void;
  /** Resolves once so many activities have been taken. */
  until(count: number): Promise<void>;
  /** Resolves once it was called so often. */
  untilCalled(count: number): Promise<void>;
  stop(): Promise<void>;
}

export interface BotFrameworkServer {
  readonly url: string;
  readonly bot: EchoBot;
  readonly data: EchoData;
  readonly desk: TestDesk;
  readonly storage: Storage;
  readonly log: LogSpy;
  readonly clock: ManualClock;
  readonly timers: ManualTimers;
  /** The stored conversation's id. */
  conversationOf(serviceUrl: string, channelConversationId: string): Promise<string>;
  /** Ends the server; `keepsData`: another one will go on with it. */
  stop(keepsData?: boolean): Promise<void>;
}

export async function startChannelService(): Promise<ChannelService> {
  const sent: SentReply[] = [];
  const script: Behaviour[] = [];
  const changes = new EventEmitter().setMaxListeners(0);
  let status = 200;
  let calls = 0;
  const app = express().use(express.json());

  function take(request: express.Request): void {
    sent.push({ path: request.path, activity: request.body });
  }

  function behave(request: express.Request, response: express.Response, behaviour: Behaviour): void {
    if (behaviour === 'reset') return void request.socket.resetAndDestroy();
    if (typeof behaviour === 'object') {
      const { status: refused, retryAfter } = behaviour;
      if (retryAfter !== undefined) response.set('Retry-After', retryAfter);
      return void response.status(refused).json({ error: { code: 'Refused', message: 'no' } });
    }
    take(request);
    if (behaviour === 'lose the answer') request.socket.destroy();
  }

  app.post('/*path', (request, response) => {
    calls += 1;
    const behaviour = script.shift() ?? (status === 200 ? undefined : { status });
    if (behaviour) behave(request, response, behaviour);
    else {
      take(request);
      response.json({ id: `sent-${sent.length}` });
    }
    changes.emit('change');
  });
  const { url, stop } = await listen(createServer(app));

  async function until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) await once(changes, 'change');
  }

  return {
    url,
    sent,
    calls: () => calls,
    answerWith(next) {
      status = next;
    },
    script: (...behaviours) => void script.push(...behaviours),
    until: (count) => until(() => sent.length >= count),
    untilCalled: (count) => until(() => calls >= count),
    stop,
  };
}

export interface BotFrameworkOptions {
  readonly publicUrl?: string;
  /** Goes on with what an earlier server left. */
  readonly after?: BotFrameworkServer;
  readonly atStart?: () => Promise<readonly string[]>;
  readonly reveal?: Reveal;
}

export async function startBotFrameworkServer(
  settings: Partial<BotFrameworkSettings>,
  { after, ...others }: BotFrameworkOptions = {},
): Promise<BotFrameworkServer> {
  const clock = after?.clock ?? createManualClock();
  const storage = after?.storage ?? (await openMemoryStorage());
  const data: EchoData = { store: storage.conversations, clock: clock.now };
  const bot = createEchoBot(data);
  const log = createLogSpy();
  const timers = createManualTimers(clock);
  const channel = createBotFrameworkChannel({
    conversations: bot.conversations,
    turns: bot.turns,
    deliveries: storage.deliveries,
    asks: storage.asks,
    changes: bot.wakeUps,
    clock: clock.now,
    timers,
    names: { bot: 'Assistant (robot)', delegate: 'Délégué', system: 'Permanence' },
    log,
    trustProxy: 0,
    settings: { appType: 'MultiTenant', emulator: false, ...settings },
    ...others,
  });
  const app = express();
  for (const { path, router } of channel.mounts) app.use(path, router);
  const server = await listen(createServer(app));
  return {
    url: server.url,
    bot,
    data,
    desk: createTestDesk(data, bot),
    storage,
    log,
    clock,
    timers,
    async conversationOf(serviceUrl, channelConversationId) {
      const key = `${serviceUrl}|${channelConversationId}`;
      const found = await storage.conversations.findByAddress('botframework', key);
      if (!found) throw new Error('No such conversation');
      return found.id;
    },
    async stop(keepsData = false) {
      await server.stop();
      await channel.close();
      if (!keepsData) await storage.close();
    },
  };
}

async function listen(server: Server): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
