import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import { pino } from 'pino';
import { createRootDialog } from '../dialogs/index.js';
import type { Channel } from './channels/channel.js';
import type { TelegramChannel } from './channels/telegram/create-telegram-channel.js';
import type { Timers } from './channels/timers.js';
import { createLiveDialogs, previewAnswers } from './compose-answers.js';
import { createChannels } from './compose-channels.js';
import { createInbox, type Inbox } from './compose-inbox.js';
import { createPages } from './compose-pages.js';
import { createServices, type Parts, type Services } from './compose-services.js';
import type { Config } from './config.js';
import { loadContent } from './content/load-content.js';
import { startDailyPurge } from './daily-purge.js';
import { startDeskSweeper } from './desk-sweeper.js';
import type { Clock } from './domain/clock.js';
import type { Facts } from './domain/facts.js';
import { createSchedules } from './domain/permanence-schedule.js';
import { answerNotFound, createErrorHandler } from './http/error-handler.js';
import { createHealthRouter } from './http/health-routes.js';
import { openHttpServer } from './http/http-server.js';
import { HOME_PATH, PRIVACY_PATH } from './http/pages.js';
import { answerClientError, refuseUpgrade } from './http/raw-problem.js';
import { securityHeaders } from './http/security-headers.js';
import { type Job, startJobs } from './jobs.js';
import { createNlu } from './nlu/create-nlu.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';
import { createStorage } from './storage/create-storage.js';

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

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

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
  });
  try {
    return await serve({ config, clock, log, content, nlu, opened }, environment);
  } catch (error) {
    await opened.storage.close();
    throw error;
  }
}

async function serve(parts: Parts, { webDir, fileProcess, timers }: AppEnvironment): Promise<App> {
  const { config, clock, log, opened } = parts;
  const services = await createServices(parts, fileProcess);
  const { liveFacts } = services;
  const dialogsOf = (facts: Facts) => createDialogs(parts, facts);
  const { turns, channels, telegram } = createChannels(parts, createLiveDialogs(dialogsOf, liveFacts), services, {
    timers,
  });
  const preview = (facts: Facts) => previewAnswers(facts, dialogsOf, parts);
  const inbox = await createInbox({ ...parts, ...services, webDir, preview });
  let isStopping = false;

  const web = createWeb(parts, { webDir, channels, telegram, inbox, services, isStopping: () => isStopping });
  const server = await openHttpServer({
    listener: web,
    onUpgrade: (request, socket, head) => upgrade(channels, request, socket, head),
    onClientError: answerClientError,
    port: config.port,
    ...(config.host !== undefined && { host: config.host }),
  });
  const endPurge = startDailyPurge({
    stores: opened.storage,
    reports: services.reports.upkeep,
    clock,
    retentionDays: config.retentionDays,
    log,
  });
  const jobs = startJobs(createJobs(inbox, services), log);
  const sweeper = startSweeper(parts, services);

  return {
    port: server.port,
    announcement: announce(parts, server.port, await inbox.setupLink(baseUrlOf(config, server.port))),
    async stop() {
      isStopping = true;
      endPurge();
      inbox.close();
      // A file in the middle of its way is handed in again by whoever sent it.
      services.attachments.close();
      await Promise.all([...channels.map((channel) => channel.close()), server.close()]);
      await turns.drain();
      await Promise.all([sweeper.stop(), jobs.stop()]);
      await opened.storage.close();
    },
  };
}

function createJobs(inbox: Inbox, { statistics, liveFacts, reports }: Services): readonly Job[] {
  return [
    { name: 'alarm', everyMs: 5 * SECOND_MS, run: () => inbox.bell.ring() },
    { name: 'report alarm', everyMs: 5 * SECOND_MS, run: () => inbox.reportBell.ring() },
    { name: 'statistics', everyMs: 15 * SECOND_MS, run: () => statistics.flush(), isRunOnStop: true },
    // Another process may have saved others.
    { name: 'facts', everyMs: 15 * SECOND_MS, run: () => liveFacts.refresh() },
    ...createReportJobs(inbox, reports),
  ];
}

function createReportJobs({ reportRevocation }: Inbox, { upkeep }: Services['reports']): readonly Job[] {
  return [
    // Another process may have let somebody go, or something was being sealed for the team while it changed.
    { name: 'report revocation', everyMs: MINUTE_MS, run: () => reportRevocation.check() },
    { name: 'report drafts', everyMs: MINUTE_MS, run: () => upkeep.sweepDrafts() },
    { name: 'report receipts', everyMs: MINUTE_MS, run: () => upkeep.sweepReceipts() },
    { name: 'report keys', everyMs: MINUTE_MS, run: async () => upkeep.forgetKeys() },
  ];
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

function startSweeper(
  { config, clock, log, opened }: Parts,
  { desk, presence, wakeUps, outlook, audit }: Services,
): ReturnType<typeof startDeskSweeper> {
  const now = () => outlook({ id: '' });
  return startDeskSweeper({
    store: opened.storage.conversations,
    desk,
    presence,
    wakeUps,
    clock,
    log,
    isAnyoneThere: async () => (await now()).available > 0,
    usualWaitMinutes: async () => (await now()).usualWaitMinutes,
    onHoldLost: (subject, holder) => audit.record({ action: 'conversation.lost', actor: holder, subject }),
    settings: { ...config.handoff, everyMs: 5 * SECOND_MS },
  });
}

interface WebParts {
  readonly webDir: URL;
  readonly channels: readonly Channel[];
  readonly telegram: TelegramChannel | undefined;
  readonly inbox: Inbox;
  readonly services: Services;
  readonly isStopping: () => boolean;
}

function createWeb(parts: Parts, { webDir, channels, telegram, inbox, services, isStopping }: WebParts): Express {
  const { config, log, opened } = parts;
  const web = express().disable('x-powered-by').set('trust proxy', config.trustProxy);
  web.use(securityHeaders());
  web.use(createHealthRouter({ ping: () => opened.storage.ping(), isStopping, telegram: telegram?.state }));
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
