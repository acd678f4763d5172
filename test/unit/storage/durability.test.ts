import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createStorage } from '../../../src/storage/create-storage.js';
import { buildMessages } from '../../support/build-conversation.js';

const SUPPORT = join(import.meta.dirname, '..', '..', 'support');
const ARGUMENTS = [
  '--no-warnings',
  '--import',
  join(SUPPORT, 'storage-child-hooks.ts'),
  join(SUPPORT, 'storage-child.ts'),
];

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'permanence-kill-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Lets a process write until it has acknowledged `count` changes, kills it, and gives its last acknowledged position. */
async function writeUntilKilled(count: number): Promise<number> {
  const child = spawn(process.execPath, [...ARGUMENTS, dataDir, 'one'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'open') acknowledged.push(Number(line));
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  expect(await exit).toEqual([null, 'SIGKILL']);
  return acknowledged.at(-1) ?? 0;
}

it('loses no acknowledged change, and keeps none by halves, when its process is killed', async () => {
  for (const count of [1, 8, 40]) {
    const last = await writeUntilKilled(count);
    const { storage } = await createStorage({ dataDir });
    const stored = await storage.conversations.load('one');
    const messages = await storage.conversations.messagesAfter('one', 0, 10_000);
    await storage.close();

    expect(messages.length).toBeGreaterThanOrEqual(last);
    expect(messages).toEqual(buildMessages(messages.length));
    expect(stored).toMatchObject({
      rev: messages.length / 3,
      lastSeq: messages.length,
      dialogState: { lastSeq: messages.length },
    });
  }
});
