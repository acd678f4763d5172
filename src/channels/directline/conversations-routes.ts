import { Router } from 'express';
import { z } from 'zod';
import { answerNoOtherMethod } from '../../http/error-handler.js';
import { jsonBody, parseBody } from '../../http/json-body.js';
import { newConversationId } from '../conversation-id.js';
import type { Caller } from './authorize.js';
import type { DirectLineParts } from './parts.js';
import { withPatience } from './patience.js';
import { readWatermark } from './watermark.js';

/** `user` and `locale` are ignored: a conversation has one resident, whom the token names, and French. */
const START = z.object({}).optional();

/** `POST /conversations` and `GET /conversations/{id}`. */
export function createConversationsRoutes(parts: DirectLineParts): Router {
  const { authorizer, conversations, existing, session } = parts;
  const router = Router();

  async function start(caller: Caller): Promise<{ readonly id: string; readonly isNew: boolean }> {
    if (caller.kind === 'page' && !caller.mayOpen) {
      return { id: (await existing(caller.conversationId)).id, isNew: false };
    }
    const id = caller.kind === 'page' ? caller.conversationId : newConversationId();
    const { isNew } = await withPatience(() => conversations.openOnce({ id, channel: 'directline' }));
    return { id, isNew };
  }

  router
    .route('/conversations')
    .post(...jsonBody(), async (request, response) => {
      const caller = await authorizer.caller(request);
      parseBody(START, request.body);
      const { id, isNew } = await start(caller);
      response.status(isNew ? 201 : 200).json(await session(request, id));
    })
    .all(answerNoOtherMethod('POST'));

  router
    .route('/conversations/:id')
    .get(async (request, response) => {
      const { id } = request.params;
      await authorizer.toConversation(request, id);
      const watermark = readWatermark(request.query.watermark);
      await existing(id);
      response.json(await session(request, id, watermark));
    })
    .all(answerNoOtherMethod('GET'));

  return router;
}
