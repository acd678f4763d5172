import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import { type Logger, pino } from 'pino';
import { createRootDialog } from '../dialogs/index.js';
import type { Channel } from './channels/channel.js';
import type { TelegramChannel } from './channels/telegram/create-telegram-channel.js';
import { createLiveDialogs, previewAnswers } from './compose-answers.js';
import { createChannels } from './compose-channels.js';
import { createInbox, type Inbox } from './compose-inbox.js';
import { createMeters, type MetricsSources } from './compose-metrics.js';
import { createPages } from './compose-pages.js';
import { createRealtime, type OpenedRealtime } from './compose-realtime.js';
import { createServices, type Parts, type Services } from './compose-services.js';
import { createUpkeep, startOwnJobs } from './compose-upkeep.js';
import type { Config } from './config.js';
import { loadContent } from './content/load-content.js';
import type { Clock } from './domain/clock.js';
import type { Facts } from './domain/facts.js';
import { createSchedules } from './domain/permanence-schedule.js';
import type { Timers } from './domain/timers.js';
import { answerNotFound, createErrorHandler } from './http/error-handler.js';
import { createHealthRouter } from './http/health-routes.js';
import { type HttpServer, openHttpServer } from './http/http-server.js';
import { HOME_PATH, PRIVACY_PATH } from './http/pages.js';
import { answerClientError, refuseUpgrade } from './http/raw-problem.js';
import { securityHeaders } from './http/security-headers.js';
import { createNlu } from './nlu/create-nlu.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';
import { createStorage, START_PATIENCE_MS } from './storage/create-storage.js';

export interface App {
  readonly port: number;
  /** Tells the operator, in French, where to go and what to keep. */
  readonly announcement: string;
  /** Ends what is open, lets the turns under way finish, closes the database. */
  stop(): Promise<void>;
}

export interface AppEnvironment {
  readonly corpusDir: URL;
  /** The built pages and widget. */
  readonly webDir: URL;
  /** The built language model; trained anew when it does not fit the corpus. */
  readonly modelFile: URL;
  readonly clock?: Clock;
  /** What writes residents' files anew, in processes of its own; the one beside this code when absent. */
  readonly fileProcess?: URL;
  /** Of the channels that push; those of the platform when absent. */
  readonly timers?: Timers;
}

/** @throws what `operatorMessage` puts into words, or a fault of the program. */
export async function startApp(config: Config, environment: AppEnvironment): Promise<App> {
  const clock = environment.clock ?? (() => new Date());
  const log = pino({ level: config.logLevel, base: null });
  const content = loadContent(environment.corpusDir, config);
  const nlu = await createNlu(environment);
  const opened = await createStorage({
    ...config,
    clock,
    onUnreadable: (found) => log.error(found, 'Records of the database were altered: they are passed over'),
    patienceMs: START_PATIENCE_MS,
    onWaiting: () => log.warn('The database does not answer yet: it is waited for'),
  });
  const parts: Parts = { config, clock, log, content, nlu, opened, meters: createMeters(config) };
  const realtime = createRealtime(parts);
  try {
    return await serve(parts, realtime, environment);
  } catch (error) {
    await realtime.close();
    await opened.storage.close();
    throw error;
  }
}

async function serve(
  parts: Parts,
  realtime: OpenedRealtime,
  { webDir, fileProcess, timers }: AppEnvironment,
): Promise<App> {
  const { config, log, opened } = parts;
  const leases = parts.meters.leases(realtime.leases);
  const services = await createServices(parts, { ...realtime, leases }, fileProcess);
  const { liveFacts } = services;
  const dialogsOf = (facts: Facts) => createDialogs(parts, facts);
  const { turns, channels, telegram } = createChannels(parts, createLiveDialogs(dialogsOf, liveFacts), services, {
    timers,
  });
  const preview = (facts: Facts) => previewAnswers(facts, dialogsOf, parts);
  const inbox = await createInbox({ ...parts, ...services, webDir, preview });
  let isStopping = false;

  const figures = { parts, services, telegram, connections: () => server.connections() };
  const web = createWeb(parts, { webDir, channels, telegram, inbox, services, figures, isStopping: () => isStopping });
  const server: HttpServer = await openHttpServer({
    listener: web,
    onUpgrade: (request, socket, head) => upgrade(channels, request, socket, head),
    onClientError: answerClientError,
    port: config.port,
    ...(config.host !== undefined && { host: config.host }),
  });
  const metrics = await parts.meters.listen(figures).catch(async (error) => {
    await server.close();
    throw error;
  });
  const ownJobs = startOwnJobs(services, log);
  const upkeep = leases.hold('upkeep', createUpkeep(parts, services, inbox));

  return {
    port: server.port,
    announcement: announce(parts, server.port, await inbox.setupLink(baseUrlOf(config, server.port))),
    async stop() {
      isStopping = true;
      // Another process goes on with it meanwhile.
      const handingOver = upkeep.release();
      inbox.close();
      // A file in the middle of its way is handed in again by whoever sent it.
      services.attachments.close();
      await inOrder(log, [
        ['requests', () => Promise.all([...channels.map((channel) => channel.close()), server.close()])],
        ['turns', () => turns.drain()],
        ['upkeep', () => handingOver],
        ['jobs, presence', () => Promise.all([ownJobs.stop(), services.closePresence()])],
        ['other processes', () => realtime.close()],
        ['metrics', async () => metrics?.close()],
        ['database', () => opened.storage.close()],
      ]);
    },
  };
}

/** Less than the whole limit: what is left is lost with it. */
const LONG_MS = 5_000;

/** Ends one part after the other. Which of them takes long is logged: the operator sees what the process was killed over. */
async function inOrder(log: Logger, parts: readonly (readonly [string, () => Promise<unknown>])[]): Promise<void> {
  let waitingFor = '';
  const late = setTimeout(() => log.warn({ waitingFor }, 'Stopping takes long'), LONG_MS).unref();
  for (const [part, end] of parts) {
    waitingFor = part;
    await end();
  }
  clearTimeout(late);
}

function createDialogs({ config, clock, content }: Parts, facts: Facts): DialogRunner {
  return createRootDialog({
    ...content,
    facts,
    schedules: createSchedules(facts.permanences),
    clock,
    publicPaths: { privacy: PRIVACY_PATH, ...(config.publicUrl !== undefined && { home: HOME_PATH }) },
    retentionDays: config.retentionDays,
    reports: config.reports,
    operator: config.controller.name,
  });
}

interface WebParts {
  readonly webDir: URL;
  readonly channels: readonly Channel[];
  readonly telegram: TelegramChannel | undefined;
  readonly inbox: Inbox;
  readonly services: Services;
  readonly figures: MetricsSources;
  readonly isStopping: () => boolean;
}

function createWeb(
  parts: Parts,
  { webDir, channels, telegram, inbox, services, figures, isStopping }: WebParts,
): Express {
  const { config, log, opened, meters } = parts;
  const web = express().disable('x-powered-by').set('trust proxy', config.trustProxy);
  web.use(securityHeaders(), ...meters.requests, ...meters.router(figures));
  web.use(
    createHealthRouter({
      ping: () => opened.storage.ping(),
      isStopping,
      processes: services.peers.state,
      telegram: telegram?.state,
    }),
  );
  for (const { path, router } of [...channels.flatMap(({ mounts }) => mounts), ...inbox.mounts]) web.use(path, router);
  web.use(...createPages(parts, { webDir, liveFacts: services.liveFacts, telegram }));
  web.use(answerNotFound, createErrorHandler(log));
  return web;
}

function upgrade(channels: readonly Channel[], request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // Until a channel takes the socket over, an error on it must not end the process.
  socket.on('error', () => socket.destroy());
  if (!channels.some((channel) => channel.handleUpgrade?.(request, socket, head))) refuseUpgrade(socket, 'NotFound');
}

function baseUrlOf({ publicUrl }: Config, port: number): string {
  return publicUrl ?? `http://localhost:${port}`;
}

function announce({ config, opened }: Parts, port: number, setupLink: string | undefined): string {
  const lines = [
    `Permanence est prêt : ouvrez http://localhost:${port} dans un navigateur.`,
    `Données : ${opened.engine === 'sqlite' ? config.dataDir : 'MongoDB'}. Pour arrêter : Ctrl+C.`,
  ];
  if (setupLink === undefined) {
    lines.push(`Délégués : ${baseUrlOf(config, port)}/inbox`);
  } else {
    lines.push(
      'Pour créer le premier compte (coordinateur), ouvrez ce lien, valable une fois, pendant 24 heures :',
      setupLink,
    );
  }
  if (opened.wasKeyGenerated) {
    lines.push(
      `Une clé de chiffrement a été créée dans ${config.dataDir}/data.key.`,
      'Gardez-en une copie ailleurs : sans elle, les conversations sont illisibles.',
    );
  }
  return lines.join('\n');
}
