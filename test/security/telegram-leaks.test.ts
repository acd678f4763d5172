import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DeskClient, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { openRecordingProxy, type RecordingProxy } from '../support/recording-proxy.js';
import { enrolReportClient } from '../support/report-client.js';
import { send } from '../support/security-raw.js';
import { dumpDatabase, textOfRows } from '../support/security-report-dump.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';
import { formsOf } from '../support/storage-canary.js';
import { type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';
import { liveTelegramDay, REPORT_CANARIES, TELEGRAM_CANARIES, type TelegramDay } from '../support/telegram-day.js';

const TOKEN = '987654321:CanariJetonDeTelegram_0123456789-abc';
const START_MS = 180_000;

const data = makeDataDir();
let fake: FakeTelegram;
let proxy: RecordingProxy;
let server: ServerProcess;
let delegate: DeskClient;
let day: TelegramDay;

beforeAll(async () => {
  fake = await openFakeTelegram({ token: TOKEN });
  proxy = await openRecordingProxy(fake.url);
  server = await startServerProcess({
    dataDir: data.path,
    env: { LOG_LEVEL: 'debug', HOST: '127.0.0.1', TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: proxy.url },
  });
  delegate = await enrolDeskClient(() => server.url, 'temoin', setupTokenIn(server.output()));
  await enrolReportClient(() => server.url, 'lecteur', await delegate.invite('lecteur'));
  day = await liveTelegramDay(fake, delegate);
}, START_MS);
afterAll(async () => {
  await server.stop();
  await proxy.close();
  await fake.close();
  data.remove();
});

/** The token with its parts, what people wrote, and by what Telegram knows them. */
const secrets = (): readonly string[] => [
  TOKEN,
  TOKEN.split(':')[1] ?? '',
  ...Object.values(TELEGRAM_CANARIES),
  'CanariBouton',
  'CanariOctets',
  day.receipt,
  ...[day.held, day.reporter].map(({ chat }) => String(chat.id)),
];

/** Short pieces of an encoding stand anywhere by chance. */
const TELLING = 8;

const foundIn = (bytes: Buffer, words = secrets()): readonly string[] =>
  words.filter((word) =>
    formsOf(word).some((form) => form.length >= Math.min(word.length, TELLING) && isOf(form) && bytes.includes(form)),
  );

/** The forms of a word hold the canary of another suite as well. */
const isOf = (form: Buffer): boolean => !form.equals(Buffer.from('Canari-7431'));

function foundInFiles(): readonly string[] {
  return globSync('**/*', { cwd: data.path, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) =>
      foundIn(readFileSync(`${parentPath}/${name}`)).map((word) => `${name}: ${word}`),
    );
}

describe('a day on Telegram, with a canary in every field and every fault', () => {
  test('has been lived: the delegate reads what is for them', async () => {
    const said = JSON.stringify(await delegate.transcript(day.held.conversationId));
    const { text, edited, caption, reply } = TELEGRAM_CANARIES;
    for (const word of [text, edited, caption, reply]) expect(said).toContain(word);
    expect(foundIn(Buffer.from(said), [TOKEN, TELEGRAM_CANARIES.firstName, String(day.held.chat.id)])).toEqual([]);
    expect(day.held.chat.said.join()).toContain(TELEGRAM_CANARIES.reply);
  });

  test('leaves none in the log, whatever its level, though much went wrong', () => {
    const log = server.output();
    expect(log).toMatch(/TELEGRAM_TOKEN/);
    expect(log.match(/"level":(40|50)/g)?.length).toBeGreaterThan(5);
    expect(foundIn(Buffer.from(log))).toEqual([]);
    expect(log).not.toMatch(/canari/i);
    for (const id of [day.held.conversationId, proxy.url, '/bot']) expect(log.includes(id)).toBe(false);
  });

  test('leaves none on a page of health or of the API, nor on any other', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/affiche', '/confidentialite', '/']) {
      const { text } = await send(server.port, { path });
      expect({ path, found: foundIn(Buffer.from(text)), isTelling: /canari/i.test(text) }).toEqual({
        path,
        found: [],
        isTelling: false,
      });
    }
  });

  test('leaves none in an address: of the calls to Telegram, each has the token’s place and its method', () => {
    const paths = new Set(proxy.paths.map((path) => path.replace(TOKEN, '<token>')));
    expect(paths.size).toBeGreaterThan(8);
    const odd = [...paths].filter((path) => !/^\/bot<token>\/[a-zA-Z]+$|^\/file\/bot<token>\/[\w./-]+$/.test(path));
    expect(odd).toEqual([]);
  });

  test('is sealed on the disk, while the server runs and once it has stopped', async () => {
    expect(foundInFiles()).toEqual([]);
    expect(await server.stop()).toBe(0);
    expect(foundInFiles()).toEqual([]);
  });

  test('with the server’s key as well, nobody finds the token, a name of Telegram’s, or a word of a report', async () => {
    const rows = await dumpDatabase({ dataDir: data.path });
    const text = Buffer.from(textOfRows(rows));
    expect(foundIn(text, [TELEGRAM_CANARIES.text, TELEGRAM_CANARIES.reply])).toHaveLength(2);
    const { firstName, lastName, username, fileName, group, groupText } = TELEGRAM_CANARIES;
    const never = [TOKEN, TOKEN.split(':')[1] ?? '', firstName, lastName, username, fileName, group, groupText];
    expect(foundIn(text, [...never, ...REPORT_CANARIES])).toEqual([]);
    // What is in clear beside what is sealed names nobody either.
    const clear = Buffer.from(rows.map((row) => row.clear).join('\n'));
    expect(foundIn(clear)).toEqual([]);
  });
});
