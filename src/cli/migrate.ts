/**
 * Prepares the database for this version, before its servers start: the Procfile's release command.
 *
 *   node dist/src/cli/migrate.js
 *
 * It reads the same environment as the server. Exit codes: 0 done; 78 something for the operator to mend; 1 otherwise.
 */
import { readConfig } from '../config.js';
import { operatorMessage } from '../operator-message.js';
import { migrateStorage } from '../storage/create-storage.js';

const EX_CONFIG = 78;

try {
  await migrateStorage(readConfig(process.env));
  console.log('La base de données est prête pour cette version.');
} catch (error) {
  const message = operatorMessage(error);
  console.error(message ?? error);
  process.exitCode = message === undefined ? 1 : EX_CONFIG;
}
