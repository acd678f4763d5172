import { readConfig } from '../config.js';
import { runCommand } from './open-accounts.js';
import { createProgress } from './progress.js';
import type { TransferCommandParts } from './transfer-commands.js';

/** Runs a command that may take minutes: it shows how far it is, and Ctrl+C ends it cleanly. */
export async function runTransfer(
  command: (args: readonly string[], parts: TransferCommandParts) => Promise<string>,
): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  await runCommand(() =>
    command(process.argv.slice(2), {
      place: readConfig(process.env),
      clock: () => new Date(),
      progress: createProgress(process.stderr),
      signal: stop.signal,
      tell: (line) => console.error(line),
    }),
  );
}
