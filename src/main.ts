/**
 * Starts the server; the only reader of process.env.
 *
 * Exit codes: 0 stopped on request; 1 a fault of the program; 75 (EX_TEMPFAIL) the database does not answer: a later start
 * may find it; 78 (EX_CONFIG) something for the operator to mend.
 */
const NODE_MAJOR = 24;
const EX_CONFIG = 78;
/** Less than the 10 s that process managers leave between SIGTERM and SIGKILL. */
const STOP_LIMIT_MS = 9_000;
const PARENT_CHECK_MS = 500;

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR) {
  console.error(
    `Permanence demande Node ${NODE_MAJOR} ou plus récent ; ici, c'est Node ${process.versions.node}. Lancez-le par « npm start ».`,
  );
  process.exit(EX_CONFIG);
}

// Imported after the check: an older Node fails on these with an obscure message.
const { readConfig } = await import('./config.js');
const { startApp } = await import('./app.js');
const { exitCodeOf, operatorMessage } = await import('./operator-message.js');

try {
  const app = await startApp(readConfig(process.env), {
    corpusDir: new URL('../../corpus/fr/', import.meta.url),
    webDir: new URL('../web/', import.meta.url),
    modelFile: new URL('../model/fr.json', import.meta.url),
  });
  console.log(app.announcement);
  const stopOnce = once(() => stop(app.stop));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stopOnce);
  if (process.env.npm_lifecycle_event === 'start') onParentGone(stopOnce);
} catch (error) {
  const message = operatorMessage(error);
  console.error(message ?? error);
  process.exit(exitCodeOf(error));
}

/** `npm start` runs us under a shell that dies of a signal without passing it on: then we are to stop as well. */
function onParentGone(act: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && act(), PARENT_CHECK_MS).unref();
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

async function stop(stopApp: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  await stopApp();
  process.exit(0);
}
