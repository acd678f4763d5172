import type { Activity } from 'botbuilder';
import { type Request, Router } from 'express';
import { DomainError } from '../../domain/errors.js';
import { answerNoOtherMethod, answerNotFound, createErrorHandler } from '../../http/error-handler.js';
import { jsonBody } from '../../http/json-body.js';
import { createOrigins, isLocal, type Origins } from '../../http/origins.js';
import { Refusal } from '../../http/refusal.js';
import type { Channel } from '../channel.js';
import { type BotAdapter, createBotAdapter } from './adapter.js';
import type { BotFrameworkDependencies } from './deps.js';
import { isFromThisMachine } from './gate.js';
import { type InboundActivity, readActivity } from './inbound-message.js';
import { runTurn } from './run-turn.js';

const MESSAGES_PATH = '/api/messages';

/**
 * The Bot Framework protocol: Teams and other channels with credentials, an Emulator on this machine without. The
 * path does not exist for anybody else.
 */
export function createBotFrameworkChannel(deps: BotFrameworkDependencies): Channel {
  const { appId, appPassword, emulator } = deps.settings;
  const hasCredentials = appId !== undefined && appPassword !== undefined;
  const router = Router();
  if (hasCredentials || emulator) router.use(createMessagesRouter(deps, hasCredentials));
  router.use(answerNotFound, createErrorHandler(deps.log));
  return { name: 'botframework', mounts: [{ path: MESSAGES_PATH, router }], close: () => Promise.resolve() };
}

function createMessagesRouter(deps: BotFrameworkDependencies, hasCredentials: boolean): Router {
  const adapter = createBotAdapter(deps.settings);
  const origins = createOrigins({ ...deps, allowed: [] });
  const router = Router();

  router
    .route('/')
    .all((request, _response, next) => next(hasCredentials || isFromThisMachine(request) ? undefined : 'router'))
    .post(...jsonBody(), async (request, response) => {
      const activity = readActivity(request.body);
      if (!hasCredentials && !isLocal(activity.serviceUrl)) throw new Refusal('ServiceUrlNotAllowed');
      await receive({ deps, adapter, origins }, request, activity);
      response.status(200).end();
    })
    .all(answerNoOtherMethod('POST'));
  return router;
}

interface Reception {
  readonly deps: BotFrameworkDependencies;
  readonly adapter: BotAdapter;
  readonly origins: Origins;
}

async function receive(
  { deps, adapter, origins }: Reception,
  request: Request,
  activity: InboundActivity,
): Promise<void> {
  const authorization = request.get('authorization') ?? '';
  try {
    await adapter.authenticateAndRun(authorization, activity as unknown as Activity, (context) =>
      runTurn(deps, context, origins.baseUrl(request)),
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
