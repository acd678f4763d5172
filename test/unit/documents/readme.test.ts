import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MOST_DRAFT_EVENTS } from '../../../src/domain/report-intake-service.js';
import { KEY_LIFETIME_MS } from '../../../src/domain/report-keys.js';
import { DOCS, namesIn, readDocument, rowsOf } from './tables.js';

const ROOT = new URL('../../../', import.meta.url);
const readme = readDocument('../README.md');
const config = readFileSync(new URL('src/config.ts', ROOT), 'utf8');

describe('README.md', () => {
  test('has every variable that the server reads, and no other', () => {
    const schema = config.slice(config.indexOf('const ENVIRONMENT'), config.indexOf('const TOGETHER'));
    const read = Array.from(schema.matchAll(/^ {2}([A-Z_]+):/gm), ([, name = '']) => name);
    const written = rowsOf(readme, 'variable').flatMap(([names = '']) => namesIn(names));
    // Of the demonstration, which sets it by itself.
    expect([...written, 'DEMO'].toSorted()).toEqual(read.toSorted());
  });

  test('names commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = Array.from(readme.matchAll(/npm (?:run )?(start|test\b|(?<=run )[\w:]+)/g), ([, name = '']) => name);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('shows pictures, and leads to files, that there are', () => {
    const links = Array.from(readme.matchAll(/\]\(((?!https?:)[^)#]+)/g), ([, link = '']) => link);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !existsSync(new URL(link, new URL('../', DOCS))))).toEqual([]);
  });

  test('gives the limits of reports as they are', () => {
    expect(MOST_DRAFT_EVENTS).toBe(200);
    expect(readme.replace(/\s+/g, ' ')).toContain('A report takes 200 answers before it is sent');
    expect(KEY_LIFETIME_MS).toBe(30 * 60_000);
    expect(readme).toContain('its data key half an hour');
  });
});
