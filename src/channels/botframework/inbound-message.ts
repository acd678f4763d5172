import { z } from 'zod';
import { parseBody } from '../../http/json-body.js';

const id = z.string().min(1).max(1000);
const account = z.looseObject({ id });

/** The members of an activity without which it cannot be answered (Bot Framework Activity schema). */
const ACTIVITY = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.optional(),
  channelId: id,
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2000),
  conversation: account,
  from: account,
  recipient: account,
  text: z.string().nullish(),
  attachments: z.array(z.unknown()).nullish(),
  membersAdded: z.array(account).nullish(),
});

export type InboundActivity = z.infer<typeof ACTIVITY>;

/** @throws Refusal `InvalidBody`. */
export function readActivity(body: unknown): InboundActivity {
  return parseBody(ACTIVITY, body);
}
