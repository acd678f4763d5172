import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { answerNotFound, createErrorHandler } from '../../http/error-handler.js';
import { Refusal } from '../../http/refusal.js';
import type { ChannelLog } from '../channel.js';
import type { Intake } from './intake.js';
import { readUpdate } from './updates.js';

export const WEBHOOK_PATH = '/telegram/webhook';

export interface WebhookDependencies {
  readonly secret: string;
  readonly intake: Intake;
  readonly log: ChannelLog;
}

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const BODY_LIMIT = '1mb';

/**
 * Where Telegram hands updates in. 200 once what they bring about is stored; anything else, and Telegram hands them in
 * again (https://core.telegram.org/bots/api#setwebhook). Without the secret there is nothing here.
 */
export function createWebhookRouter({ secret, intake, log }: WebhookDependencies): Router {
  const router = Router();
  const isSecret = compareWith(secret);
  const askSecret: RequestHandler = (request, _response, next) =>
    next(isSecret(request.get(SECRET_HEADER) ?? '') ? undefined : 'router');
  /** What is no JSON will be none the next time. */
  const passOver: ErrorRequestHandler = (error, _request, response, next) => {
    if ((error as { readonly type?: unknown }).type !== 'entity.parse.failed') return next(error);
    log.warn({}, 'An update of an unknown form was passed over');
    response.status(200).end();
  };

  const own = Router().use(askSecret, express.json({ limit: BODY_LIMIT, strict: false, type: () => true }), passOver);
  own.post('/', async (request, response) => {
    const body: unknown = request.body;
    if (body === null || body === undefined) throw new Refusal('InvalidBody');
    const update = readUpdate(body);
    if (update) await intake.take(update);
    else log.warn({}, 'An update of an unknown form was passed over');
    response.status(200).end();
  });
  return router.use(own, answerNotFound, createErrorHandler(log));
}

/** In a time that tells nothing of how much is right. */
function compareWith(secret: string): (given: string) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}
