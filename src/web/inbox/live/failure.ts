/** Why a call did not succeed, as far as the page has to tell cases apart. */
export interface Failure {
  /** 0 when nothing answered. */
  readonly status: number;
  readonly code: string;
  /** French, with what to do; empty when nothing answered. */
  readonly detail: string;
}

const NO_ANSWER: Failure = { status: 0, code: 'no-answer', detail: '' };

/** Reads whatever was thrown; anything but a refusal of the server counts as « no answer ». */
export function readFailure(error: unknown): Failure {
  if (typeof error !== 'object' || error === null || !('status' in error) || typeof error.status !== 'number') {
    return NO_ANSWER;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  return { status: error.status, code, detail };
}

/** No answer, too many at once, or a server in trouble: worth another try, under the same id. */
export function isPassing({ status }: Failure): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
