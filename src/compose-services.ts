import type { Logger } from 'pino';
import { type AttachmentUpkeep, createAttachments } from './attachments/create-attachments.js';
import { createRewriteApart } from './attachments/rewrite-apart.js';
import { createResidentPresence, type ResidentPresenceRecorder } from './channels/resident-presence.js';
import type { Meters } from './compose-metrics.js';
import { openPresence } from './compose-presence.js';
import type { Realtime } from './compose-realtime.js';
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
import type { PageCalls } from './domain/page-calls.js';
import { createTellAuthor } from './domain/report-notice.js';
import { createReports, type Reports } from './domain/reports.js';
import { createSecretLines, type SecretLines } from './domain/secret-lines.js';
import { createSharedChanges, type SharedChanges } from './domain/shared-changes.js';
import { type BufferedRecorder, createStatisticsRecorder } from './domain/statistics-recorder.js';
import { faultOf } from './http/error-handler.js';
import { createSharedReceiptAttempts } from './http/receipt-limit.js';
import type { createNlu } from './nlu/create-nlu.js';
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
  readonly meters: Meters;
}

/** What residents and delegates both go through. */
export interface Services extends Realtime {
  readonly presence: Presence;
  readonly pageCalls: PageCalls;
  /** Tells other processes that none of its pages are here any more. After they are closed. */
  closePresence(): Promise<void>;
  /** Between processes: what is to be read again. */
  readonly changes: SharedChanges;
  readonly residents: ResidentPresenceRecorder;
  readonly audit: AuditLog;
  readonly desk: Desk & DeskUpkeep;
  readonly outlook: ReadHandoffOutlook;
  readonly statistics: BufferedRecorder;
  readonly liveFacts: LiveFacts;
  readonly openingHours: OpeningHoursBook;
  readonly reports: Reports;
  /** Between the memories of processes, for what is stored nowhere. */
  readonly secrets: SecretLines;
  readonly attachments: Attachments & AttachmentUpkeep;
}

export async function createServices(
  { config, clock, log, content, opened }: Parts,
  realtime: Realtime,
  fileProcess?: URL,
): Promise<Services> {
  const { storage } = opened;
  const { wakeUps } = realtime;
  const secrets = createSecretLines(realtime.peers, clock);
  const changes = createSharedChanges(realtime.peers);
  const shared = await openPresence({ clock, log, processes: storage.processes, peers: realtime.peers });
  const { presence, pageCalls } = shared;
  const statistics = createStatisticsRecorder({ store: storage.statistics, clock });
  const openingHours = createOpeningHoursBook(storage.settings);
  return {
    ...realtime,
    presence,
    pageCalls,
    closePresence: shared.close,
    changes,
    secrets,
    statistics,
    openingHours,
    audit: createAuditLog({ store: storage.audit, clock }),
    residents: createResidentPresence(clock, wakeUps, realtime.peers),
    desk: createDesk({ store: storage.conversations, wakeUps, clock, words: content.desk.words, statistics }),
    outlook: createHandoffOutlook({
      store: storage.conversations,
      accounts: storage.accounts,
      presence,
      openingHours: async () => (await openingHours.read()).hours,
      statistics: storage.statistics,
      clock,
    }),
    reports: createReports(
      {
        store: storage.reports,
        accounts: storage.accounts,
        sealing: reportSealing,
        clock,
        settings: config.reports,
        lines: secrets,
        ...(realtime.peers.state() !== 'sole' && { attempts: createSharedReceiptAttempts(realtime.limiters) }),
        tellAuthor: createTellAuthor({ store: storage.conversations, wakeUps, clock, words: content.concealed }),
        onTellingFailed: (error) => log.warn(faultOf(error), 'The author of a report could not be told of an answer'),
      },
      changes,
    ),
    attachments: createAttachments({
      store: storage.attachments,
      apart: createRewriteApart(fileProcess && { entry: fileProcess }),
      clock,
    }),
    liveFacts: await openLiveFacts({
      base: content.facts,
      store: storage.facts,
      clock,
      changes,
      onRefreshFailed: (error) => log.warn(faultOf(error), 'Facts saved by another process could not be read yet'),
    }),
  };
}
