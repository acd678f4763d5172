import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { DomainError, type ErrorCode, StorageAwayError, TooManyAttemptsError } from '../domain/errors.js';
import { REFUSALS, type RefusalCode } from './messages.js';
import { sendProblem } from './problem.js';
import { problemOf, Refusal } from './refusal.js';

const RETRY_AFTER_SECONDS = 2;

/** What a domain error means to an HTTP client. `duplicate` never leaves the services: it would be a fault of the code. */
const DOMAIN_REFUSALS: Readonly<Record<ErrorCode, RefusalCode>> = {
  duplicate: 'InternalError',
  'revision-conflict': 'TooBusy',
  'conversation-gone': 'ConversationNotFound',
  'storage-unavailable': 'Unavailable',
  'not-in-this-state': 'NotInThisState',
  'held-by-colleague': 'HeldByColleague',
  'colleague-wrote': 'ColleagueWrote',
  'account-gone': 'AccountNotFound',
  'last-coordinator': 'LastCoordinator',
  'session-over': 'NotLoggedIn',
  'wrong-credentials': 'WrongCredentials',
  'second-factor-needed': 'SecondFactorNeeded',
  'wrong-code': 'WrongCode',
  'second-factor-required': 'SecondFactorRequired',
  'second-factor-on': 'ChangedMeanwhile',
  'too-many-attempts': 'TooManyAttempts',
  'invalid-link': 'InvalidLink',
  'login-taken': 'LoginTaken',
  'unfit-credentials': 'InvalidBody',
  'report-gone': 'ReportNotFound',
  'report-changed': 'ReportChanged',
  'no-reader': 'NoReader',
};

/** The `type` of an error of the body parser (package `body-parser`). */
const BODY_REFUSALS: Readonly<Record<string, RefusalCode>> = {
  'entity.parse.failed': 'InvalidJson',
  'entity.too.large': 'BodyTooLarge',
  'encoding.unsupported': 'UnsupportedMediaType',
  'charset.unsupported': 'UnsupportedMediaType',
};

interface ErrorLog {
  error(fields: Readonly<Record<string, string | number>>, message: string): void;
}

/**
 * Answers every error with a problem, and logs those that are the server's own fault by name only: an error's
 * message or body may hold what somebody wrote.
 */
export function createErrorHandler(log: ErrorLog): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const code = refusalCodeOf(error);
    const isFault = REFUSALS[code].status >= 500 && !(error instanceof Refusal);
    if (isFault) log.error({ code, ...faultOf(error) }, 'HTTP request failed');
    if (response.headersSent) return next(error);
    if (error instanceof TooManyAttemptsError) response.set('Retry-After', `${error.retryAfterSeconds}`);
    return sendRefusal(response, code);
  };
}

export const answerNotFound: RequestHandler = (_request, response) => sendRefusal(response, 'NotFound');

export function sendRefusal(response: Response, code: RefusalCode): void {
  const problem = problemOf(code);
  if (problem.status === 503 && !response.hasHeader('Retry-After'))
    response.set('Retry-After', `${RETRY_AFTER_SECONDS}`);
  if (code === 'MissingToken') response.set('WWW-Authenticate', 'Bearer');
  sendProblem(response, problem);
}

function refusalCodeOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code;
  if (error instanceof DomainError) return DOMAIN_REFUSALS[error.code];
  if (!(error instanceof Error)) return 'InternalError';
  const { type, status } = error as { type?: unknown; status?: unknown };
  const known = typeof type === 'string' && Object.hasOwn(BODY_REFUSALS, type) ? BODY_REFUSALS[type] : undefined;
  if (known) return known;
  return typeof status === 'number' && status >= 400 && status < 500 ? 'InvalidRequest' : 'InternalError';
}

/** What may be logged of an error: its name and place. Its message may hold what somebody wrote. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  const reason = error instanceof StorageAwayError ? error.message : undefined;
  return { error: error.name, ...(reason !== undefined && { reason }), ...(at && { at: at.trim() }) };
}

// A type, since an interface is no record of strings.
type Fault = { readonly error: string; readonly reason?: string; readonly at?: string };

/** For the methods that a path does not know; `allow` is what it knows. */
export function answerNoOtherMethod(allow: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', allow);
    sendRefusal(response, 'MethodNotAllowed');
  };
}
