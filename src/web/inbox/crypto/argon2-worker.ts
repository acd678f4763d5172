import { type Argon2Input, runArgon2 } from './argon2.js';
import { CryptoFault } from './fault.js';

/** What the worker answers: the key, or the code of a fault. */
export type Argon2Reply = { readonly key: Uint8Array<ArrayBuffer> } | { readonly fault: string };

addEventListener('message', (event: MessageEvent<Argon2Input>) => {
  runArgon2(event.data).then(
    (key) => reply({ key }),
    (fault: unknown) => reply({ fault: fault instanceof CryptoFault ? fault.code : 'OldBrowser' }),
  );
});

function reply(message: Argon2Reply): void {
  postMessage(message);
}
