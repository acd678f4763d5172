import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadedFiles } from '../../support/inbox-browser-harness.js';
import { builtInbox } from '../../support/inbox-queue-stage.js';

const LARGEST_BYTES = 220_000;

describe('the delegates’ page', () => {
  let folder: string;
  beforeAll(() => {
    folder = builtInbox();
  }, 120_000);

  test.each([
    ['of somebody who signs in', ['auth/sign-in.tsx']],
    ['of an invitation', ['auth/link-page.tsx']],
    ['of the queue', ['queue/index.tsx', 'alarm/ringer.tsx']],
  ])('the first load %s weighs at most 220 kB compressed', (_, sources) => {
    const sizes = loadedFiles(folder, ...sources).map((path) => gzipSync(readFileSync(path), { level: 9 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThanOrEqual(LARGEST_BYTES);
    expect(total).toBeGreaterThan(LARGEST_BYTES / 4);
  });

  test('carries nothing inline and nothing of another site', () => {
    const html = readFileSync(join(folder, 'inbox', 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/inbox\/assets\/inbox-.+\.js$/)]),
    );
    expect(html).not.toMatch(/(?:src|href)="(?!\/inbox\/)/);
  });

  test('speaks French only: the words of other languages are not sent', () => {
    const [script = ''] = loadedFiles(folder).filter((path) => path.endsWith('.js'));
    expect(readFileSync(script, 'utf8')).not.toMatch(/[\u0600-\u06FF]{4}|[\u3040-\u30FF]{4}/);
  });
});
