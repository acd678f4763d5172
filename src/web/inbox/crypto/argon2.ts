import { argon2id } from 'hash-wasm';
import type { Bytes } from './bytes.js';
import { CryptoFault } from './fault.js';

/** As the server keeps them for each account; `kdf` of the wire. */
export interface KdfParameters {
  readonly algorithm: 'argon2id';
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: 1;
}

export interface Argon2Input {
  /** As `normalisePassword` gives it. */
  readonly password: Bytes;
  readonly salt: Bytes;
  readonly kdf: KdfParameters;
}

/** Derives 32 bytes; the password never leaves this device. */
export type Argon2 = (input: Argon2Input) => Promise<Bytes>;

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** RFC 9106, section 4, second recommended option; whoever runs the server cannot ask browsers for less. */
const LEAST = { memoryKib: 65_536, passes: 3 };
const MOST = { memoryKib: 262_144, passes: 10 };

/**
 * Argon2id (RFC 9106), version 1.3, one lane, in this thread: about half a second of full work.
 * @throws CryptoFault `WeakParameters`.
 */
export const runArgon2: Argon2 = async ({ password, salt, kdf }) => {
  const { memoryKib, passes, lanes } = kdf;
  const isFit = (name: keyof typeof LEAST): boolean => kdf[name] >= LEAST[name] && kdf[name] <= MOST[name];
  if (!isFit('memoryKib') || !isFit('passes') || lanes !== 1 || salt.length !== SALT_BYTES) {
    throw new CryptoFault('WeakParameters');
  }
  const key = await argon2id({
    password,
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism: lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
  return new Uint8Array(key);
};
