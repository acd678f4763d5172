import { randomUUID } from 'node:crypto';
import type { Report } from '../../src/domain/report.js';
import { createReports } from '../../src/domain/reports.js';
import { reportSealing } from '../../src/sealing/index.js';
import { createStorage } from '../../src/storage/create-storage.js';
import { REPORT_SETTINGS } from './report-world.js';

/** Reports written into the storage of a server that runs, as another process of it would take them in. */
export interface ReportDrop {
  /** Sends one, sealed to the team of now; returns its id. */
  send(text: string): Promise<string>;
  load(id: string): Promise<Report>;
  /** The public key of an account, as it is now. */
  publicKeyOf(login: string): Promise<string>;
  close(): Promise<void>;
}

/** @param dataDir of the server, which has made its key there. */
export async function openReportDrop(dataDir: string): Promise<ReportDrop> {
  const { storage } = await createStorage({ dataDir });
  const { intake } = createReports({
    store: storage.reports,
    accounts: storage.accounts,
    sealing: reportSealing,
    clock: () => new Date(),
    settings: REPORT_SETTINGS,
  });
  return {
    async send(text) {
      const conversationId = randomUUID();
      const { id } = await intake.open(conversationId);
      await intake.answer(conversationId, [{ step: 'category', category: 'traffic' }], randomUUID());
      await intake.answer(conversationId, [{ step: 'what', text }], randomUUID());
      await intake.submit(id);
      return id;
    },
    async load(id) {
      const report = await storage.reports.load(id);
      if (!report) throw new Error('No such report');
      return report;
    },
    async publicKeyOf(login) {
      const account = await storage.accounts.findByLogin(login);
      if (!account) throw new Error('No such account');
      return account.credentials.publicKey;
    },
    close: () => storage.close(),
  };
}

/** Who could open some key of the report, by public key. */
export function holdersOf({ keys }: Report): readonly string[] {
  return [...new Set(keys.flatMap(({ sealedTo }) => sealedTo.map(({ publicKey }) => publicKey)))];
}
