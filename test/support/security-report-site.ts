import { randomUUID } from 'node:crypto';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { createReports, type Reports } from '../../src/domain/reports.js';
import { reportSealing } from '../../src/sealing/index.js';
import { createStorage } from '../../src/storage/create-storage.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { type ChatClient, openChat } from './chat-client.js';
import { receiptIn } from './security-report-day.js';
import { enrolWatched, inviteWatched, type WatchedDelegate } from './security-report-delegate.js';
import { openSite, type Site } from './security-site.js';

/** The whole server in this process, with two delegates who read reports, and its storage open beside it. */
export interface ReportSite extends Site {
  readonly anne: WatchedDelegate;
  readonly jean: WatchedDelegate;
  /** As whoever has the disk and the server's key opens it. */
  readonly storage: Storage;
  /** As another process over the same storage, at the same time, has them. */
  readonly reports: Reports;
}

export async function openReportSite(env: Readonly<Record<string, string>> = {}): Promise<ReportSite> {
  const site = await openSite(env);
  const anne = await enrolWatched(site, 'anne', site.setupToken);
  const jean = await enrolWatched(site, 'jean', await inviteWatched(anne, 'jean'));
  const { storage, reports } = await openReports(site);
  return {
    ...site,
    anne,
    jean,
    storage,
    reports,
    async close() {
      await storage.close();
      await site.close();
    },
  };
}

/** A site's storage, opened beside it, and its reports as another process has them. */
export async function openReports({ dataDir, now: clock }: Site): Promise<Pick<ReportSite, 'storage' | 'reports'>> {
  const { storage } = await createStorage({ dataDir, clock });
  const reports = createReports({
    store: storage.reports,
    accounts: storage.accounts,
    sealing: reportSealing,
    clock,
    settings: { draftHours: 24, unreadHours: 24, retentionDays: 90 },
    pause: async () => undefined,
  });
  return { storage, reports };
}

export const STORY = 'Des motos passent très vite devant les jeux, signé Zorglub';

/** Up to where all of it is read back. */
const WALK = [
  'Faire un signalement',
  'Commencer',
  'Rodéos, circulation',
  'Rue de Picardie',
  'tous les soirs vers 22 h',
  STORY,
  "Non, c'est tout",
  'Rester anonyme',
] as const;

const ANSWERS: readonly ReportAnswer[] = [
  { step: 'category', category: 'traffic' },
  { step: 'where', text: 'Rue de Picardie' },
  { step: 'when', isSkipped: true },
  { step: 'what', text: STORY },
  { step: 'more', isSkipped: true },
  { step: 'contact', contact: { kind: 'anonymous' } },
];

export interface SentReport {
  readonly chat: ChatClient;
  readonly id: string;
  readonly receipt: string;
}

/** One report, from the first question to its receipt. */
export async function sendReport({ url, storage }: ReportSite, chat?: ChatClient): Promise<SentReport> {
  const client = chat ?? (await openChat(url));
  const before = new Set((await storage.reports.listSent()).map(({ id }) => id));
  for (const text of [...WALK, 'Envoyer']) await client.send(text);
  const sent = (await storage.reports.listSent()).find(({ id }) => !before.has(id));
  const receipt = receiptIn(await client.transcript());
  if (!sent || receipt === undefined) throw new Error('No report was sent');
  return { chat: client, id: sent.id, receipt };
}

/** The same without a word said in a chat: as another process over the same storage takes it in. */
export async function storeReport(
  { reports: { intake } }: Pick<ReportSite, 'reports'>,
  answers: readonly ReportAnswer[] = ANSWERS,
): Promise<Omit<SentReport, 'chat'>> {
  const conversationId = randomUUID();
  const { id } = await intake.open(conversationId);
  for (const answer of answers) await intake.answer(conversationId, [answer], randomUUID());
  const { receiptRef } = await intake.submit(id);
  return { id, receipt: (await intake.readReceipt(receiptRef)) ?? '' };
}

/** A report that is left once so many of its messages are said. */
export async function beginReport({ url }: ReportSite, messages: number = WALK.length): Promise<ChatClient> {
  const chat = await openChat(url);
  for (const text of WALK.slice(0, messages)) await chat.send(text);
  return chat;
}

/** « Effacer », as the widget does it. */
export async function eraseByWidget({ url }: ReportSite, { token }: ChatClient): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await fetch(`${url}/api/widget/session`, { method: 'DELETE', headers });
  if (status >= 300) throw new Error(`The erasure was refused: ${status}`);
}

/** « effacez mes données », and yes. */
export async function eraseByWords(chat: ChatClient): Promise<readonly string[]> {
  await chat.send('Effacez mes données');
  return chat.ask('Oui, tout effacer');
}
