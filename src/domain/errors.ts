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
  | 'last-coordinator'
  /** The session ended, or was replaced by another one, meanwhile. */
  | 'session-over'
  /** Unknown login, disabled account, wrong password, wrong recovery key: the caller is not told which. */
  | 'wrong-credentials'
  /** Password or recovery key are right; the code of the second factor is missing. */
  | 'second-factor-needed'
  | 'wrong-code'
  /** The second factor is compulsory and must stay, or come, on. */
  | 'second-factor-required'
  /** There is one already: it must go before another comes. */
  | 'second-factor-on'
  /** See `TooManyAttemptsError`. */
  | 'too-many-attempts'
  /** Unknown, used, expired or withdrawn. */
  | 'invalid-link'
  | 'login-taken'
  /** New keys that do not go with the account's, to which nothing can be sealed, or weaker than what this server asks for. */
  | 'unfit-credentials'
  /** Erased, or never sent. */
  | 'report-gone'
  /** The report, or the team that reads it, has changed since the browser sealed for it. */
  | 'report-changed'
  /** No delegate has keys to read a report. */
  | 'no-reader';

export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
  }
}

/** Too many wrong passwords or codes. Nothing was tried. */
export class TooManyAttemptsError extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too-many-attempts', 'Too many attempts');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Storage does not answer. Its message is the database's name and number of the fault, made up of fixed words: it may be logged. */
export class StorageAwayError extends DomainError {
  constructor(reason: string) {
    super('storage-unavailable', reason);
  }
}

/** What is stored was altered or moved, and does not open: the rest of the database may be well. */
export class AlteredError extends DomainError {
  constructor() {
    super('storage-unavailable', 'une donnée chiffrée a été altérée dans la base');
  }
}

export function isDomainError(error: unknown, code: ErrorCode): error is DomainError {
  return error instanceof DomainError && error.code === code;
}
