import { REFUSALS, type RefusalCode } from './messages.js';
import type { Problem } from './problem.js';

/** Thrown by a route to answer with a problem; `createErrorHandler` sends it. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'Refusal';
    this.code = code;
  }
}

export function problemOf(code: RefusalCode): Problem {
  return { code, ...REFUSALS[code] };
}
