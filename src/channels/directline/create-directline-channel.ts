import { Router } from 'express';
import { createCors } from '../../http/cors.js';
import { answerNotFound, createErrorHandler } from '../../http/error-handler.js';
import type { Channel } from '../channel.js';
import { createActivitiesRoutes } from './activities-routes.js';
import { createConversationsRoutes } from './conversations-routes.js';
import type { DirectLineDependencies } from './deps.js';
import { createParts, DIRECTLINE_PATH, type DirectLineParts } from './parts.js';
import { createStreams } from './stream.js';
import { createTokenRoutes } from './token-routes.js';
import { createWidgetSessionRouter } from './widget-session.js';

const WIDGET_SESSION_PATH = '/api/widget/session';

export type DirectLineChannel = Channel & Required<Pick<Channel, 'handleUpgrade'>>;

/**
 * A Direct Line 3.0 server, and the door by which the widget enters it.
 * The app must set express's `trust proxy` to the same number as `deps.trustProxy`: addresses are capped by it.
 */
export function createDirectLineChannel(deps: DirectLineDependencies): DirectLineChannel {
  const parts = createParts(deps);
  const streams = createStreams(parts);
  return {
    name: 'directline',
    mounts: [
      { path: DIRECTLINE_PATH, router: createDirectLineRouter(parts) },
      { path: WIDGET_SESSION_PATH, router: createWidgetSessionRouter(parts) },
    ],
    handleUpgrade: streams.handleUpgrade,
    close: streams.close,
  };
}

function createDirectLineRouter(parts: DirectLineParts): Router {
  return Router()
    .use(createCors(parts.origins, 'GET, POST'))
    .use(createTokenRoutes(parts))
    .use(createConversationsRoutes(parts))
    .use(createActivitiesRoutes(parts))
    .use(answerNotFound, createErrorHandler(parts.log));
}
