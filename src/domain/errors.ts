/** Every way in which the domain says no. Edges map the code to their own terms, by one exhaustive table each. */
export type ErrorCode = 'duplicate' | 'revision-conflict' | 'conversation-gone' | 'storage-unavailable';

export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
  }
}

export function isDomainError(error: unknown, code: ErrorCode): error is DomainError {
  return error instanceof DomainError && error.code === code;
}
