/**
 * What the operator may do with the delegates' accounts.
 *
 *   npm run accounts -- list | invite "Prénom Nom" [--coordinator] | disable | enable | reset | reset-second-factor LOGIN
 *
 * It reads the same environment as the server, which may be running. Exit codes: 0 done; 2 wrong use; 78 something for
 * the operator to mend; 1 otherwise.
 */
import { readConfig } from '../config.js';
import { runAccountCommand } from './account-commands.js';
import { runCommand, withServices } from './open-accounts.js';

await runCommand(() => {
  const config = readConfig(process.env);
  const baseUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  return withServices(config, ({ accounts }) => runAccountCommand(process.argv.slice(2), { accounts, baseUrl }));
});
