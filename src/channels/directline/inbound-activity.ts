import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseBody } from '../../http/json-body.js';
import { Refusal } from '../../http/refusal.js';
import type { Inbound } from '../../pipeline/turn.js';
import { readText } from '../resident-text.js';

const CLIENT_ID = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => !id.includes('\0') && id.isWellFormed());

/**
 * The members of an activity that are read (Bot Framework Activity schema); all others are ignored, as the schema
 * asks of receivers. `from` is among those: who writes is told by the token.
 */
const ACTIVITY = z.object({
  type: z.string().min(1).max(100),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: z.object({ clientActivityID: CLIENT_ID.nullish() }).nullish(),
});

/** Whether a body that `readInbound` took for no message says that the resident types. */
export function isTyping(body: unknown): boolean {
  return parseBody(ACTIVITY, body).type === 'typing';
}

/**
 * A resident's message, or `undefined` for an activity that calls for no turn (typing, event, conversationUpdate …).
 * @throws Refusal `InvalidBody`, `UploadsNotAccepted`, and those of `readText`.
 */
export function readInbound(body: unknown): Inbound | undefined {
  const activity = parseBody(ACTIVITY, body);
  if (activity.type !== 'message') return undefined;
  if (activity.attachments && activity.attachments.length > 0) throw new Refusal('UploadsNotAccepted');
  const clientId = activity.channelData?.clientActivityID;
  return {
    text: readText(activity),
    ...(clientId ? { externalId: `c:${clientId}`, clientId } : { externalId: `r:${randomUUID()}` }),
  };
}
