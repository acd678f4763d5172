import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { inDepth } from '../../support/depth.js';

const MESSAGES = inDepth(20_000, 4_000);
const CHILD = fileURLToPath(new URL('memory-child.ts', import.meta.url));

test(`${MESSAGES} messages leave memory flat, nothing in the heap and nothing on the console`, () => {
  const args = ['--expose-gc', '--no-warnings', CHILD, String(MESSAGES)];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(child.stderr).toBe('');
  expect(child.stdout.trim().split('\n')).toHaveLength(1);
  const { kept, grownMiB } = JSON.parse(child.stdout);
  expect(kept).toBe(0);
  expect(grownMiB).toBeLessThan(16);
}, 60_000);
