import type { Activity } from 'botbuilder';
import { type Request, Router } from 'express';
import { DomainError } from '../../domain/errors.js';
import { answerNoOtherMethod, answerNotFound, createErrorHandler } from '../../http/error-handler.js';
import { jsonBody } from '../../http/json-body.js';
import { createOrigins, isLocal } from '../../http/origins.js';
import { Refusal } from '../../http/refusal.js';
import type { Channel } from '../channel.js';
import type { Outbox } from '../outbox.js';
import { createSharedOutbox } from '../outbox-shared.js';
import { type BotAdapter, createBotAdapter } from './adapter.js';
import type { BotFrameworkDependencies } from './deps.js';
import { isFromThisMachine } from './gate.js';
import { type InboundActivity, readActivity } from './inbound-message.js';
import { runTurn } from './run-turn.js';
import { createBotFrameworkSender } from './sender.js';

const MESSAGES_PATH = '/api/messages';

/**
 * The Bot Framework protocol: Teams and other channels with credentials, an Emulator on this machine without. The
 * path does not exist for anybody else. It begins at once to send what an earlier process left.
 */
export function createBotFrameworkChannel(deps: BotFrameworkDependencies): Channel {
  const { appId, appPassword, emulator } = deps.settings;
  const hasCredentials = appId !== undefined && appPassword !== undefined;
  const router = Router();
  const endpoint = hasCredentials || emulator ? createEndpoint(deps, hasCredentials) : undefined;
  if (endpoint) router.use(endpoint.router);
  router.use(answerNotFound, createErrorHandler(deps.log));
  return {
    name: 'botframework',
    mounts: [{ path: MESSAGES_PATH, router }],
    close: () => endpoint?.outbox.close() ?? Promise.resolve(),
  };
}

function createEndpoint(
  deps: BotFrameworkDependencies,
  hasCredentials: boolean,
): { readonly router: Router; readonly outbox: Outbox } {
  const adapter = createBotAdapter(deps.settings);
  const origins = createOrigins({ ...deps, allowed: [] });
  let baseUrl = deps.publicUrl;
  const sender = createBotFrameworkSender({ ...deps, adapter, hasCredentials, baseUrl: () => baseUrl });
  const outbox = createSharedOutbox({
    ...deps,
    name: 'botframework-outbox',
    channel: 'botframework',
    sender,
    notes: {
      take: () => (baseUrl === undefined ? undefined : { baseUrl }),
      taken: () => undefined,
      join: (earlier, later) => ({ ...earlier, ...later }),
      // The process that sends may have been reached by nobody so far.
      give(_, { baseUrl: told }) {
        if (typeof told === 'string') baseUrl ??= told;
      },
    },
  });
  const parts = { ...deps, outbox };
  const router = Router();

  router
    .route('/')
    .all((request, _response, next) => next(hasCredentials || isFromThisMachine(request) ? undefined : 'router'))
    .post(...jsonBody(), async (request, response) => {
      const activity = readActivity(request.body);
      if (!hasCredentials && !isLocal(activity.serviceUrl)) throw new Refusal('ServiceUrlNotAllowed');
      await authenticated(adapter, request, activity, (authentic) => {
        baseUrl = origins.baseUrl(request);
        return runTurn(parts, authentic);
      });
      response.status(200).end();
    })
    .all(answerNoOtherMethod('POST'));
  return { router, outbox };
}

async function authenticated(
  adapter: BotAdapter,
  request: Request,
  activity: InboundActivity,
  run: (activity: Activity) => Promise<void>,
): Promise<void> {
  const authorization = request.get('authorization') ?? '';
  try {
    await adapter.authenticateAndRun(authorization, activity as unknown as Activity, (context) =>
      run(context.activity),
    );
  } catch (error) {
    if (error instanceof Refusal || error instanceof DomainError || !isAuthenticationFault(error)) throw error;
    throw new Refusal('Unauthenticated');
  }
}

/** botbuilder's AuthenticationError has a status; token libraries beneath it throw their own named errors. */
function isAuthenticationFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode } = error as { statusCode?: unknown };
  return statusCode === 401 || statusCode === 403 || /^(JsonWebToken|TokenExpired|NotBefore)Error$/.test(error.name);
}
