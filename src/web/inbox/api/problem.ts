import { CryptoFault, type CryptoFaultCode } from '../crypto/fault.js';
import { COMMON, CRYPTO_FAULTS } from '../strings.js';

/** Codes that the page itself gives, beside those of the server's refusals. */
export type LocalCode = 'Offline' | 'Timeout' | 'UnexpectedAnswer';

/** A refusal of the server (RFC 9457), or a call that did not get through. `detail` is French and says what to do. */
export class ApiProblem extends Error {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor({ status, code, detail }: { status: number; code: string; detail: string }, options?: ErrorOptions) {
    super(code, options);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

const LOCAL_DETAILS: Readonly<Record<LocalCode, string>> = {
  Offline: COMMON.offline,
  Timeout: COMMON.tooSlow,
  UnexpectedAnswer: COMMON.unexpected,
};

export function localProblem(code: LocalCode, cause?: unknown, status = 0): ApiProblem {
  return new ApiProblem({ status, code, detail: LOCAL_DETAILS[code] }, { cause });
}

/** Whatever was thrown, as something that can be shown. */
export function problemFrom(fault: unknown): ApiProblem {
  if (fault instanceof ApiProblem) return fault;
  if (fault instanceof CryptoFault) return cryptoProblem(fault);
  return localProblem('UnexpectedAnswer', fault);
}

function cryptoProblem(fault: CryptoFault): ApiProblem {
  const details: Readonly<Record<CryptoFaultCode, string>> = CRYPTO_FAULTS;
  return new ApiProblem({ status: 0, code: fault.code, detail: details[fault.code] }, { cause: fault });
}

export function isAbort(fault: unknown): boolean {
  return fault instanceof Error && fault.name === 'AbortError';
}
