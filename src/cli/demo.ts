/**
 * Starts the server with a fictitious team, a dozen conversations and some reports, in a folder of its own that is removed
 * at the end. It talks to the server as browsers do.
 *
 *   npm run demo        PORT=… and HOST=… as for `npm start`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../app.js';
import { readConfig } from '../config.js';
import { loadDemo } from '../content/load-demo.js';
import { fillDemo } from '../demo/play-demo.js';
import { operatorMessage } from '../operator-message.js';

const EX_CONFIG = 78;
const corpusDir = new URL('../../../corpus/fr/', import.meta.url);
const dataDir = mkdtempSync(join(tmpdir(), 'permanence-demo-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
let setBackMs = 0;

try {
  const demo = loadDemo(corpusDir);
  const { PORT, HOST } = process.env;
  // Nobody of the fictitious team is really there: what would happen by the clock is put off.
  const patient = { HANDOFF_WAIT_MINUTES: '240', HANDOFF_ALONE_MINUTES: '240', HANDOFF_HOLD_LOST_SECONDS: '3600' };
  const config = readConfig({ ...patient, PORT, HOST, DATA_DIR: dataDir, DEMO: 'true', LOG_LEVEL: 'error' });
  const app = await startApp(config, {
    corpusDir,
    webDir: new URL('../../web/', import.meta.url),
    modelFile: new URL('../../model/fr.json', import.meta.url),
    clock: () => new Date(Date.now() - setBackMs),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void app.stop().then(() => process.exit(0)));

  console.log('La démonstration se prépare…');
  const baseUrl = `http://localhost:${app.port}`;
  const goOn = await fillDemo({
    baseUrl,
    setupToken: app.announcement.split('#')[1]?.split('\n')[0] ?? '',
    demo,
    setBack(ms) {
      setBackMs = ms;
    },
  });
  console.log(
    [
      'Démonstration : équipe, conversations et signalements fictifs. Rien n’est gardé après l’arrêt (Ctrl+C).',
      `Résidents : ${baseUrl}`,
      `Délégués  : ${baseUrl}/inbox`,
      `            identifiants : ${demo.team.map(({ login }) => login).join(', ')}`,
      `            mot de passe : ${demo.password}`,
    ].join('\n'),
  );
  // A resident who can write no more, as when the server stops, has nothing to tell the operator.
  await goOn().catch(() => console.log('Les résidents fictifs se taisent.'));
} catch (error) {
  const message = operatorMessage(error);
  console.error(message ?? error);
  process.exit(message === undefined ? 1 : EX_CONFIG);
}
