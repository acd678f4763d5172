/**
 * Checks that nobody changed the log of who did what.
 *
 *   npm run audit -- verify [MARK]
 *
 * It reads the same environment as the server, which may be running. Exit codes: 0 whole; 2 wrong use; 78 the log was
 * altered, or something for the operator to mend; 1 otherwise.
 */
import { readConfig } from '../config.js';
import { runAuditCommand } from './audit-commands.js';
import { runCommand, withServices } from './open-accounts.js';

await runCommand(() =>
  withServices(readConfig(process.env), ({ audit }) => runAuditCommand(process.argv.slice(2), audit)),
);
