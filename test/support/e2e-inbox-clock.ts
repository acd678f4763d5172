import { type App, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { makeDataDir } from './server-process.js';

const ROOT = new URL('../../', import.meta.url);
const MINUTE_MS = 60_000;

/** The whole server in this process, with a clock that goes on by itself and can be put forward. */
export interface ClockServer {
  readonly url: string;
  readonly port: number;
  /** What the operator is told. */
  readonly announcement: string;
  putForward(minutes: number): void;
  close(): Promise<void>;
}

/** Needs a build. */
export async function openClockServer(env: Readonly<Record<string, string>> = {}): Promise<ClockServer> {
  const data = makeDataDir();
  let aheadMs = 0;
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', DATA_DIR: data.path, ...env });
  const app: App = await startApp(config, {
    corpusDir: new URL('corpus/fr/', ROOT),
    webDir: new URL('dist/web/', ROOT),
    modelFile: new URL('dist/model/fr.json', ROOT),
    clock: () => new Date(Date.now() + aheadMs),
  });
  return {
    url: `http://localhost:${app.port}`,
    port: app.port,
    announcement: app.announcement,
    putForward(minutes) {
      aheadMs += minutes * MINUTE_MS;
    },
    async close() {
      await app.stop();
      data.remove();
    },
  };
}
