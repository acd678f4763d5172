import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setupTokenIn } from '../support/desk-client.js';
import { dropDatabase, ownDatabase } from '../support/own-database.js';
import { liveReportDay, ORDINARY, type ReportDay } from '../support/security-report-day.js';
import { dumpDatabase, textOfRows } from '../support/security-report-dump.js';
import { countWords, REPORT_WORDS, type ReportWord, wordsIn } from '../support/security-report-words.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

/** Where each word is to be found by the delegates, once: in the report that it was typed in and sent with. */
const FOUND: Readonly<Record<'told' | 'walked' | 'queued', readonly ReportWord[]>> = {
  told: ['story', 'email'],
  walked: [
    'when',
    'what',
    'change',
    'more',
    'firstName',
    'phone',
    'note',
    'reply',
    'status',
    'addition',
    'unaskedAddition',
  ],
  queued: ['whatOfQueue'],
};

describe('what is looked for', () => {
  const word = REPORT_WORDS.what;
  const bytes = Buffer.from(`é${word}`);

  test.each<[string, Buffer | string]>([
    ['as it is', word],
    ['in small letters', word.toLowerCase()],
    ['in UTF-16', Buffer.from(word, 'utf16le')],
    ['in UTF-16, the other way round', Buffer.from(word, 'utf16le').swap16()],
    ['in base64, from its first byte', Buffer.from(word).toString('base64')],
    ['in base64, from its second', Buffer.concat([Buffer.from('x'), bytes]).toString('base64url')],
    ['in base64, from its third', bytes.toString('base64')],
    ['in hexadecimal', bytes.toString('hex')],
    ['in an address', encodeURIComponent(`« ${word} »`)],
    ['in an address, letter by letter', bytes.toString('hex').toUpperCase().replace(/../g, '%$&')],
    ['in JSON', JSON.stringify({ text: `"${word}"` })],
  ])('is found %s', (_, place) => {
    expect(wordsIn(Buffer.concat([Buffer.alloc(7), Buffer.from(place), Buffer.alloc(7)]))).toContain('what');
  });

  test('is found in numbers however they are grouped, and not where it is not', () => {
    for (const text of ['0647318529', '+33 6 47 31 85 29', '06.47.31.85.29']) expect(wordsIn(text)).toContain('phone');
    expect(wordsIn('Kestrel 06 47 31 85 28 zqv')).toEqual([]);
  });
});

describeDay('SQLite', {});
if (process.env.MONGODB_TEST_URI) describeDay('MongoDB', { uri: ownDatabase('report_canary').href });
else test.skip('on MongoDB (needs MONGODB_TEST_URI)', () => undefined);

function describeDay(engine: string, { uri: mongodbUri }: { readonly uri?: string }): void {
  describe(`a day of reports, a word of its own in each field, on ${engine}`, () => {
    const data = makeDataDir();
    const env = {
      LOG_LEVEL: 'debug',
      TRUST_PROXY: '1',
      HOST: '127.0.0.1',
      ...(mongodbUri !== undefined && { MONGODB_URI: mongodbUri }),
    };
    const start = (port = 0): Promise<ServerProcess> => startServerProcess({ dataDir: data.path, port, env });
    const logs: string[] = [];
    let server: ServerProcess;
    let day: ReportDay;
    beforeAll(async () => {
      server = await start();
      const { url, port } = server;
      day = await liveReportDay({ url, port, setupToken: setupTokenIn(server.output()) });
    }, 90_000);
    afterAll(async () => {
      day.events.leave();
      await server.stop();
      if (mongodbUri !== undefined) await dropDatabase(mongodbUri);
      data.remove();
    });

    /** Codes are words too: whoever holds one reads the answers. */
    const codes = (): readonly string[] =>
      [day.told, day.walked, day.queued].flatMap(({ receipt }) => [receipt, receipt.replaceAll('-', '').slice(0, 20)]);

    function inFiles(others = codes()): readonly string[] {
      return globSync('**/*', { cwd: data.path, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .flatMap(({ parentPath, name }) =>
          wordsIn(readFileSync(`${parentPath}/${name}`), others).map((word) => `${name}: ${word}`),
        );
    }

    test('is read by the delegate: each word once; what was taken back, given up or never sent, not at all', async () => {
      for (const [name, words] of Object.entries(FOUND) as [keyof typeof FOUND, readonly ReportWord[]][]) {
        const { events, isComplete } = await day.delegate.read(day[name].id);
        const counted = Object.entries(countWords(JSON.stringify(events)));
        const expected = Object.keys(REPORT_WORDS).map((word) => [word, words.some((each) => each === word) ? 1 : 0]);
        expect({ name, isComplete, words: Object.fromEntries(counted) }).toEqual({
          name,
          isComplete: true,
          words: Object.fromEntries(expected),
        });
      }
      expect(new Set(await day.delegate.reportIds())).toEqual(new Set([day.told.id, day.walked.id, day.queued.id]));
      expect(new Set(codes()).size).toBe(6);
    });

    test('no file of the data folder holds one while the server runs', () => {
      expect(inFiles()).toEqual([]);
    });

    test('nobody who has the server’s key as well reads one, in any row of the database', async () => {
      const rows = await dumpDatabase({ dataDir: data.path, ...(mongodbUri !== undefined && { mongodbUri }) });
      const kinds = new Set(rows.map(({ table, kind }) => kind ?? table));
      expect([...kinds]).toEqual(expect.arrayContaining(['conversation', 'message', 'report', 'audit']));
      // What was said outside reports is there to be read: so these are all the words, opened.
      expect(wordsIn(textOfRows(rows), [ORDINARY])).toEqual(expect.arrayContaining([ORDINARY]));
      expect(inFiles([ORDINARY])).toEqual([]);
      const open = rows.filter(({ kind }) => kind !== 'report-receipt');
      expect(wordsIn(textOfRows(open), codes())).toEqual([]);
      // Codes that wait to be shown lie in a place of their own, and nothing else does.
      const waiting = textOfRows(rows.filter(({ kind }) => kind === 'report-receipt'));
      expect(wordsIn(waiting)).toEqual([]);
      expect([day.told, day.walked, day.queued].filter(({ receipt }) => !waiting.includes(receipt))).toEqual([]);
    });

    const hasFile = mongodbUri === undefined;
    if (hasFile)
      test('no copy of the database holds one, sealed or opened', async () => {
        const file = `${data.path}/copie.db`;
        const database = new DatabaseSync(`${data.path}/permanence.db`);
        database.prepare('VACUUM INTO ?').run(file);
        database.close();
        const rows = await dumpDatabase({ dataDir: data.path, file });
        expect(wordsIn(textOfRows(rows.filter(({ kind }) => kind !== 'report-receipt')), codes())).toEqual([]);
        expect(inFiles()).toEqual([]);
      });

    test('no page of a delegate is sent one: neither stream, nor lists, search, transcripts, tables or the log', async () => {
      const { coordinator, delegate, queued, walked } = day;
      const { conversationId: id } = queued.chat;
      for (const path of [
        `/conversations/${id}`,
        `/conversations/${id}/messages?before=1000`,
        `/conversations/${id}/transcript`,
        `/conversations/${walked.chat.conversationId}`,
        '/conversations/past',
        '/reports',
        '/report-access',
        `/report-access/${delegate.id}/missing`,
        '/weekly',
        '/weekly.csv',
        '/audit',
        '/alarm',
      ])
        await coordinator.call('GET', path);
      for (const text of ['kestrelzqv', 'motos', 'Picardie', 'scellée'])
        await coordinator.ask('POST', '/search', { text });
      await coordinator.ask('POST', `/conversations/${id}/take`);
      await coordinator.ask('POST', `/conversations/${id}/notes`, { id: randomUUID(), text: 'Vu' });
      await day.events.until(/event: ?messages/);
      expect(coordinator.seen()).toContain('(réponse scellée)');
      const codesSeen = (text: string): readonly string[] => wordsIn(text, codes());
      expect(codesSeen(coordinator.seen())).toEqual([]);
      expect(codesSeen(delegate.seen())).toEqual([]);
      expect(codesSeen(day.events.text())).toEqual([]);
      expect(day.events.names()).toEqual(expect.arrayContaining(['reports', 'messages']));
    });

    test('the log holds none, whatever its level, nor what leads to a report', () => {
      const log = [...logs, server.output()].join('\n');
      expect(wordsIn(log, codes())).toEqual([]);
      const ids = [day.told, day.walked, day.queued].flatMap(({ id, chat }) => [id, chat.conversationId]);
      expect(ids.filter((id) => log.includes(id))).toEqual([]);
    });

    test('after the process was killed: no file holds one, and residents are shown stand-ins', async () => {
      const { port } = server;
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');
      logs.push(server.output());
      expect(inFiles()).toEqual([]);
      server = await start(port);
      for (const chat of [day.told.chat, day.walked.chat, day.queued.chat, day.abandoned, day.returned, day.offered]) {
        const transcript = await chat.transcript();
        expect(transcript.length).toBeGreaterThan(3);
        expect(wordsIn(JSON.stringify(transcript))).toEqual([]);
      }
      // The code alone outlives the process: it had not been shown for its time.
      expect(JSON.stringify(await day.walked.chat.transcript())).toContain(day.walked.receipt);
      expect(JSON.stringify(await day.returned.transcript())).not.toContain(day.walked.receipt);
    }, 60_000);

    test('what goes on after that leaves none either, and neither does a clean end', async () => {
      await day.abandoned.send('Reprendre');
      await day.abandoned.send(`hier soir, ${REPORT_WORDS.when}`);
      await day.abandoned.send(`des cris dans la cage d'escalier, ${REPORT_WORDS.what}`);
      expect(wordsIn(server.output())).toEqual([]);
      day.events.leave();
      expect(await server.stop()).toBe(0);
      expect(inFiles()).toEqual([]);
      expect(wordsIn(server.output(), codes())).toEqual([]);
      const rows = await dumpDatabase({ dataDir: data.path, ...(mongodbUri !== undefined && { mongodbUri }) });
      expect(wordsIn(textOfRows(rows))).toEqual([]);
    });
  });
}
