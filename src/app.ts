import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import { type Logger, pino } from 'pino';
import { createRootDialog } from '../dialogs/index.js';
import { createBotFrameworkChannel } from './channels/botframework/create-botframework-channel.js';
import type { Channel } from './channels/channel.js';
import { createDirectLineChannel } from './channels/directline/create-directline-channel.js';
import type { Config } from './config.js';
import { createCalendar } from './content/calendar.js';
import { type Content, loadContent } from './content/load-content.js';
import { startDailyPurge } from './daily-purge.js';
import type { Clock } from './domain/clock.js';
import { createConversations } from './domain/conversations.js';
import { createEmergencyAnswer } from './domain/emergency-answer.js';
import { createSchedules } from './domain/permanence-schedule.js';
import { createCalendarRouter } from './http/calendar-routes.js';
import { answerNotFound, createErrorHandler, faultOf } from './http/error-handler.js';
import { createHealthRouter } from './http/health-routes.js';
import { openHttpServer } from './http/http-server.js';
import { createPagesRouter, PRIVACY_PATH } from './http/pages.js';
import { answerClientError, refuseUpgrade } from './http/raw-problem.js';
import { securityHeaders } from './http/security-headers.js';
import { createNlu } from './nlu/create-nlu.js';
import { createTurnHandler, type DrainableTurnHandler } from './pipeline/create-turn-handler.js';
import { exceptButtons } from './pipeline/except-buttons.js';
import { createInProcessWakeUps } from './realtime/in-process.js';
import { createStorage, type OpenedStorage } from './storage/create-storage.js';
import { deriveKey } from './storage/data-key.js';

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
}

interface Parts {
  readonly config: Config;
  readonly environment: AppEnvironment;
  readonly clock: Clock;
  readonly log: Logger;
  readonly content: Content;
  readonly nlu: Awaited<ReturnType<typeof createNlu>>;
  readonly opened: OpenedStorage;
}

/** @throws what `operatorMessage` puts into words, or a fault of the program. */
export async function startApp(config: Config, environment: AppEnvironment): Promise<App> {
  const clock = environment.clock ?? (() => new Date());
  const log = pino({ level: config.logLevel, base: null });
  const content = loadContent(environment.corpusDir, config);
  const nlu = await createNlu(environment);
  const opened = await createStorage({ ...config, clock });
  try {
    return await serve({ config, environment, clock, log, content, nlu, opened });
  } catch (error) {
    await opened.storage.close();
    throw error;
  }
}

async function serve(parts: Parts): Promise<App> {
  const { config, clock, log, opened } = parts;
  const { turns, channels } = createServices(parts);
  let isStopping = false;

  const web = createWeb(parts, channels, () => isStopping);
  const server = await openHttpServer({
    listener: web,
    onUpgrade: (request, socket, head) => upgrade(channels, request, socket, head),
    onClientError: answerClientError,
    port: config.port,
    ...(config.host !== undefined && { host: config.host }),
  });
  const endPurge = startDailyPurge({
    stores: opened.storage,
    clock,
    retentionDays: config.retentionDays,
    log,
  });

  return {
    port: server.port,
    announcement: announce(parts, server.port),
    async stop() {
      isStopping = true;
      endPurge();
      await Promise.all([...channels.map((channel) => channel.close()), server.close()]);
      await turns.drain();
      await opened.storage.close();
    },
  };
}

function createServices(parts: Parts): { turns: DrainableTurnHandler; channels: readonly Channel[] } {
  const { config, clock, log, content, nlu, opened } = parts;
  const { answers, facts } = content;
  const store = opened.storage.conversations;
  const wakeUps = createInProcessWakeUps((error) => log.error(faultOf(error), 'A reader could not be woken'));
  const conversations = createConversations({ store, wakeUps, clock, welcome: () => answers.render('welcome') });
  const turns = createTurnHandler({
    store,
    wakeUps,
    clock,
    emergency: exceptButtons(nlu.emergency, answers),
    recognizer: nlu.recognizer,
    dialogs: createRootDialog({
      ...content,
      schedules: createSchedules(facts.permanences),
      clock,
      publicPaths: { privacy: PRIVACY_PATH },
      retentionDays: config.retentionDays,
      operator: config.controller.name,
    }),
    outlook: async () => ({ available: 0, hours: 'unknown', position: 1 }),
    words: {
      taken: () => [],
      givenBack: () => [],
      closed: () => [],
      transferred: () => [],
      lostHold: () => [],
      nobodyCame: () => [],
    },
    isLeaving: (text) => content.replies.commandOf(text) === 'menu',
    isReply: (text) => answers.meaningOf(text) !== undefined || content.replies.commandOf(text) !== undefined,
    statistics: { count: () => undefined },
    emergencyAnswer: createEmergencyAnswer({ answers, facts }),
    failureAnswer: () => answers.render('error.turn'),
    onFailure: (error) => log.error(faultOf(error), 'A turn failed; its message was kept'),
  });
  const shared = {
    conversations,
    turns,
    log,
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  };
  const directLine = createDirectLineChannel({
    ...shared,
    clock,
    signingKey: deriveKey(opened.key, 'directline tokens'),
    widgetOrigins: config.widgetOrigins,
    names: content.authors,
    ...(config.directLineSecret !== undefined && { secret: config.directLineSecret }),
  });
  return { turns, channels: [directLine, createBotFrameworkChannel({ ...shared, settings: config.botFramework })] };
}

function createWeb(
  { config, environment, clock, log, content, opened }: Parts,
  channels: readonly Channel[],
  isStopping: () => boolean,
): Express {
  const schedules = createSchedules(content.facts.permanences);
  const calendar = createCalendar({ ...content, schedules, dateWords: content.dates, texts: content.calendarTexts });
  const web = express().disable('x-powered-by').set('trust proxy', config.trustProxy);
  web.use(securityHeaders());
  web.use(createHealthRouter({ ping: () => opened.storage.ping(), isStopping }));
  for (const { path, router } of channels.flatMap((channel) => channel.mounts)) web.use(path, router);
  web.use(createCalendarRouter({ calendar, texts: content.calendarTexts, clock }));
  web.use(createPagesRouter({ webDir: environment.webDir, variables: content.pageVariables }));
  web.use(answerNotFound, createErrorHandler(log));
  return web;
}

function upgrade(channels: readonly Channel[], request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // Until a channel takes the socket over, an error on it must not end the process.
  socket.on('error', () => socket.destroy());
  if (!channels.some((channel) => channel.handleUpgrade?.(request, socket, head))) refuseUpgrade(socket, 'NotFound');
}

function announce({ config, opened }: Parts, port: number): string {
  const lines = [
    `Permanence est prêt : ouvrez http://localhost:${port} dans un navigateur.`,
    `Données : ${opened.engine === 'sqlite' ? config.dataDir : 'MongoDB'}. Pour arrêter : Ctrl+C.`,
  ];
  if (opened.wasKeyGenerated) {
    lines.push(
      `Une clé de chiffrement a été créée dans ${config.dataDir}/data.key.`,
      'Gardez-en une copie ailleurs : sans elle, les conversations sont illisibles.',
    );
  }
  return lines.join('\n');
}
