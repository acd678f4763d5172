import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { LIMITS } from '../../../src/attachments/limits.js';
import { DELIVERY_FAILURES } from '../../../src/channels/delivery-failures.js';
import { MOST_UNITS } from '../../../src/channels/telegram/split.js';
import { WEBHOOK_PATH } from '../../../src/channels/telegram/webhook.js';
import { POSTER_PATH } from '../../../src/http/poster-routes.js';
import { DELIVERY, LOG, TALK } from '../../../src/web/inbox/conversation/strings.js';
import { readDocument, rowsOf } from './tables.js';

const ROOT = new URL('../../../', import.meta.url);
const source = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const plain = (text: string): string => text.replace(/\s+/g, ' ');
const readme = readDocument('../README.md');
const operations = readDocument('OPERATIONS.md');
const errors = readDocument('ERRORS.md');
const inbox = readDocument('INBOX.md');
const words = JSON.parse(source('corpus/fr/telegram.json')) as {
  readonly commands: readonly { readonly command: string }[];
  readonly payloads: Readonly<Record<string, string>>;
};

/** The members of a union of texts. */
function membersOf(path: string, type: string): readonly string[] {
  const text = source(path);
  const start = text.indexOf(`export type ${type} =`);
  expect(start).toBeGreaterThan(0);
  return Array.from(text.slice(start, text.indexOf(';', start)).matchAll(/'([a-z-]+)'/g), ([, name = '']) => name);
}

describe('what is told of Telegram', () => {
  test('README.md names commands and links that there are', () => {
    const section = readme.slice(readme.indexOf('## On Telegram'), readme.indexOf('## The delegates'));
    const named = Array.from(section.matchAll(/`\/([a-z]+)`/g), ([, name = '']) => name).filter(
      (name) => !['newbot', 'affiche'].includes(name),
    );
    const commands = words.commands.map(({ command }) => command);
    expect(named.toSorted()).toEqual(commands.filter((command) => command !== 'start').toSorted());
    const links = (text: string) => Array.from(text.matchAll(/\?start=([a-z]+)/g), ([, payload = '']) => payload);
    expect(new Set(links(operations))).toEqual(new Set(Object.keys(words.payloads)));
    expect(links(readme).filter((payload) => !(payload in words.payloads))).toEqual([]);
  });

  test('OPERATIONS.md has every line that the server prints, as it begins', () => {
    const printed = [
      ...source('src/channels/telegram/connection.ts').matchAll(/'((?:Telegram|TELEGRAM_TOKEN|Un autre)[^']+)'/g),
      ...source('src/channels/telegram/webhook-upkeep.ts').matchAll(/'(Telegram remettait[^']+)'/g),
    ].map(([, line = '']) => line);
    expect(printed).toHaveLength(7);
    const written = rowsOf(operations, 'line').flatMap(([cell = '']) => /^« (.+?)( …)? »$/.exec(cell)?.[1] ?? []);
    expect(written).toHaveLength(printed.length);
    expect(printed.filter((line) => !written.some((beginning) => line.startsWith(beginning)))).toEqual([]);
  });

  test('OPERATIONS.md gives the limits as they are', () => {
    const MB = 1_000_000;
    const { incoming, side, image, pages, pdf, files, conversation, time, memory } = LIMITS;
    for (const sentence of [
      `files of ${incoming / MB} MB at most are fetched`,
      `up to ${side} px a side and ${image / MB} MB, PDFs up to ${pages} pages and ${pdf / MB} MB`,
      `${files} files and ${conversation / MB} MB a conversation`,
      `with ${time / 1000} s and ${Math.round(memory / MB / 1024)} GB of memory at most`,
      `${MOST_UNITS.toLocaleString('en')} characters a message`,
      `PUBLIC_URL${WEBHOOK_PATH}`,
      `\`${POSTER_PATH}\``,
    ]) {
      expect(plain(operations)).toContain(sentence);
    }
  });

  test('ERRORS.md has every state and every kind of fault, and no other', () => {
    const states = rowsOf(errors, 'state of the channel').map(([state]) => state);
    expect(states).toEqual(membersOf('src/channels/telegram/connection.ts', 'TelegramState'));
    const kinds = rowsOf(errors, 'fault of a call').map(([kind = '']) => kind);
    expect(kinds.toSorted()).toEqual(membersOf('src/channels/telegram/api.ts', 'ApiFaultKind').toSorted());
  });

  test('INBOX.md quotes what the page says', () => {
    const said: readonly string[] = [
      ...Object.values(DELIVERY_FAILURES),
      ...Object.values(DELIVERY),
      ...Object.values(TALK.channels),
      LOG.corrects('à 14 h 02'),
      LOG.modified('à 14 h 05'),
      LOG.showOldText,
    ];
    const section = inbox.slice(inbox.indexOf('## Telegram'), inbox.indexOf('## Reports'));
    const quoted = Array.from(plain(section).matchAll(/« ([^»]+?)( …)? »/g), ([, quotation = '']) => quotation);
    expect(quoted.length).toBeGreaterThan(9);
    const erased = 'Le résident a effacé les messages d’avant.';
    const known = [...said, erased, 'écrit…', 'Informations'];
    expect(quoted.filter((quotation) => !known.some((one) => one.startsWith(quotation)))).toEqual([]);
  });
});
