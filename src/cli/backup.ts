/**
 * Writes everything that is stored into one file, which stays sealed.
 *
 *   npm run backup -- FILE
 *
 * It reads the same environment as the server, which may be running. Exit codes: 0 done; 2 wrong use; 78 something for
 * the operator to mend; 1 otherwise.
 */
import { runTransfer } from './run-transfer.js';
import { runBackupCommand } from './transfer-commands.js';

await runTransfer(runBackupCommand);
