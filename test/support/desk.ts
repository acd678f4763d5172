import { type App, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { makeDataDir } from './server-process.js';

const ROOT = new URL('../../', import.meta.url);

export interface Desk {
  readonly url: string;
  /** Moves the fixed clock. */
  setNow(now: string): void;
  close(): Promise<void>;
}

/** The whole server in this process, on its own data folder and a clock that stands still. Needs a build. */
export async function openDesk({
  now = '2026-11-24T09:00:00Z',
  env = {},
}: {
  now?: string;
  env?: Record<string, string>;
} = {}): Promise<Desk> {
  const data = makeDataDir();
  let current = new Date(now);
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', DATA_DIR: data.path, ...env });
  const app: App = await startApp(config, {
    corpusDir: new URL('corpus/fr/', ROOT),
    webDir: new URL('dist/web/', ROOT),
    modelFile: new URL('dist/model/fr.json', ROOT),
    clock: () => current,
  });
  return {
    url: `http://127.0.0.1:${app.port}`,
    setNow(next) {
      current = new Date(next);
    },
    async close() {
      await app.stop();
      data.remove();
    },
  };
}
