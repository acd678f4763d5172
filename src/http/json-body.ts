import express, { type RequestHandler } from 'express';
import type { z } from 'zod';
import { Refusal } from './refusal.js';

const BODY_LIMIT = '64kb';

/** Reads a JSON object of at most 64 kB into `request.body`, which is `undefined` when there is no body. */
export function jsonBody(): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: BODY_LIMIT, inflate: false, type: 'application/json' })];
}

/** @throws Refusal `InvalidBody`, which says nothing of what the body held. */
export function parseBody<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body);
  if (!result.success) throw new Refusal('InvalidBody');
  return result.data;
}

const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const length = request.get('content-length');
  const hasBody = request.get('transfer-encoding') !== undefined || (length !== undefined && Number(length) > 0);
  if (hasBody && !request.is('application/json')) throw new Refusal('UnsupportedMediaType');
  next();
};
