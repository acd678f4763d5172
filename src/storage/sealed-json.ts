import { DomainError } from '../domain/errors.js';
import { type DataCipher, UnreadableValueError } from './data-cipher.js';

/**
 * The value that was sealed as JSON with this `aad`.
 * @throws DomainError `storage-unavailable` when what is stored was altered or moved.
 */
export function openJson<Value>(cipher: DataCipher, sealed: Uint8Array, aad: string): Value {
  try {
    return JSON.parse(cipher.open(sealed, aad)) as Value;
  } catch (error) {
    if (error instanceof UnreadableValueError) {
      throw new DomainError('storage-unavailable', 'une donnée chiffrée a été altérée dans la base');
    }
    throw error;
  }
}
