import { randomUUID } from 'node:crypto';
import { type Request, Router } from 'express';
import { isDomainError } from '../../domain/errors.js';
import { answerNoOtherMethod } from '../../http/error-handler.js';
import { jsonBody } from '../../http/json-body.js';
import { Refusal } from '../../http/refusal.js';
import { type ActivitySet, activityId } from './activities.js';
import { isTyping, readInbound } from './inbound-activity.js';
import { createPacer, createThrottle } from './limits.js';
import { type DirectLineParts, PAGE_SIZE } from './parts.js';
import { withPatience } from './patience.js';
import { readWatermark } from './watermark.js';

/** `/conversations/{id}/activities`, and what stands beside it. */
export function createActivitiesRoutes(parts: DirectLineParts): Router {
  const { authorizer, conversations, existing, turns, limits } = parts;
  const { longestDelayMs, messageBurst, messagesPerMinute, readsPerTenSeconds } = limits;
  const writes = createPacer({ burst: messageBurst, spacingMs: 60_000 / messagesPerMinute, longestDelayMs });
  const reads = createPacer({ burst: readsPerTenSeconds, spacingMs: 10_000 / readsPerTenSeconds, longestDelayMs });
  const typings = createThrottle(limits.typingEveryMs);
  const router = Router();

  /** Late or too often it would be of no use, so it is dropped rather than held back. */
  async function typing(id: string): Promise<void> {
    if (!typings.isDue(id)) return;
    const { status } = await existing(id);
    // What is typed to the robot is nobody's business.
    if (status === 'waiting' || status === 'assigned') conversations.signal(id, { kind: 'typing', author: 'resident' });
  }

  async function others(id: string): Promise<void> {
    await writes.pass(id);
    await existing(id);
  }

  router
    .route('/conversations/:id/activities')
    .get(async (request, response) => {
      const { id } = request.params;
      await authorizer.toConversation(request, id);
      const watermark = readWatermark(request.query.watermark);
      await reads.pass(id);
      response.json(await pollPage(parts, request, id, watermark));
    })
    .post(
      async (request, _response, next) => {
        const caller = await authorizer.toConversation(request, request.params.id);
        // A token was made for a conversation of this channel; the secret opens any, so its kind is checked.
        if (caller.kind === 'backend') await existing(request.params.id);
        next();
      },
      ...jsonBody(),
      async (request: Request<{ id: string }>, response) => {
        const { id } = request.params;
        const inbound = readInbound(request.body);
        if (inbound) {
          await writes.pass(id);
          const { seq } = await turns.handle(id, inbound);
          response.json({ id: activityId(id, seq) });
          return;
        }
        if (isTyping(request.body)) await typing(id);
        else await others(id);
        response.json({ id: `${id}|${randomUUID()}` });
      },
    )
    .all(answerNoOtherMethod('GET, POST'));

  router
    .route('/conversations/:id/upload')
    .post(async (request) => {
      await authorizer.toConversation(request, request.params.id);
      throw new Refusal('UploadsNotAccepted');
    })
    .all(answerNoOtherMethod('POST'));

  router.all('/conversations/:id/stream', () => {
    throw new Refusal('UpgradeRequired');
  });

  return router;
}

/**
 * One error ends a client's polling without a word, so while storage stays unavailable the answer is that nothing
 * is new: the same watermark is asked for again a second later.
 */
async function pollPage(
  { conversations, existing, presenter, residents, reached, origins, log }: DirectLineParts,
  request: Request,
  conversationId: string,
  watermark: number,
): Promise<ActivitySet> {
  try {
    const { lastSeq, status } = await existing(conversationId);
    // A watermark past the end comes from data since lost; what is written from now on must still arrive.
    const after = Math.min(watermark, lastSeq);
    residents.poll(conversationId);
    reached(conversationId, after);
    const messages = await withPatience(() => conversations.messagesAfter(conversationId, after, PAGE_SIZE));
    const page = await presenter.presentPage(messages, after, { conversationId, baseUrl: origins.baseUrl(request) });
    const place = status === 'waiting' ? residents.placeOf(conversationId) : undefined;
    return place ? { ...page, queue: place } : page;
  } catch (error) {
    if (!isDomainError(error, 'storage-unavailable')) throw error;
    log.warn({ code: error.code }, 'Poll answered without a read');
    return { activities: [], watermark: `${watermark}` };
  }
}
