/**
 * Fills an empty database from a backup, or checks a backup.
 *
 *   npm run restore -- FILE | --check FILE
 *
 * It reads the same environment as the server that will start on the database. Exit codes: 0 done; 2 wrong use; 78
 * something for the operator to mend; 1 otherwise.
 */
import { runTransfer } from './run-transfer.js';
import { runRestoreCommand } from './transfer-commands.js';

await runTransfer(runRestoreCommand);
