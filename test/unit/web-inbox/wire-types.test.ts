import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ROOT = new URL('../../../', import.meta.url);
/** An import or export of the server's description of the wire, up to the file's name. */
const OF_WIRE = /(?:import|export)\s+(?<what>[^;]*?)\s+from\s+'[^']*\/inbox\/(?:operations|schemas\/[\w-]+)\.js'/g;

test('pages take nothing but types from the description of the wire', () => {
  const files = globSync('src/web/**/*.{ts,tsx}', { cwd: ROOT });
  const taken = files.flatMap((file) => {
    const source = readFileSync(new URL(file, ROOT), 'utf8');
    return [...source.matchAll(OF_WIRE)].map(({ groups }) => ({ file, what: groups?.what ?? '' }));
  });
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.filter(({ what }) => !what.startsWith('type '))).toEqual([]);
});
