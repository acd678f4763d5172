import type { Argon2 } from './argon2.js';
import type { Argon2Reply } from './argon2-worker.js';
import { CryptoFault } from './fault.js';

/**
 * The same as `runArgon2`, beside the page, which stays alive. Each run has a worker of its own: its 64 MiB go with it, and
 * a second run shares no memory with the first, which is what makes it a check.
 */
export const argon2InWorker: Argon2 = (input) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./argon2-worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => worker.terminate();
    worker.addEventListener('message', ({ data }: MessageEvent<Argon2Reply>) => {
      end();
      if ('key' in data) resolve(data.key);
      else reject(new CryptoFault(data.fault === 'WeakParameters' ? data.fault : 'OldBrowser'));
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new CryptoFault('OldBrowser', { cause: event.error }));
    });
    worker.postMessage(input);
  });
