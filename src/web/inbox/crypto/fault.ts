/**
 * `OldBrowser`: X25519 or WebAssembly is missing. `WrongKeys`: this device derived two different keys from one password,
 * which some phones do. `WrongRecoveryKey`: it was not written correctly. `CannotUnwrap`: the private key does not open
 * with what was derived. `WeakParameters`: the server asked for less than RFC 9106 advises.
 */
export type CryptoFaultCode = 'OldBrowser' | 'WrongKeys' | 'WrongRecoveryKey' | 'CannotUnwrap' | 'WeakParameters';

export class CryptoFault extends Error {
  readonly code: CryptoFaultCode;

  constructor(code: CryptoFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'CryptoFault';
    this.code = code;
  }
}
