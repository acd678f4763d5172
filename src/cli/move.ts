/**
 * Moves everything from the SQLite of DATA_DIR to MONGODB_URI, or takes that back.
 *
 *   npm run move [-- --undo]
 *
 * It reads the same environment as the server, which has to be stopped. Killed, it is run again and goes on. Exit codes:
 * 0 done; 2 wrong use; 78 something for the operator to mend; 1 otherwise.
 */
import { runTransfer } from './run-transfer.js';
import { runMoveCommand } from './transfer-commands.js';

await runTransfer(runMoveCommand);
