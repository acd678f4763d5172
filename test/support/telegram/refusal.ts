import type { JsonRecord } from './types.js';

/**
 * An unsuccessful answer (https://core.telegram.org/bots/api#making-requests): `error_code` is the HTTP status too, and
 * `parameters` may hold `retry_after` (https://core.telegram.org/bots/api#responseparameters).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly description: string;
  readonly parameters: JsonRecord | undefined;

  constructor(status: number, description: string, parameters?: JsonRecord) {
    super(description);
    this.name = 'Refusal';
    this.status = status;
    this.description = description;
    this.parameters = parameters;
  }
}

export const badRequest = (description: string): Refusal => new Refusal(400, `Bad Request: ${description}`);
export const forbidden = (description: string): Refusal => new Refusal(403, `Forbidden: ${description}`);
export const conflict = (description: string): Refusal => new Refusal(409, `Conflict: ${description}`);
export const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized');
export const notFound = (detail?: string): Refusal => new Refusal(404, detail ? `Not Found: ${detail}` : 'Not Found');
export const tooManyRequests = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
