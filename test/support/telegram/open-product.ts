import { startApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { makeDataDir } from '../server-process.js';

const ROOT = new URL('../../../', import.meta.url);

export interface Product {
  readonly port: number;
  close(): Promise<void>;
}

/** The whole server in this process, with a bot whose Bot API is at `apiRoot`. Needs a build. */
export async function openProduct(env: Readonly<Record<string, string>>): Promise<Product> {
  const data = makeDataDir();
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', DATA_DIR: data.path, ...env });
  const app = await startApp(config, {
    corpusDir: new URL('corpus/fr/', ROOT),
    webDir: new URL('dist/web/', ROOT),
    modelFile: new URL('dist/model/fr.json', ROOT),
    fileProcess: new URL('dist/src/attachments/child.js', ROOT),
  });
  return {
    port: app.port,
    async close() {
      await app.stop();
      data.remove();
    },
  };
}
