import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ChannelLog } from '../../src/channels/channel.js';
import { createDirectLineChannel } from '../../src/channels/directline/create-directline-channel.js';
import type { DirectLineDependencies } from '../../src/channels/directline/deps.js';
import { createResidentPresence, type ResidentPresence } from '../../src/channels/resident-presence.js';
import type { Clock } from '../../src/domain/clock.js';
import { answerClientError } from '../../src/http/raw-problem.js';
import { createTestDesk, type TestDesk } from './directline-desk.js';
import { createEchoBot, createEchoData, type EchoBot, type EchoData } from './directline-echo.js';

export const SECRET = 'un-secret-de-plus-de-trente-deux-caracteres';
export const SIGNING_KEY = Buffer.alloc(32, 7);

export interface LogSpy extends ChannelLog {
  /** Every line so far, as JSON. */
  readonly lines: string[];
}

export interface ManualClock {
  readonly now: Clock;
  advance(seconds: number): void;
}

export interface DirectLineServer {
  readonly url: string;
  readonly port: number;
  readonly bot: EchoBot;
  readonly desk: TestDesk;
  readonly residents: ResidentPresence;
  readonly data: EchoData;
  readonly log: LogSpy;
  readonly clock: ManualClock;
  stop(): Promise<void>;
}

export type ServerOptions = Partial<Omit<DirectLineDependencies, 'clock' | 'log'>> & {
  readonly clock?: ManualClock;
  readonly data?: EchoData;
  readonly port?: number;
  /** False: no DIRECTLINE_SECRET. */
  readonly hasSecret?: boolean;
};

/** A real HTTP server on a free port, with the channel and an echo bot. */
export async function startDirectLineServer(options: ServerOptions = {}): Promise<DirectLineServer> {
  const { clock = createManualClock(), hasSecret = true, port = 0, ...overrides } = options;
  const data = options.data ?? createEchoData(clock.now);
  const bot = createEchoBot(data);
  const log = createLogSpy();
  const residents = createResidentPresence(clock.now, bot.wakeUps);
  const channel = createDirectLineChannel({
    conversations: bot.conversations,
    turns: bot.turns,
    clock: clock.now,
    log,
    signingKey: SIGNING_KEY,
    trustProxy: 0,
    widgetOrigins: ['https://www.ville.example'],
    names: { bot: 'Assistant (robot)', delegate: 'Délégué', system: 'Permanence' },
    residents,
    ...(hasSecret && { secret: SECRET }),
    ...overrides,
  });
  const app = express()
    .disable('x-powered-by')
    .set('trust proxy', overrides.trustProxy ?? 0);
  for (const mount of channel.mounts) app.use(mount.path, mount.router);
  const server = createServer(app);
  server.on('upgrade', (request, socket, head) => {
    if (!channel.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.on('clientError', answerClientError);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    bot,
    desk: createTestDesk(data, bot),
    residents,
    data,
    log,
    clock,
    async stop() {
      await channel.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function createManualClock(start = new Date('2026-11-25T09:00:00Z')): ManualClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance(seconds) {
      now += seconds * 1000;
    },
  };
}

export function createLogSpy(): LogSpy {
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(JSON.stringify({ ...fields, message }));
  };
  return { lines, warn: write, error: write };
}
