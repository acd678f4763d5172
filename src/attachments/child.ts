/**
 * The process in which one file is written anew. Files come from strangers: whatever one does to the programs that read it,
 * the server goes on. It takes the file as its only message, answers, and ends; also when the server is gone.
 */
import { writeFile } from 'node:fs/promises';
import { LIMITS } from './limits.js';
import { rewrite } from './rewrite.js';

/** Where memory runs out, the kernel takes this process first (Linux, proc(5)); elsewhere there is nothing to tell. */
const FIRST_TO_GO = '1000';
const OVER_TIME_MS = 5000;

process.once('disconnect', () => process.exit());
// The server ends it earlier; this is for when the server was killed.
setTimeout(() => process.exit(1), LIMITS.time + OVER_TIME_MS);
process.once('message', (file: Uint8Array) => void answer(file));

async function answer(file: Uint8Array): Promise<void> {
  await writeFile('/proc/self/oom_score_adj', FIRST_TO_GO).catch(() => undefined);
  const rewritten = await rewrite(file);
  process.send?.(rewritten, () => process.exit());
}
