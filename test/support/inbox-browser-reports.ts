import { randomUUID } from 'node:crypto';
import { createReportHand, type ReportHand } from '../../src/demo/report-hand.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Report } from '../../src/domain/report.js';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { createReports, type Reports } from '../../src/domain/reports.js';
import { Refusal } from '../../src/http/refusal.js';
import type { Handlers } from '../../src/inbox/handler.js';
import { createReportHandlers, type ReportOperationName } from '../../src/inbox/report-routes.js';
import { type OpeningPair, reportSealing } from '../../src/sealing/index.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { type FakeCall, type FakeHandlers, FakeRefusal } from './inbox-browser-fake-api.js';
import { makePair } from './report-sealing-builders.js';
import { buildAccount } from './storage-builders.js';
import { openMemoryStorage } from './storage-in-memory.js';

const HOUR_MS = 3_600_000;

/** Real reports, really sealed, behind the browser's API: a resident's answers in, a delegate's page out. */
export interface ReportWorld {
  readonly reports: Reports;
  readonly handlers: FakeHandlers;
  /** What was noted in the log: « report.opened ». */
  readonly noted: string[];
  /** Refuses or loses calls: each is asked first. */
  readonly faults: { before?: (name: ReportOperationName) => void; after?: (name: ReportOperationName) => void };
  enrol(member: { readonly id: string; readonly displayName: string; readonly publicKey: string }): Promise<void>;
  disable(id: string): Promise<void>;
  /** The delegate whose page the scene shows: the first that was enrolled. */
  owner(): string;
  /** As after the owner was given new keys: a report is sealed to everybody else. */
  lockOut(reportId: string): Promise<void>;
  /** A colleague with keys of their own, who works without a page. */
  colleague(displayName: string): Promise<Colleague>;
  /** A report as the page of this delegate is given it. */
  detail(id: string, readerId: string): Promise<Parameters<ReportHand['read']>[0]>;
  /** Somebody sends a report, `hoursAgo`. Returns its id and receipt. */
  send(answers: readonly ReportAnswer[], hoursAgo?: number): Promise<{ readonly id: string; readonly receipt: string }>;
  /** Its author comes back and adds something. */
  add(receipt: string, text: string): Promise<void>;
  /** Whoever writes to the storage changes it. */
  tamper(id: string, change: (report: Report) => Report): Promise<void>;
  close(): Promise<void>;
}

export interface Colleague {
  readonly id: string;
  readonly own: OpeningPair;
  readonly hand: ReportHand;
  write(reportId: string, words: Parameters<ReportHand['seal']>[1]): Promise<void>;
}

export const REPORT_SETTINGS = { draftHours: 24 * 365, unreadHours: 24, retentionDays: 90 };

export async function makeReportWorld(): Promise<ReportWorld> {
  const storage = await openMemoryStorage();
  const clock = { back: 0 };
  const now = () => new Date(Date.now() - clock.back);
  const reports = createReports({
    store: storage.reports,
    accounts: storage.accounts,
    sealing: reportSealing,
    clock: now,
    settings: REPORT_SETTINGS,
  });
  const noted: string[] = [];
  const audit = { record: async ({ action }: { readonly action: string }) => void noted.push(action) };
  const real = createReportHandlers({ desk: reports.desk, accounts: storage.accounts, audit, clock: now });
  const faults: ReportWorld['faults'] = {};
  const members: string[] = [];
  const owner = (): string => members[0] ?? '';

  const enrol: ReportWorld['enrol'] = async ({ id, displayName, publicKey }) => {
    members.push(id);
    const { credentials, ...account } = buildAccount({ id, displayName });
    await storage.accounts.create({ ...account, credentials: { ...credentials, publicKey } });
  };

  const detail: ReportWorld['detail'] = async (id, readerId) => {
    const caller = await callerOf(storage, readerId);
    return wireOf(await real.openReport(callWith({ caller, params: { id } })));
  };

  const tamper: ReportWorld['tamper'] = async (id, change) => {
    const report = await storage.reports.load(id);
    if (report) await storage.reports.replace(change(report));
  };

  async function disable(id: string): Promise<void> {
    const account = await storage.accounts.load(id);
    if (account) await storage.accounts.update({ ...account, isDisabled: true });
    await reports.desk.revokeFormerReaders();
  }

  return {
    reports,
    noted,
    faults,
    detail,
    handlers: overHttp(real, storage, faults),
    enrol,
    disable,
    owner,
    lockOut: (reportId) =>
      tamper(reportId, (report) => ({
        ...report,
        keys: report.keys.map((key) => ({
          ...key,
          sealedTo: key.sealedTo.filter(({ delegateId }) => delegateId !== owner()),
        })),
      })),
    async colleague(displayName) {
      const own = await makePair();
      const id = randomUUID();
      await enrol({ id, displayName, publicKey: own.publicKey });
      const hand = createReportHand(id, own);
      return {
        id,
        own,
        hand,
        async write(reportId, words) {
          const caller = await callerOf(storage, id);
          const params = { id: reportId };
          const body = await hand.seal(await detail(reportId, id), words);
          await real.appendToReport(callWith({ caller, params, body }));
        },
      };
    },
    async send(answers, hoursAgo = 0) {
      clock.back = hoursAgo * HOUR_MS;
      const conversation = randomUUID();
      const { id } = await reports.intake.open(conversation);
      for (const answer of answers) await reports.intake.answer(conversation, [answer], randomUUID());
      const { receiptRef } = await reports.intake.submit(id);
      const receipt = (await reports.intake.readReceipt(receiptRef)) ?? '';
      clock.back = 0;
      return { id, receipt };
    },
    async add(receipt, text) {
      const found = await reports.followUp.find(receipt, randomUUID());
      if (typeof found === 'string') throw new Error(found);
      await reports.followUp.add(found.ticket, text, randomUUID());
    },
    tamper,
    close: () => storage.close(),
  };
}

/** The server's own handlers as the fake API takes them: its sessions, their refusals. */
function overHttp(real: Handlers<ReportOperationName>, storage: Storage, faults: ReportWorld['faults']): FakeHandlers {
  const names = Object.keys(real) as ReportOperationName[];
  const adapted = names.map((name) => [
    name,
    async (call: FakeCall) => {
      faults.before?.(name);
      const caller = await callerOf(storage, call.session.account.id);
      const handler = real[name] as (call: never) => Promise<unknown>;
      const result = await handler(callWith({ ...call, caller })).catch(asRefusal);
      faults.after?.(name);
      return result;
    },
  ]);
  return Object.fromEntries(adapted);
}

async function callerOf(storage: Storage, id: string) {
  const account = await storage.accounts.load(id);
  if (!account) throw new FakeRefusal('NotLoggedIn');
  return { account, actor: { delegateId: id } };
}

/** A handler of reports looks at these parts of a call only. */
function callWith(call: object): never {
  return { params: {}, query: {}, address: '127.0.0.1', ...call } as never;
}

/** Server's result and page's input are one wire. */
function wireOf(detail: unknown): Parameters<ReportHand['seal']>[0] {
  return detail as Parameters<ReportHand['seal']>[0];
}

function asRefusal(error: unknown): never {
  if (error instanceof Refusal) throw new FakeRefusal(error.code);
  if (error instanceof DomainError && error.code === 'report-changed') throw new FakeRefusal('ReportChanged');
  if (error instanceof DomainError && error.code === 'report-gone') throw new FakeRefusal('ReportNotFound');
  throw error;
}
