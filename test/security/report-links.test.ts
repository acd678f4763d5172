import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reportSealing } from '../../src/sealing/index.js';
import type { ChatClient } from '../support/chat-client.js';
import { dumpDatabase, type OpenedRow, textOfRows } from '../support/security-report-dump.js';
import {
  beginReport,
  eraseByWidget,
  eraseByWords,
  openReportSite,
  type ReportSite,
  type SentReport,
  sendReport,
} from '../support/security-report-site.js';
import { DAY, MINUTE } from '../support/security-site.js';

const OF_REPORTS: readonly string[] = ['report', 'report-receipt'];

let site: ReportSite;
beforeAll(async () => {
  site = await openReportSite();
});
afterAll(() => site.close());

const dump = (): Promise<readonly OpenedRow[]> => dumpDatabase({ dataDir: site.dataDir });

/** The rows of reports, the rows of a conversation, and the others. */
function parted(rows: readonly OpenedRow[], conversationId: string) {
  const isOfReport = ({ kind = '' }: OpenedRow): boolean => OF_REPORTS.includes(kind);
  const reports = rows.filter(isOfReport);
  const conversation = rows.filter((row) => row.conversation === conversationId);
  const others = rows.filter((row) => !isOfReport(row) && row.conversation !== conversationId);
  return { reports, conversation, others };
}

/** What names the conversation in reports, and what names a report in the conversation. */
async function linksBetween({ chat, id }: Pick<SentReport, 'chat' | 'id'>): Promise<readonly string[]> {
  const rows = await dump();
  const { reports, conversation, others } = parted(rows, chat.conversationId);
  const keys = (await site.storage.reports.load(id))?.keys ?? [];
  const namesOfReport = [id, (await storedRow(id)).id, ...keys.map((key) => key.id)];
  const namesOfConversation = [chat.conversationId, ...idsOfMessages(conversation)];
  const both = others.filter(
    (row) => namesOfReport.some((name) => isIn(row, name)) && namesOfConversation.some((name) => isIn(row, name)),
  );
  return [
    ...reports.flatMap((row) =>
      namesOfConversation.filter((name) => isIn(row, name)).map((name) => `${row.kind}: ${kindOf(name, chat)}`),
    ),
    ...conversation.flatMap((row) => namesOfReport.filter((name) => isIn(row, name)).map(() => `${row.table}: report`)),
    ...both.map(({ kind }) => `${kind}: both`),
  ];
}

const isIn = ({ clear, opened }: OpenedRow, name: string): boolean => clear.includes(name) || opened.includes(name);
const kindOf = (name: string, { conversationId }: ChatClient): string =>
  name === conversationId ? 'conversation' : 'message';

/** Under what ids the channel handed the resident's messages in. */
function idsOfMessages(rows: readonly OpenedRow[]): readonly string[] {
  return rows
    .filter(({ table }) => table === 'message')
    .map(({ opened }) => (JSON.parse(opened) as { externalId: string }).externalId)
    .filter((externalId) => !externalId.startsWith('out:') && externalId.length > 8);
}

/** A report as it lies in the database: its name there, and its sealed bytes. */
async function storedRow(id: string): Promise<{ readonly id: string; readonly sealed: string }> {
  const row = (await dump()).find(({ kind, opened }) => kind === 'report' && opened.includes(`"id":"${id}"`));
  if (!row) throw new Error('The report is not stored');
  return JSON.parse(row.clear) as { id: string; sealed: string };
}

/** Pages of the database and of its log in which both names lie side by side, as in one row of an earlier state. */
async function sharedPlaces({ chat, id }: Pick<SentReport, 'chat' | 'id'>): Promise<readonly string[]> {
  const { id: hashed } = await storedRow(id);
  return globSync(`${site.dataDir}/permanence.db*`).filter((file) => {
    const bytes = readFileSync(file, 'latin1');
    return bytes
      .split(hashed)
      .slice(1)
      .some((after) => after.slice(0, 400).includes(chat.conversationId));
  });
}

describe('a report that was sent', () => {
  let sent: SentReport;
  beforeAll(async () => {
    sent = await sendReport(site);
  });

  test('names no conversation, and its conversation names no report', async () => {
    expect(await linksBetween(sent)).toEqual([]);
  });

  test('is led to by its receipt alone, as long as that may be shown', async () => {
    const report = await site.storage.reports.load(sent.id);
    const { conversation } = parted(await dump(), sent.chat.conversationId);
    expect(textOfRows(conversation)).toContain(report?.receiptRef ?? 'none');
    expect(textOfRows(conversation)).not.toContain(sent.receipt);
  });

  test('is led to by nothing once its receipt is over, and the code is nowhere', async () => {
    site.advance(10 * MINUTE);
    expect(await site.reports.upkeep.sweepReceipts()).toBe(1);
    const author = await reportSealing.keysOfReceipt(sent.receipt);
    const lookup = Buffer.from(author.lookupId, 'base64url');
    const rows = await dump();
    const everything = textOfRows(rows);
    const secrets = [
      sent.receipt,
      sent.receipt.replaceAll('-', ''),
      sent.receipt.replaceAll('-', '').slice(0, 20),
      author.lookupId,
      lookup.toString('hex'),
      lookup.toString('latin1'),
    ];
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    expect(rows.filter(({ kind }) => kind === 'report-receipt')).toEqual([]);
    const refs = [...everything.matchAll(/receipt:([\w-]+)/g)].map(([, ref]) => ref ?? '');
    expect(refs.length).toBeGreaterThan(0);
    const { reports } = parted(rows, sent.chat.conversationId);
    expect(refs.filter((ref) => textOfRows(reports).includes(ref))).toEqual([]);
    expect(await site.storage.reports.load(sent.id)).not.toHaveProperty('receiptRef');
    expect(await linksBetween(sent)).toEqual([]);
    expect(JSON.stringify(await sent.chat.transcript())).not.toContain(sent.receipt);
  });

  test('is not led to by what an earlier state has left in the files', async () => {
    const chat = await beginReport(site);
    const draft = await site.storage.reports.draftOf(chat.conversationId);
    expect(await sharedPlaces({ chat, id: draft?.id ?? '' })).not.toEqual([]);
    expect(await sharedPlaces(sent)).toEqual([]);
  });

  test('is not named by the conversation either when somebody comes back by the code, reads and adds', async () => {
    const { chat, receipt } = sent;
    for (const text of ['Suivre un signalement', receipt, 'Ajouter une information', 'Encore ce soir, près du parc'])
      await chat.send(text);
    expect((await site.storage.reports.load(sent.id))?.events.at(-1)).toMatchObject({ kind: 'addition' });
    expect(await linksBetween(sent)).toEqual([]);
    const everything = textOfRows(await dump());
    expect(everything).not.toContain(receipt);
    expect(everything).not.toContain(receipt.replaceAll('-', ''));
  });

  test('shows delegates nothing of where it was written', async () => {
    await site.anne.logIn();
    await site.anne.load(sent.id);
    for (const path of ['/reports', '/audit', '/report-access']) await site.anne.ask('GET', path);
    expect(site.anne.seen()).toContain(sent.id);
    expect(site.anne.seen()).not.toContain(sent.chat.conversationId);
    expect(site.anne.seen()).not.toContain((await site.storage.reports.load(sent.id))?.lookupHash);
  });
});

describe('an author who wants to be told of answers', () => {
  test('is linked once, and no more when they want it no more', async () => {
    const sent = await sendReport(site);
    await sent.chat.send('Être prévenu ici');
    site.advance(10 * MINUTE);
    await site.reports.upkeep.sweepReceipts();
    expect(await linksBetween(sent)).toEqual(['report: conversation']);
    expect((await site.storage.reports.load(sent.id))?.notifies).toBe(sent.chat.conversationId);
    await site.anne.logIn();
    await site.anne.load(sent.id);
    expect(site.anne.seen()).not.toContain(sent.chat.conversationId);
    for (const text of ['Suivre un signalement', sent.receipt, 'Ne plus être prévenu']) await sent.chat.send(text);
    expect(await linksBetween(sent)).toEqual([]);
  });

  test.each<[string, (sent: SentReport) => Promise<unknown>]>([
    ['« Effacer »', ({ chat }) => eraseByWidget(site, chat)],
    ['« effacez mes données »', ({ chat }) => eraseByWords(chat)],
  ])('is linked no more after %s, and the report stays', async (_, erase) => {
    const sent = await sendReport(site);
    await sent.chat.send('Être prévenu ici');
    expect((await site.storage.reports.load(sent.id))?.notifies).toBe(sent.chat.conversationId);
    await erase(sent);
    const report = await site.storage.reports.load(sent.id);
    expect(report).toMatchObject({ status: 'received' });
    expect(report).not.toHaveProperty('notifies');
    const { reports } = parted(await dump(), sent.chat.conversationId);
    expect(textOfRows(reports)).not.toContain(sent.chat.conversationId);
    await site.anne.logIn();
    await site.anne.write(sent.id, { kind: 'reply', text: 'Merci' });
    const { conversation } = parted(await dump(), sent.chat.conversationId);
    expect(textOfRows(conversation)).not.toContain('une réponse à votre signalement');
  });

  test('finds the answer by the code all the same, from anywhere', async () => {
    const sent = await sendReport(site);
    await sent.chat.send('Être prévenu ici');
    await eraseByWords(sent.chat);
    await site.anne.logIn();
    await site.anne.write(sent.id, { kind: 'reply', text: 'Une patrouille passera' });
    const told = await sent.chat.ask(`Mon code est ${sent.receipt}`);
    expect(told.join()).toContain('Une patrouille passera');
  });
});

describe('a report that is being written', () => {
  const draftOf = (chat: ChatClient) => site.storage.reports.draftOf(chat.conversationId);

  test.each<[string, (chat: ChatClient) => Promise<unknown>]>([
    ['« Effacer »', (chat) => eraseByWidget(site, chat)],
    ['« effacez mes données »', (chat) => eraseByWords(chat)],
  ])('is gone with its conversation after %s, from the files as well', async (_, erase) => {
    const chat = await beginReport(site);
    const draft = await draftOf(chat);
    const { id: hashed, sealed } = await storedRow(draft?.id ?? '');
    const inFiles = (): readonly string[] =>
      globSync(`${site.dataDir}/permanence.db*`).filter((file) =>
        readFileSync(file, 'latin1').includes(sealed.slice(0, 100)),
      );
    expect(inFiles().length).toBeGreaterThan(0);
    await erase(chat);
    expect(await draftOf(chat)).toBeUndefined();
    const everything = textOfRows(await dump());
    expect([draft?.id ?? '', hashed].filter((name) => everything.includes(name))).toEqual([]);
    expect(inFiles()).toEqual([]);
  });

  test('that was erased is not gone on with, nor is anything of it said again', async () => {
    const chat = await beginReport(site);
    expect((await eraseByWords(chat)).join()).toMatch(/effacée/);
    const answers = await chat.ask('Reprendre');
    expect(answers.join()).not.toMatch(/Zorglub|Picardie|Étape/);
    expect(await draftOf(chat)).toBeUndefined();
    expect(JSON.stringify(await chat.transcript())).not.toMatch(/Zorglub|Picardie/);
  });

  test('in which nothing is answered any more is gone after its time, from every row', async () => {
    const chat = await beginReport(site, 6);
    const draft = await draftOf(chat);
    site.advance(DAY);
    expect(await site.reports.upkeep.sweepDrafts()).toBeGreaterThan(0);
    expect(textOfRows(await dump())).not.toContain(`"id":"${draft?.id}"`);
    expect(await draftOf(chat)).toBeUndefined();
  });

  test('a story that was held until its author agreed is forgotten with the conversation', async () => {
    const chat = await beginReport(site, 0);
    await chat.send('Il y a des rodéos tous les soirs rue de Picardie, signé Zorglub');
    await eraseByWords(chat);
    await chat.send('Faire un signalement');
    await chat.send('Commencer');
    expect(JSON.stringify(await chat.transcript())).not.toMatch(/Zorglub|Picardie/);
    expect((await draftOf(chat))?.events).toEqual([]);
  });
});
