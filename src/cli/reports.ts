/**
 * What the operator may do with confidential reports: count them, and erase one at its author's request.
 *
 *   npm run reports -- list | erase
 *
 * It reads the same environment as the server, which may be running. Exit codes: 0 done; 2 wrong use; 78 something for
 * the operator to mend; 1 otherwise.
 */
import { createInterface } from 'node:readline/promises';
import { readConfig } from '../config.js';
import { findReceiptCode } from '../nlu/entities/receipt-code.js';
import { reportSealing } from '../sealing/index.js';
import { runCommand, withServices } from './open-accounts.js';
import { runReportCommand } from './report-commands.js';

await runCommand(() =>
  withServices(readConfig(process.env), ({ reports, audit }) =>
    runReportCommand(process.argv.slice(2), {
      reports,
      audit,
      sealing: reportSealing,
      findReceiptCode,
      clock: () => new Date(),
      ask,
    }),
  ),
);

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
