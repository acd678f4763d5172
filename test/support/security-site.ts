import { type App, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { makeDataDir } from './server-process.js';

const ROOT = new URL('../../', import.meta.url);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The whole server in this process, as an attacker meets it. */
export interface Site {
  readonly url: string;
  readonly port: number;
  /** Of the link that the server printed for its operator. */
  readonly setupToken: string;
  readonly dataDir: string;
  now(): Date;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** Behind one proxy, unless told otherwise: so tests can come from any address. Needs a build. */
export async function openSite(env: Readonly<Record<string, string>> = {}): Promise<Site> {
  const data = makeDataDir();
  let now = new Date('2026-11-24T09:00:00Z').getTime();
  const given = { PORT: '0', HOST: '127.0.0.1', TRUST_PROXY: '1', LOG_LEVEL: 'silent', DATA_DIR: data.path, ...env };
  const app: App = await startApp(readConfig(given), {
    corpusDir: new URL('corpus/fr/', ROOT),
    webDir: new URL('dist/web/', ROOT),
    modelFile: new URL('dist/model/fr.json', ROOT),
    clock: () => new Date(now),
  });
  return {
    url: `http://127.0.0.1:${app.port}`,
    port: app.port,
    setupToken: setupTokenOf(app.announcement),
    dataDir: data.path,
    now: () => new Date(now),
    advance(ms) {
      now += ms;
    },
    async close() {
      await app.stop();
      data.remove();
    },
  };
}

function setupTokenOf(announcement: string): string {
  const token = /\/inbox\/lien#([\w-]+)/.exec(announcement)?.[1];
  if (token === undefined) throw new Error('The server printed no link');
  return token;
}
