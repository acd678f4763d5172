import { isDuplicateKey, isInterrupted } from './errors.js';

/**
 * Makes a write, and once more when the connection broke, or the primary changed, before it was answered: then nobody knows
 * whether it was applied. The same document is sent again, and each caller finds out by what it has made unique (a name, a
 * nonce) that it meets its own first try. So a short failover is seen by nobody, on any engine.
 * @param write to be harmless when it is applied twice: by its condition, or because it says the same.
 * @returns `isRepeat`: an earlier try, which was not answered, may have been applied.
 */
export async function writeAgain<Result>(
  write: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly isRepeat: boolean }> {
  try {
    return { result: await write(), isRepeat: false };
  } catch (error) {
    if (!isInterrupted(error)) throw error;
    return { result: await write(), isRepeat: true };
  }
}

/**
 * An insertion by `writeAgain`.
 * @param isOurs looks whether what is there was inserted by the first try.
 */
export async function insertAgain(insert: () => Promise<unknown>, isOurs: () => Promise<boolean>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (!isInterrupted(error)) throw error;
    await insertUnlessOurs(insert, isOurs);
  }
}

async function insertUnlessOurs(insert: () => Promise<unknown>, isOurs: () => Promise<boolean>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (!isDuplicateKey(error) || !(await isOurs())) throw error;
  }
}

/** Sealed values hold a nonce: two of them are equal only when they are the same one. */
export function isSameBytes(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
