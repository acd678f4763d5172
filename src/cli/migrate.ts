/**
 * Prepares the database for this version, before its servers start: the Procfile's release command.
 *
 *   node dist/src/cli/migrate.js
 *
 * It reads the same environment as the server. Exit codes: 0 done; 75 the database does not answer: to be tried
 * again; 78 something for the operator to mend; 1 otherwise. It may be run again, and beside others.
 */
import { readConfig } from '../config.js';
import { exitCodeOf, operatorMessage } from '../operator-message.js';
import { migrateStorage, START_PATIENCE_MS } from '../storage/create-storage.js';

try {
  await migrateStorage({
    ...readConfig(process.env),
    patienceMs: START_PATIENCE_MS,
    onWaiting: () => console.log("La base de données ne répond pas encore : on l'attend."),
  });
  console.log('La base de données est prête pour cette version.');
} catch (error) {
  const message = operatorMessage(error);
  console.error(message ?? error);
  process.exitCode = exitCodeOf(error);
}
