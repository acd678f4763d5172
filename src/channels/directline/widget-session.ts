import { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { createCors } from '../../http/cors.js';
import { answerNoOtherMethod, answerNotFound, createErrorHandler, sendRefusal } from '../../http/error-handler.js';
import { jsonBody, parseBody } from '../../http/json-body.js';
import { Refusal } from '../../http/refusal.js';
import { newConversationId } from '../conversation-id.js';
import { bearerOf } from './authorize.js';
import { type AddressCap, createAddressCap } from './limits.js';
import type { DirectLineParts } from './parts.js';
import { withPatience } from './patience.js';

const OPENING = z.strictObject({ token: z.string().max(4096).optional() }).default({});

/**
 * `POST /api/widget/session` gives a page's visitor a conversation without a secret, or the earlier one that its
 * token names; `DELETE` removes it. There 429 is safe: only our own widget calls it.
 */
export function createWidgetSessionRouter(parts: DirectLineParts): Router {
  const { conversations, tokens, session, limits, limiters, origins, log } = parts;
  const newSessions = createAddressCap(limits.newSessionsPerAddress, { name: 'widget-new', limiters });
  const calls = createAddressCap(limits.sessionCallsPerAddress, { name: 'widget-calls', limiters });
  const router = Router();

  /** The conversation of an earlier token, unless it was removed since. */
  async function resume(token: string | undefined): Promise<string | undefined> {
    const id = token === undefined ? undefined : await tokens.readResumable(token);
    if (id === undefined) return undefined;
    return (await withPatience(() => conversations.find(id)))?.id;
  }

  async function open(): Promise<string> {
    const id = newConversationId();
    await withPatience(() => conversations.openOnce({ id, channel: 'directline' }));
    return id;
  }

  // Any page may read the answer, which tells a page of another origin that it is refused.
  const readableByAll = { ...origins, isAllowed: () => true };
  router.use(createCors(readableByAll, 'POST, DELETE'), capped(calls));
  router
    .route('/')
    .all((request, _response, next) => {
      if (!origins.isAllowed(request)) throw new Refusal('OriginNotAllowed');
      next();
    })
    .post(...jsonBody(), async (request, response) => {
      const { token } = parseBody(OPENING, request.body);
      const resumed = await resume(token);
      if (resumed === undefined && (await refusedByCap(newSessions, request.ip, response))) return;
      const id = resumed ?? (await open());
      const isNew = resumed === undefined;
      response.status(isNew ? 201 : 200).json({ ...(await session(request, id)), isNew });
    })
    .delete(async (request, response) => {
      const token = bearerOf(request);
      if (token === undefined) throw new Refusal('MissingToken');
      const id = await tokens.readResumable(token);
      if (id === undefined) throw new Refusal('InvalidToken');
      await withPatience(() => conversations.remove(id));
      response.status(204).end();
    })
    .all(answerNoOtherMethod('POST, DELETE'));
  router.use(answerNotFound, createErrorHandler(log));
  return router;
}

function capped(cap: AddressCap): RequestHandler {
  return async (request, response, next) => {
    if (!(await refusedByCap(cap, request.ip, response))) next();
  };
}

async function refusedByCap(cap: AddressCap, address: string | undefined, response: Response): Promise<boolean> {
  const seconds = await cap.secondsToWait(address);
  if (seconds === undefined) return false;
  response.set('Retry-After', `${seconds}`);
  sendRefusal(response, 'TooManySessions');
  return true;
}
