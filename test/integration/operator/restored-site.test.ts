import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import type { ReportDetail } from '../../../src/demo/report-hand.js';
import { backUp } from '../../../src/storage/transfer/backup.js';
import { openBackup } from '../../../src/storage/transfer/backup-file.js';
import { restore } from '../../../src/storage/transfer/restore.js';
import { openChat } from '../../support/chat-client.js';
import { buildCredentials, passwordOf } from '../../support/inbox-accounts.js';
import { openBrowser } from '../../support/security-report-delegate.js';
import { openReportSite, type ReportSite, STORY, sendReport } from '../../support/security-report-site.js';
import { SILENT } from '../../support/transfer-data.js';
import { createShelf, ENGINES } from '../../support/transfer-engines.js';

const ROOT = new URL('../../../', import.meta.url);
const WORDS = 'Bonjour, quand passez-vous rue Zorglub ?';
const shelf = createShelf();
const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  await shelf.clear();
});

/** A resident who goes on with the assistant until told to stop; gives back how many messages were taken. */
async function keepTalking({ url }: ReportSite, isOver: () => boolean): Promise<number> {
  const chat = await openChat(url);
  let sent = 0;
  for (; !isOver(); sent += 1) await chat.send(`${WORDS} ${sent}`);
  return sent;
}

async function startRestored(dataDir: string, mongodbUri: string | undefined, now: () => Date) {
  const env = { PORT: '0', HOST: '127.0.0.1', TRUST_PROXY: '1', LOG_LEVEL: 'silent', DATA_DIR: dataDir };
  const app = await startApp(readConfig({ ...env, MONGODB_URI: mongodbUri }), {
    corpusDir: new URL('corpus/fr/', ROOT),
    webDir: new URL('dist/web/', ROOT),
    modelFile: new URL('dist/model/fr.json', ROOT),
    clock: now,
  });
  closings.push(() => app.stop());
  return app;
}

test.each(ENGINES)(
  'backed up while people talk and restored on %s, reports open with the delegates’ keys',
  async (_, make) => {
    const site = await openReportSite();
    closings.push(() => site.close());
    const report = await sendReport(site);
    let isOver = false;
    const talking = [keepTalking(site, () => isOver), keepTalking(site, () => isOver)];
    const folder = await mkdtemp(join(tmpdir(), 'permanence-backup-'));
    closings.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'a.permanence-backup');
    await backUp({ place: { dataDir: site.dataDir }, file, clock: site.now, progress: SILENT });
    isOver = true;
    expect(Math.min(...(await Promise.all(talking)))).toBeGreaterThan(0);
    await requireSealed(file);

    const { place } = await shelf.database(make);
    const dataKey = (await readFile(join(site.dataDir, 'data.key'), 'utf8')).trim();
    await writeFile(join(place.dataDir, 'data.key'), `${dataKey}\n`, { mode: 0o600 });
    await restore({ place: { ...place, dataKey }, file, progress: SILENT });
    const app = await startRestored(place.dataDir, place.mongodbUri, site.now);

    for (const delegate of [site.anne, site.jean]) {
      const browser = openBrowser(app);
      const { authKey } = buildCredentials(passwordOf(delegate.login), delegate.login);
      await browser.ask('POST', '/session', { login: delegate.login, authKey });
      const detail = await browser.ask<ReportDetail>('GET', `/reports/${report.id}`);
      const { events, isComplete } = await delegate.hand.read(detail);
      expect(isComplete).toBe(true);
      expect(JSON.stringify(events)).toContain(STORY);
    }
    // Its author finds it by the receipt.
    const author = await openChat(`http://127.0.0.1:${app.port}`);
    const answer = await author.ask(`Où en est mon signalement ${report.receipt} ?`);
    expect(answer.join('\n')).toMatch(/reçu/i);
  },
  90_000,
);

/** Nothing that a resident wrote can be read in the file, packed or not. */
async function requireSealed(file: string): Promise<void> {
  const reader = await openBackup(file);
  closings.push(() => reader.close());
  let text = '';
  for await (const row of reader.rows())
    text += JSON.stringify(row, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
  expect(text.length).toBeGreaterThan(1_000);
  expect(['Zorglub', 'Picardie', '"anne"', 'jean'].filter((words) => text.includes(words))).toEqual([]);
}
