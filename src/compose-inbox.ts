import type { Router } from 'express';
import type { Logger } from 'pino';
import type { AlarmBell } from './alarms/alarm-bell.js';
import type { ReportBell } from './alarms/report-bell.js';
import { deliveryFailureWords } from './channels/delivery-failures.js';
import type { ResidentPresence } from './channels/resident-presence.js';
import { createAlarm } from './compose-alarm.js';
import type { Meters } from './compose-metrics.js';
import type { Config } from './config.js';
import type { Content } from './content/load-content.js';
import { ACCOUNTS_KEY_PURPOSE, type Accounts, createAccounts } from './domain/accounts.js';
import type { Attachments } from './domain/attachments.js';
import type { AuditLog } from './domain/audit-log.js';
import { momentInWords } from './domain/callback-words.js';
import type { Clock } from './domain/clock.js';
import type { Desk, Presence } from './domain/desk.js';
import { availableActions } from './domain/desk-actions.js';
import type { Facts } from './domain/facts.js';
import type { LiveFacts } from './domain/live-facts.js';
import type { OpeningHoursBook } from './domain/opening-hours-book.js';
import type { PageCalls } from './domain/page-calls.js';
import type { Peers } from './domain/peers.js';
import type { ReportDesk } from './domain/report-desk.js';
import { createSessions, type Sessions } from './domain/sessions.js';
import type { SharedChanges } from './domain/shared-changes.js';
import type { BufferedRecorder } from './domain/statistics-recorder.js';
import type { WakeUps } from './domain/wake-ups.js';
import { faultOf } from './http/error-handler.js';
import type { Limiters } from './http/limiters.js';
import { createOrigins } from './http/origins.js';
import { createAccountHandlers } from './inbox/account-routes.js';
import { createAuditHandlers } from './inbox/audit-routes.js';
import { createConversationHandlers } from './inbox/conversation-routes.js';
import { createEventHandlers } from './inbox/event-routes.js';
import { createDescribeChanges } from './inbox/facts-changes.js';
import { createFactsHandlers } from './inbox/facts-routes.js';
import { ATTEMPT_LIMITS, createAttempts } from './inbox/limits.js';
import { linkOf } from './inbox/links.js';
import { createLiveHub, type LiveHub } from './inbox/live-hub.js';
import { createOpenApiRouter } from './inbox/openapi.js';
import { createOpeningHoursHandlers } from './inbox/opening-hours-routes.js';
import { createInboxPageRouter, INBOX_PATH } from './inbox/page-router.js';
import { createDeskView } from './inbox/present-desk-view.js';
import { createReportRevocation, type ReportRevocation } from './inbox/report-revocation.js';
import { createReportHandlers } from './inbox/report-routes.js';
import { createInboxRouter, INBOX_API_PATH } from './inbox/router.js';
import { createSessionHandlers } from './inbox/session-routes.js';
import { createTotp } from './inbox/totp.js';
import { createWeeklyHandlers } from './inbox/weekly-routes.js';
import { INTENTS } from './nlu/intent-recognizer.js';
import { reportSealing } from './sealing/index.js';
import type { OpenedStorage } from './storage/create-storage.js';
import { deriveKey } from './storage/data-key.js';

export interface InboxDependencies {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly content: Content;
  readonly opened: OpenedStorage;
  readonly meters: Meters;
  readonly webDir: URL;
  readonly wakeUps: WakeUps;
  readonly limiters: Limiters;
  readonly presence: Presence;
  readonly pageCalls: PageCalls;
  readonly peers: Peers;
  readonly changes: SharedChanges;
  readonly desk: Desk;
  readonly audit: AuditLog;
  readonly residents: ResidentPresence;
  readonly statistics: BufferedRecorder;
  readonly liveFacts: LiveFacts;
  readonly openingHours: OpeningHoursBook;
  readonly reports: { readonly desk: ReportDesk };
  readonly attachments: Pick<Attachments, 'load'>;
  /** What the assistant would answer with other facts. */
  readonly preview: (
    facts: Facts,
  ) => Promise<readonly { readonly question: string; readonly bubbles: readonly string[] }[]>;
}

export interface Inbox {
  readonly mounts: readonly { readonly path: string; readonly router: Router }[];
  readonly bell: AlarmBell;
  readonly reportBell: ReportBell;
  /** Takes reports away from those who have left, also when it was another process that let them go. */
  readonly reportRevocation: ReportRevocation;
  /** The link for the first coordinator; nothing as soon as there is an account. */
  setupLink(baseUrl: string): Promise<string | undefined>;
  /** Ends the event streams and the mail server's connections. */
  close(): void;
}

const INVITATION_HOURS = 72;

/** The delegates' side: accounts, the API, the page, the alarm. */
export async function createInbox(deps: InboxDependencies): Promise<Inbox> {
  const { config, clock, log, opened, presence, audit } = deps;
  const sessions = createSessions({
    store: opened.storage.sessions,
    accounts: opened.storage.accounts,
    clock,
    idleLockMinutes: config.accounts.idleLockMinutes,
    peers: deps.peers,
  });
  const accounts = createAccounts(
    {
      accounts: opened.storage.accounts,
      invitations: opened.storage.invitations,
      sessions,
      push: opened.storage.push,
      audit,
      attempts: createAttempts(ATTEMPT_LIMITS, deps.limiters),
      totp: createTotp({ issuer: 'Permanence' }),
      sealing: reportSealing,
      clock,
      secretKey: deriveKey(opened.key, ACCOUNTS_KEY_PURPOSE),
      settings: { requireSecondFactor: config.accounts.requireSecondFactor, invitationHours: INVITATION_HOURS },
    },
    deps.changes,
  );
  const alarm = await createAlarm(deps);
  const live = createLive(deps, sessions, audit);
  const reportRevocation = createReportRevocation({ desk: deps.reports.desk, audit });
  const endListening = deps.pageCalls.listen((sessionId) => live.hub.heard(sessionId));
  const endWatching = accounts.subscribe((by) => {
    live.hub.teamChanged();
    // The other process sees to it itself; should it end before it has, the next round of upkeep does.
    if (by === 'self')
      reportRevocation.check().catch((error) => log.error(faultOf(error), 'Former readers of reports are still to go'));
  });
  const settings = {
    ...config.accounts,
    isDemo: config.isDemo,
    ...(config.controller.name !== undefined && { operator: config.controller.name }),
  };

  const api = createInboxRouter({
    handlers: {
      ...createSessionHandlers({ accounts, sessions, settings }),
      ...createAccountHandlers({ accounts, presence }),
      ...createAuditHandlers({ audit, accounts: opened.storage.accounts }),
      ...live.handlers,
      ...alarm.handlers,
      ...createSettingsHandlers(deps, audit),
      ...createReportHandlers({ desk: deps.reports.desk, accounts: opened.storage.accounts, audit, clock }),
    },
    sessions,
    origins: createOrigins({
      ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
      trustProxy: config.trustProxy,
      allowed: [],
    }),
    settings,
    log,
    limiters: deps.limiters,
    onCall: (sessionId) => deps.pageCalls.heard(sessionId),
  });
  return {
    mounts: [
      { path: INBOX_API_PATH, router: api },
      { path: '/', router: createOpenApiRouter() },
      { path: INBOX_PATH, router: createInboxPageRouter(deps) },
    ],
    bell: alarm.bell,
    reportBell: alarm.reportBell,
    reportRevocation,
    setupLink: (baseUrl) => setupLink(accounts, baseUrl),
    close() {
      endWatching();
      endListening();
      live.hub.close();
      alarm.reportBell.close();
      alarm.mailer?.close();
    },
  };
}

async function setupLink(accounts: Accounts, baseUrl: string): Promise<string | undefined> {
  const made = await accounts.ensureSetupInvitation();
  return made && linkOf(baseUrl, made.token);
}

function createLive(deps: InboxDependencies, sessions: Sessions, audit: AuditLog) {
  const { config, clock, log, content, opened, wakeUps, presence, desk, residents } = deps;
  const { conversations: store, notes, bookmarks, accounts, deliveries } = opened.storage;
  const view = createDeskView({
    store,
    notes,
    deliveries,
    accounts,
    presence,
    residents,
    audit,
    clock,
    availableActions,
    deliveryFailureWords,
    isButton: (text) => content.answers.meaningOf(text) !== undefined,
    describeMoment: (moment) => momentInWords(moment, clock(), content),
  });
  const hub: LiveHub = createLiveHub({
    store,
    view,
    bookmarks,
    presence,
    wakeUps,
    clock,
    log,
    sessions,
    residents,
    reports: deps.reports.desk,
  });
  const handlers = {
    ...createConversationHandlers({
      desk,
      view,
      store,
      notes,
      bookmarks,
      attachments: deps.attachments,
      accounts,
      wakeUps,
      audit,
      clock,
      cannedReplies: () => content.desk.cannedRepliesFor(deps.liveFacts.current()),
    }),
    ...createEventHandlers({ hub, settings: config.accounts }),
  };
  return { hub, handlers };
}

/** Days of the past may have counted what is no intent any more. */
function isIntent(name: string): boolean {
  return INTENTS.some((intent) => intent === name);
}

function createSettingsHandlers(deps: InboxDependencies, audit: AuditLog) {
  const { clock, content, opened, liveFacts, openingHours, statistics, preview } = deps;
  return {
    ...createOpeningHoursHandlers({
      book: openingHours,
      audit,
      clock,
      describeOpening: ({ date, from, to }, now) => content.dates.when({ date, slot: { hours: { from, to } } }, now),
    }),
    ...createFactsHandlers({
      facts: liveFacts,
      accounts: opened.storage.accounts,
      audit,
      preview,
      describeChanges: createDescribeChanges({ dates: content.dates, places: liveFacts.base.places }),
    }),
    ...createWeeklyHandlers({
      store: opened.storage.statistics,
      flush: () => statistics.flush(),
      audit,
      clock,
      titleOf: (intent) => (isIntent(intent) ? content.answers.titleOf(intent) : intent),
    }),
  };
}
