import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REFUSALS } from '../../../src/http/messages.js';

const document = readFileSync(new URL('../../../docs/ERRORS.md', import.meta.url), 'utf8');

test('docs/ERRORS.md lists every refusal as it is, and no other', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm)].map(([, code, status, detail]) => ({
    code,
    status: Number(status),
    detail,
  }));
  expect(rows).toEqual(Object.entries(REFUSALS).map(([code, refusal]) => ({ code, ...refusal })));
});
