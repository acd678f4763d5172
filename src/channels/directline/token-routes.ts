import { Router } from 'express';
import { answerNoOtherMethod } from '../../http/error-handler.js';
import { Refusal } from '../../http/refusal.js';
import { newConversationId } from '../conversation-id.js';
import type { DirectLineParts } from './parts.js';
import { TOKEN_SECONDS } from './tokens.js';

/** `POST /tokens/generate` and `POST /tokens/refresh`. Their bodies tell nothing that is used, and are not read. */
export function createTokenRoutes({ authorizer, tokens, existing }: DirectLineParts): Router {
  const router = Router();

  router
    .route('/tokens/generate')
    .post(async (request, response) => {
      if ((await authorizer.caller(request)).kind !== 'backend') throw new Refusal('SecretRequired');
      const conversationId = newConversationId();
      const token = await tokens.issue({ conversationId, mayOpen: true });
      response.json({ conversationId, token, expires_in: TOKEN_SECONDS });
    })
    .all(answerNoOtherMethod('POST'));

  router
    .route('/tokens/refresh')
    .post(async (request, response) => {
      const caller = await authorizer.caller(request);
      if (caller.kind === 'backend') throw new Refusal('TokenRequired');
      const { conversationId, mayOpen } = caller;
      if (!mayOpen) await existing(conversationId);
      const token = await tokens.issue({ conversationId, mayOpen });
      response.json({ conversationId, token, expires_in: TOKEN_SECONDS });
    })
    .all(answerNoOtherMethod('POST'));

  return router;
}
