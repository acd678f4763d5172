import { randomUUID } from 'node:crypto';
import { createReportHand, type ReportDetail, type ReportHand } from '../../src/demo/report-hand.js';
import type { Account } from '../../src/domain/account.js';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { createReports, type Reports } from '../../src/domain/reports.js';
import { createReportRevocation } from '../../src/inbox/report-revocation.js';
import { createReportHandlers } from '../../src/inbox/report-routes.js';
import { type OpeningPair, reportSealing } from '../../src/sealing/index.js';
import { buildCredentials, CLIENT, type InboxServer, passwordOf, startInboxServer } from './inbox-accounts.js';
import { createInboxBrowser, type InboxAnswer, type InboxBrowser } from './inbox-browser.js';
import { makePair } from './report-sealing-builders.js';

export const REPORT_SETTINGS = { draftHours: 24, unreadHours: 24, retentionDays: 90 };

/** What a resident tells; no word of it may be found where it does not belong. */
export const STORY: readonly ReportAnswer[] = [
  { step: 'category', category: 'traffic' },
  { step: 'where', text: 'Rue de Picardie' },
  { step: 'when', isSkipped: true },
  { step: 'what', text: 'Des rodéos tous les soirs, signé Zorglub' },
  { step: 'more', isSkipped: true },
  { step: 'contact', contact: { kind: 'anonymous' } },
];

/** A delegate with real keys, logged in over HTTP. */
export interface ReportDelegate extends ReportHand {
  readonly account: Account;
  readonly own: OpeningPair;
  readonly browser: InboxBrowser;
  /** Opens a report. @throws Error when it is refused. */
  load(id: string): Promise<ReportDetail>;
  append(id: string, body: object): Promise<InboxAnswer>;
}

export interface SentReport {
  readonly id: string;
  readonly receipt: string;
}

export type ReportInbox = Awaited<ReturnType<typeof startReportInbox>>;

/** The delegates' API with real reports, real keys and a clock that the test turns. */
export async function startReportInbox() {
  let reports: Reports | undefined;
  const server = await startInboxServer({
    handlers({ storage, audit, clock }) {
      const { now } = clock;
      const { accounts } = storage;
      reports = createReports({
        store: storage.reports,
        accounts,
        sealing: reportSealing,
        clock: now,
        settings: REPORT_SETTINGS,
      });
      return createReportHandlers({ desk: reports.desk, accounts, audit, clock: now });
    },
  });
  if (!reports) throw new Error('No reports');
  const { intake, followUp, desk } = reports;
  const revocation = createReportRevocation({ desk, audit: server.audit });

  return {
    ...server,
    reports,
    revocation,
    followUp,
    /** Each a second after the one before: the team is listed in the order of its accounts. */
    async enrol(login: string) {
      server.clock.advance(1);
      return enrolWithKeys(server, login);
    },
    async send(answers: readonly ReportAnswer[] = STORY): Promise<SentReport> {
      const conversationId = randomUUID();
      const { id } = await intake.open(conversationId);
      for (const answer of answers) await intake.answer(conversationId, [answer], randomUUID());
      const { receiptRef } = await intake.submit(id);
      const receipt = await intake.readReceipt(receiptRef);
      if (receipt === undefined) throw new Error('No receipt');
      return { id, receipt };
    },
    async actions(): Promise<readonly string[]> {
      return (await server.audit.page(undefined, 200))
        .map(({ action }) => action)
        .filter((name) => name.startsWith('report.'));
    },
  };
}

/** The first is a coordinator. */
async function enrolWithKeys(server: InboxServer, login: string): Promise<ReportDelegate> {
  const { accounts, sessions } = server;
  const own = await makePair();
  const setup = await accounts.ensureSetupInvitation();
  const { token } = setup ?? (await accounts.invite({ displayName: login, role: 'delegate' }, undefined));
  const credentials = { ...buildCredentials(passwordOf(login), login), publicKey: own.publicKey };
  const { account, session } = await accounts.accept(
    { token, login, displayName: `${login} Nom`, credentials },
    CLIENT,
  );
  await sessions.end(session.id);
  const browser = createInboxBrowser(server.url);
  await browser.logIn(login);
  return {
    ...createReportHand(account.id, own),
    account,
    own,
    browser,
    async load(id) {
      const { status, code, body } = await browser.call('GET', `/reports/${id}`);
      if (status !== 200) throw new Error(`Refused: ${status} ${code}`);
      return body as unknown as ReportDetail;
    },
    append: (id, body) => browser.call('POST', `/reports/${id}/events`, { body }),
  };
}
