import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Sessions } from '../domain/sessions.js';
import { answerNoOtherMethod, answerNotFound, createErrorHandler } from '../http/error-handler.js';
import { jsonBody, parseBody } from '../http/json-body.js';
import type { Limiters } from '../http/limiters.js';
import type { Origins } from '../http/origins.js';
import { Refusal } from '../http/refusal.js';
import { requireAccess } from './access.js';
import { answerResult, type ResultCheck, resultCheck } from './answer.js';
import { readSessionToken, schemeOf } from './cookies.js';
import { deviceOf } from './device.js';
import type { Call, Caller, Handlers } from './handler.js';
import { CALL_LIMITS, type CallLimitSettings, type CallLimits, createCallLimits } from './limits.js';
import { OPERATIONS, type Operation, type OperationName } from './operations.js';
import { checkOrigin, isInBackground } from './origin-check.js';
import * as common from './schemas/common.js';

/** Where the router is to be mounted. */
export const INBOX_API_PATH = '/api/inbox';

export interface InboxRouterDependencies {
  /** One for each operation. */
  readonly handlers: Handlers;
  readonly sessions: Sessions;
  /** `createOrigins` with no other origin allowed. */
  readonly origins: Pick<Origins, 'baseUrl'>;
  readonly settings: { readonly requireSecondFactor: boolean };
  readonly log: { error(fields: Readonly<Record<string, string | number>>, message: string): void };
  /** Told of each call that a session makes. */
  readonly onCall?: (sessionId: string) => void;
  readonly limits?: Partial<CallLimitSettings>;
  /** Those that the processes share; absent: this one counts alone. */
  readonly limiters?: Limiters;
  /** Answers that do not fit their schema become errors, so that nothing unlisted can leak unseen. For tests. */
  readonly checkResults?: boolean;
}

interface Parts extends InboxRouterDependencies {
  readonly callLimits: CallLimits;
  readonly check: ResultCheck;
}

type AnyHandler = (call: Call<OperationName>) => Promise<unknown>;

const NO_QUERY = z.unknown();
const BODILESS = common.nothing.optional();
const NAMES = Object.keys(OPERATIONS) as OperationName[];

/**
 * The delegates' API: every operation of `OPERATIONS` behind the same checks, in this order: where the call comes from,
 * how many came, whose session it is and what it may do, then the shape of what was sent.
 * The app must set express's `trust proxy`: addresses are limited by it.
 * @throws Error when an operation has no handler.
 */
export function createInboxRouter(deps: InboxRouterDependencies): Router {
  const missing = NAMES.filter((name) => typeof deps.handlers[name] !== 'function');
  if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
  const parts: Parts = {
    ...deps,
    callLimits: createCallLimits({ ...CALL_LIMITS, ...deps.limits }, deps.limiters),
    check: resultCheck(deps.log, deps.checkResults ?? false),
  };
  const router = Router({ caseSensitive: true, strict: true });
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  for (const [path, names] of Map.groupBy(NAMES, (name) => OPERATIONS[name].path))
    mountPath(router, path, names, parts);
  return router.use(answerNotFound, createErrorHandler(deps.log));
}

function mountPath(router: Router, path: string, names: readonly OperationName[], parts: Parts): void {
  const otherMethods = answerNoOtherMethod(names.map((name) => OPERATIONS[name].method).join(', '));
  // Without this, HEAD would run what GET does.
  const route = router.route(path.replace(/\{(\w+)\}/g, ':$1')).head(otherMethods);
  for (const name of names) route[methodOf(name)](serve(name, parts));
  route.all(otherMethods);
}

function serve(name: OperationName, parts: Parts): RequestHandler {
  const operation: Operation = OPERATIONS[name];
  // The table ties each name to its handler's types; in a loop over all names they can only be told as one.
  const handler = parts.handlers[name] as unknown as AnyHandler;
  const readBody = createBodyReader(operation);

  return async (request, response) => {
    checkOrigin(request, parts.origins);
    const address = request.ip ?? '';
    await parts.callLimits.passAddress(address);
    if (operation.access === 'anyone') await parts.callLimits.passStranger(address);
    const caller = await authorize(name, request, parts);
    const call = {
      params: readParams(request),
      query: readQuery(operation, request),
      body: await readBody(request, response),
      caller,
      address,
      device: deviceOf(request.get('user-agent')),
      baseUrl: parts.origins.baseUrl(request),
      ...lastEventId(request),
      response,
    };
    const result = await handler(call as Call<OperationName>);
    answerResult(response, operation, parts.check(name, result));
  };
}

async function authorize(
  name: OperationName,
  request: Request,
  { sessions, settings, origins, callLimits, onCall }: Parts,
): Promise<Caller | undefined> {
  const token = readSessionToken(request, schemeOf(request, origins.baseUrl(request)));
  const found = token === undefined ? undefined : await sessions.find(token);
  requireAccess(OPERATIONS[name].access, found, settings);
  if (!found) return undefined;
  const { account, session } = found;
  await callLimits.passSession(session.id);
  onCall?.(session.id);
  // A stream, or what a page does by itself, does not show that somebody is there.
  if (!session.isLocked && name !== 'readEvents' && !isInBackground(request)) await sessions.touch(session);
  return { account, session, actor: { delegateId: account.id, name: account.displayName } };
}

/** @throws Refusal `NotFound`: what cannot be an id is nobody's. */
function readParams({ params }: Request): Readonly<Record<string, string>> {
  const result = z.record(z.string(), common.id).safeParse(params);
  if (!result.success) throw new Refusal('NotFound');
  return result.data;
}

function readQuery({ query = NO_QUERY }: Operation, request: Request): unknown {
  const result = query.safeParse({ ...request.query });
  if (!result.success) throw new Refusal('InvalidRequest');
  return query === NO_QUERY ? undefined : result.data;
}

function createBodyReader({ body: schema, method }: Operation) {
  const steps = jsonBody();
  return async (request: Request, response: Response): Promise<unknown> => {
    if (method === 'GET') return undefined;
    for (const step of steps) await run(step, request, response);
    if (schema) return parseBody(schema, request.body);
    parseBody(BODILESS, request.body);
    return undefined;
  };
}

function run(step: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    step(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}

function lastEventId(request: Request): { lastEventId?: string } {
  const id = request.get('last-event-id');
  return id === undefined ? {} : { lastEventId: id };
}

function methodOf(name: OperationName): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  return OPERATIONS[name].method.toLowerCase() as Lowercase<Operation['method']>;
}
