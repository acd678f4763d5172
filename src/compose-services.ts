import type { Logger } from 'pino';
import { type AttachmentUpkeep, createAttachments } from './attachments/create-attachments.js';
import { createRewriteApart } from './attachments/rewrite-apart.js';
import { createResidentPresence, type ResidentPresenceRecorder } from './channels/resident-presence.js';
import type { Config } from './config.js';
import type { Content } from './content/load-content.js';
import type { Attachments } from './domain/attachments.js';
import { type AuditLog, createAuditLog } from './domain/audit-log.js';
import type { Clock } from './domain/clock.js';
import type { Desk, Presence } from './domain/desk.js';
import { createDesk, type DeskUpkeep } from './domain/desk-service.js';
import { createHandoffOutlook, type ReadHandoffOutlook } from './domain/handoff-outlook.js';
import { type LiveFacts, openLiveFacts } from './domain/live-facts.js';
import { createOpeningHoursBook, type OpeningHoursBook } from './domain/opening-hours-book.js';
import { createTellAuthor } from './domain/report-notice.js';
import { createReports, type Reports } from './domain/reports.js';
import { type BufferedRecorder, createStatisticsRecorder } from './domain/statistics-recorder.js';
import type { WakeUps } from './domain/wake-ups.js';
import { faultOf } from './http/error-handler.js';
import type { createNlu } from './nlu/create-nlu.js';
import { createInProcessWakeUps } from './realtime/in-process.js';
import { createInProcessPresence } from './realtime/in-process-presence.js';
import { reportSealing } from './sealing/index.js';
import type { OpenedStorage } from './storage/create-storage.js';

/** What the server is made from. */
export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly content: Content;
  readonly nlu: Awaited<ReturnType<typeof createNlu>>;
  readonly opened: OpenedStorage;
}

/** What residents and delegates both go through. */
export interface Services {
  readonly wakeUps: WakeUps;
  readonly presence: Presence;
  readonly residents: ResidentPresenceRecorder;
  readonly audit: AuditLog;
  readonly desk: Desk & DeskUpkeep;
  readonly outlook: ReadHandoffOutlook;
  readonly statistics: BufferedRecorder;
  readonly liveFacts: LiveFacts;
  readonly openingHours: OpeningHoursBook;
  readonly reports: Reports;
  readonly attachments: Attachments & AttachmentUpkeep;
}

export async function createServices(
  { config, clock, log, content, opened }: Parts,
  fileProcess?: URL,
): Promise<Services> {
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
    audit: createAuditLog({ store: storage.audit, clock }),
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
    reports: createReports({
      store: storage.reports,
      accounts: storage.accounts,
      sealing: reportSealing,
      clock,
      settings: config.reports,
      tellAuthor: createTellAuthor({ store: storage.conversations, wakeUps, clock, words: content.concealed }),
      onTellingFailed: (error) => log.warn(faultOf(error), 'The author of a report could not be told of an answer'),
    }),
    attachments: createAttachments({
      store: storage.attachments,
      apart: createRewriteApart(fileProcess && { entry: fileProcess }),
      clock,
    }),
    liveFacts: await openLiveFacts({ base: content.facts, store: storage.facts, clock }),
  };
}
