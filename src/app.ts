import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type Express } from 'express';
import { type Logger, pino } from 'pino';
import { createRootDialog } from '../dialogs/index.js';
import { createBotFrameworkChannel } from './channels/botframework/create-botframework-channel.js';
import type { Channel } from './channels/channel.js';
import { createDirectLineChannel } from './channels/directline/create-directline-channel.js';
import { createResidentPresence, type ResidentPresenceRecorder } from './channels/resident-presence.js';
import { createInbox, type Inbox, type InboxDependencies } from './compose-inbox.js';
import type { Config } from './config.js';
import { type Calendar, createCalendar } from './content/calendar.js';
import { type Content, loadContent } from './content/load-content.js';
import { startDailyPurge } from './daily-purge.js';
import { startDeskSweeper } from './desk-sweeper.js';
import type { Clock } from './domain/clock.js';
import { createConversations } from './domain/conversations.js';
import type { Desk, Presence } from './domain/desk.js';
import { createDesk, type DeskUpkeep } from './domain/desk-service.js';
import { createEmergencyAnswer } from './domain/emergency-answer.js';
import type { Facts } from './domain/facts.js';
import { createHandoffOutlook, type ReadHandoffOutlook } from './domain/handoff-outlook.js';
import { type LiveFacts, openLiveFacts } from './domain/live-facts.js';
import { createOpeningHoursBook, type OpeningHoursBook } from './domain/opening-hours-book.js';
import { createSchedules } from './domain/permanence-schedule.js';
import { type BufferedRecorder, createStatisticsRecorder } from './domain/statistics-recorder.js';
import type { WakeUps } from './domain/wake-ups.js';
import { createCalendarRouter } from './http/calendar-routes.js';
import { answerNotFound, createErrorHandler, faultOf } from './http/error-handler.js';
import { createHealthRouter } from './http/health-routes.js';
import { openHttpServer } from './http/http-server.js';
import { createPagesRouter, PRIVACY_PATH } from './http/pages.js';
import { answerClientError, refuseUpgrade } from './http/raw-problem.js';
import { securityHeaders } from './http/security-headers.js';
import { startJobs } from './jobs.js';
import { createNlu } from './nlu/create-nlu.js';
import type { Intent } from './nlu/intent-recognizer.js';
import { createTurnHandler, type DrainableTurnHandler } from './pipeline/create-turn-handler.js';
import { exceptButtons } from './pipeline/except-buttons.js';
import { previewAnswer } from './pipeline/preview-answer.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';
import { createInProcessWakeUps } from './realtime/in-process.js';
import { createInProcessPresence } from './realtime/in-process-presence.js';
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

/** What residents and delegates both go through. */
interface Services {
  readonly wakeUps: WakeUps;
  readonly presence: Presence;
  readonly residents: ResidentPresenceRecorder;
  readonly desk: Desk & DeskUpkeep;
  readonly outlook: ReadHandoffOutlook;
  readonly statistics: BufferedRecorder;
  readonly liveFacts: LiveFacts;
  readonly openingHours: OpeningHoursBook;
}

const SECOND_MS = 1000;

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
  const services = await createServices(parts);
  const { turns, channels } = createChannels(parts, services);
  const inbox = await createInbox({
    ...parts,
    ...services,
    webDir: parts.environment.webDir,
    preview: (facts) => preview(parts, facts),
  });
  let isStopping = false;

  const web = createWeb(parts, { channels, inbox, liveFacts: services.liveFacts, isStopping: () => isStopping });
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
  const jobs = startJobs(
    [
      { name: 'alarm', everyMs: 5 * SECOND_MS, run: () => inbox.bell.ring() },
      { name: 'statistics', everyMs: 15 * SECOND_MS, run: () => services.statistics.flush(), isRunOnStop: true },
      // Another process may have saved others.
      { name: 'facts', everyMs: 15 * SECOND_MS, run: () => services.liveFacts.refresh() },
    ],
    log,
  );
  const sweeper = startSweeper(parts, services);

  return {
    port: server.port,
    announcement: announce(parts, server.port, await inbox.setupLink(baseUrlOf(config, server.port))),
    async stop() {
      isStopping = true;
      endPurge();
      inbox.close();
      await Promise.all([...channels.map((channel) => channel.close()), server.close()]);
      await turns.drain();
      await Promise.all([sweeper.stop(), jobs.stop()]);
      await opened.storage.close();
    },
  };
}

async function createServices({ clock, log, content, opened }: Parts): Promise<Services> {
  const { storage } = opened;
  const onListenerError = (error: unknown): void => log.error(faultOf(error), 'A reader could not be woken');
  const wakeUps = createInProcessWakeUps(onListenerError);
  const presence = createInProcessPresence(clock, onListenerError);
  const statistics = createStatisticsRecorder({ store: storage.statistics, clock });
  const openingHours = createOpeningHoursBook(storage.settings);
  return {
    wakeUps,
    presence,
    statistics,
    openingHours,
    residents: createResidentPresence(clock, wakeUps),
    desk: createDesk({ store: storage.conversations, wakeUps, clock, words: content.desk.words, statistics }),
    outlook: createHandoffOutlook({
      store: storage.conversations,
      accounts: storage.accounts,
      presence,
      openingHours: async () => (await openingHours.read()).hours,
      statistics: storage.statistics,
      clock,
    }),
    liveFacts: await openLiveFacts({ base: content.facts, store: storage.facts, clock }),
  };
}

function createChannels(
  parts: Parts,
  { wakeUps, statistics, outlook, liveFacts, residents }: Services,
): { turns: DrainableTurnHandler; channels: readonly Channel[] } {
  const { config, clock, log, content, nlu, opened } = parts;
  const { answers, replies } = content;
  const { storage } = opened;
  const store = storage.conversations;
  const eraseBeside = (id: string) => storage.satellites.removeOf([id]);
  const conversations = createConversations({
    store,
    wakeUps,
    clock,
    welcome: () => answers.render('welcome'),
    statistics,
    eraseBeside,
  });
  const commandOf = (text: string) => {
    const meaning = answers.meaningOf(text);
    return meaning && 'command' in meaning ? meaning.command : replies.commandOf(text);
  };
  const turns = createTurnHandler({
    store,
    wakeUps,
    clock,
    statistics,
    outlook,
    words: content.desk.words,
    isLeaving: (text) => commandOf(text) === 'menu',
    isReply: (text) => answers.meaningOf(text) !== undefined || replies.commandOf(text) !== undefined,
    eraseBeside,
    emergency: exceptButtons(nlu.emergency, answers),
    recognizer: nlu.recognizer,
    dialogs: createLiveDialogs(parts, liveFacts),
    emergencyAnswer: createEmergencyAnswer({ answers, facts: content.facts }),
    failureAnswer: () => answers.render('error.turn'),
    onFailure: (error) => log.error(faultOf(error), 'A turn failed; its message was kept'),
  });
  const shared = {
    conversations,
    turns,
    log,
    clock,
    names: content.authors,
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  };
  const directLine = createDirectLineChannel({
    ...shared,
    residents,
    signingKey: deriveKey(opened.key, 'directline tokens'),
    widgetOrigins: config.widgetOrigins,
    ...(config.directLineSecret !== undefined && { secret: config.directLineSecret }),
  });
  const botFramework = createBotFrameworkChannel({
    ...shared,
    changes: wakeUps,
    deliveries: storage.deliveries,
    settings: config.botFramework,
  });
  return { turns, channels: [directLine, botFramework] };
}

/** The dialogs over the facts as they are at each turn. */
function createLiveDialogs(parts: Parts, liveFacts: LiveFacts): DialogRunner {
  let dialogs = createDialogs(parts, liveFacts.current());
  liveFacts.subscribe((facts) => {
    dialogs = createDialogs(parts, facts);
  });
  return { run: (context, state) => dialogs.run(context, state) };
}

function createDialogs({ config, clock, content }: Parts, facts: Facts): DialogRunner {
  return createRootDialog({
    ...content,
    facts,
    schedules: createSchedules(facts.permanences),
    clock,
    publicPaths: { privacy: PRIVACY_PATH },
    retentionDays: config.retentionDays,
    operator: config.controller.name,
  });
}

/** The questions whose answers depend on what coordinators edit. */
const PREVIEWED: readonly Intent[] = [
  'permanence.hours',
  'permanence.commissioners',
  'permanence.location',
  'contact.email',
  'station.new',
];

async function preview(parts: Parts, facts: Facts): ReturnType<InboxDependencies['preview']> {
  const { clock, content } = parts;
  const given = { dialogs: createDialogs(parts, facts), words: content.desk.words, now: clock() };
  return Promise.all(
    PREVIEWED.map(async (intent) => {
      const question = content.answers.titleOf(intent);
      const contents = await previewAnswer(question, given);
      return { question, bubbles: contents.flatMap((entry) => (entry.kind === 'text' ? [entry.text] : [])) };
    }),
  );
}

function startSweeper(
  { config, clock, log, opened }: Parts,
  { desk, presence, wakeUps, outlook }: Services,
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
    settings: { ...config.handoff, everyMs: 5 * SECOND_MS },
  });
}

interface WebParts {
  readonly channels: readonly Channel[];
  readonly inbox: Inbox;
  readonly liveFacts: LiveFacts;
  readonly isStopping: () => boolean;
}

function createWeb(parts: Parts, { channels, inbox, liveFacts, isStopping }: WebParts): Express {
  const { config, environment, clock, log, content, opened } = parts;
  const web = express().disable('x-powered-by').set('trust proxy', config.trustProxy);
  web.use(securityHeaders());
  web.use(createHealthRouter({ ping: () => opened.storage.ping(), isStopping }));
  for (const { path, router } of [...channels.flatMap(({ mounts }) => mounts), ...inbox.mounts]) web.use(path, router);
  web.use(
    createCalendarRouter({ calendar: createLiveCalendar(content, liveFacts), texts: content.calendarTexts, clock }),
  );
  web.use(createPagesRouter({ webDir: environment.webDir, variables: content.pageVariables }));
  web.use(answerNotFound, createErrorHandler(log));
  return web;
}

function createLiveCalendar(content: Content, liveFacts: LiveFacts): Calendar {
  const calendarOf = (facts: Facts): Calendar =>
    createCalendar({
      facts,
      schedules: createSchedules(facts.permanences),
      dateWords: content.dates,
      texts: content.calendarTexts,
    });
  let calendar = calendarOf(liveFacts.current());
  liveFacts.subscribe((facts) => {
    calendar = calendarOf(facts);
  });
  return {
    feed: (now) => calendar.feed(now),
    occurrence: (id, date, now) => calendar.occurrence(id, date, now),
  };
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
