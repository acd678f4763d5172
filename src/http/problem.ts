import type { Response } from 'express';

/**
 * A refusal that tells what to do (RFC 9457), with the `error` member that Direct Line clients read as well.
 * `detail` is French and never repeats what was sent.
 */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).type('application/problem+json').send(problemBody(problem));
}

export function problemBody({ status, code, detail }: Problem): string {
  return JSON.stringify({ type: 'about:blank', title: code, status, code, detail, error: { code, message: detail } });
}
