import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createBotFrameworkChannel } from '../../src/channels/botframework/create-botframework-channel.js';
import type { BotFrameworkSettings } from '../../src/channels/botframework/deps.js';
import { createEchoBot, createEchoData, type EchoBot } from './directline-echo.js';
import { createLogSpy, createManualClock, type LogSpy } from './directline-server.js';

export interface SentReply {
  readonly path: string;
  readonly activity: {
    readonly type: string;
    readonly text?: string;
    readonly replyToId?: string;
    readonly conversation: { readonly id: string };
    readonly recipient: { readonly id: string };
    readonly attachments?: readonly { readonly content: unknown }[];
    readonly suggestedActions?: unknown;
  };
}

/** The service of a channel (an Emulator's, say): it takes what the bot sends. */
export interface ChannelService {
  readonly url: string;
  readonly sent: SentReply[];
  /** What it answers from now on. */
  answerWith(status: number): void;
  stop(): Promise<void>;
}

export interface BotFrameworkServer {
  readonly url: string;
  readonly bot: EchoBot;
  readonly log: LogSpy;
  stop(): Promise<void>;
}

export async function startChannelService(): Promise<ChannelService> {
  const sent: SentReply[] = [];
  let status = 200;
  const app = express().use(express.json());
  app.post('/*path', (request, response) => {
    if (status === 200) sent.push({ path: request.path, activity: request.body });
    response.status(status).json({ id: `sent-${sent.length}` });
  });
  const { url, stop } = await listen(createServer(app));
  return {
    url,
    sent,
    answerWith(next) {
      status = next;
    },
    stop,
  };
}

export async function startBotFrameworkServer(
  settings: Partial<BotFrameworkSettings>,
  others: { readonly publicUrl?: string } = {},
): Promise<BotFrameworkServer> {
  const bot = createEchoBot(createEchoData(createManualClock().now));
  const log = createLogSpy();
  const channel = createBotFrameworkChannel({
    conversations: bot.conversations,
    turns: bot.turns,
    log,
    trustProxy: 0,
    settings: { appType: 'MultiTenant', emulator: false, ...settings },
    ...others,
  });
  const app = express();
  for (const { path, router } of channel.mounts) app.use(path, router);
  return { bot, log, ...(await listen(createServer(app))) };
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
