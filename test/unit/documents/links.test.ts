import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DOCS, readDocument } from './tables.js';

const documents = readdirSync(DOCS).filter((name) => name.endsWith('.md'));

/** As code hosts make them of headings. */
function anchorsOf(document: string): readonly string[] {
  return Array.from(document.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents)('every link of docs/%s leads somewhere', (name) => {
  const links = Array.from(readDocument(name).matchAll(/\]\(((?!https?:)[^)]+)\)/g), ([, link = '']) => link);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = new URL(path || name, DOCS);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readDocument(path || name)).includes(anchor);
  });
  expect(broken).toEqual([]);
});
