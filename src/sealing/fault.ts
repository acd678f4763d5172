/**
 * `cannot-open`: altered, moved to another place, or sealed to another key. `malformed`: not of the form of what is sealed,
 * or not to be sealed at this place. `too-long`: more than one event may hold. `unfit-key`: no X25519 public key that can
 * be sealed to. `not-a-receipt`: written wrongly.
 */
export type SealingFaultCode = 'cannot-open' | 'malformed' | 'too-long' | 'unfit-key' | 'not-a-receipt';

/** It never tells what was being sealed or opened: no message and no cause holds a word of it. */
export class SealingFault extends Error {
  readonly code: SealingFaultCode;

  constructor(code: SealingFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'SealingFault';
    this.code = code;
  }
}

export function isSealingFault(error: unknown): error is SealingFault {
  return error instanceof SealingFault;
}
