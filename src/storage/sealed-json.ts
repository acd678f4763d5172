import { AlteredError } from '../domain/errors.js';
import { type DataCipher, UnreadableValueError } from './data-cipher.js';

/**
 * The value that was sealed as JSON with this `aad`.
 * @throws AlteredError when what is stored was altered or moved.
 */
export function openJson<Value>(cipher: DataCipher, sealed: Uint8Array, aad: string): Value {
  try {
    return JSON.parse(cipher.open(sealed, aad)) as Value;
  } catch (error) {
    throw error instanceof UnreadableValueError ? new AlteredError() : error;
  }
}
