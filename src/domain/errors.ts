/** Every way in which the domain says no. Edges map the code to their own terms, by one exhaustive table each. */
export type ErrorCode =
  | 'duplicate'
  | 'revision-conflict'
  | 'conversation-gone'
  | 'storage-unavailable'
  /** The status of the conversation does not allow this change. */
  | 'not-in-this-state'
  /** A colleague holds the conversation. */
  | 'held-by-colleague'
  /** A colleague wrote after the last message that the writer has seen. */
  | 'colleague-wrote'
  /** The account or the invitation is not there any more. */
  | 'account-gone'
  /** The change would leave no active coordinator. */
  | 'last-coordinator';

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
