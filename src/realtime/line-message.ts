import { z } from 'zod';
import type { PeerTopic } from '../domain/peers.js';

const TOPICS = [
  'signal',
  'presence',
  'residents',
  'session',
  'change',
  'secret',
] as const satisfies readonly PeerTopic[];
const TOPIC = z.enum(TOPICS);
const ID = z.number().int().nonnegative();

/** What passes on the line. Of another version there may be others, which are passed over. */
const MESSAGE = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('beat') }),
  z.object({ kind: z.literal('leave') }),
  z.object({ kind: z.literal('tell'), topic: TOPIC, content: z.unknown() }),
  z.object({ kind: z.literal('ask'), id: ID, topic: TOPIC, content: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: ID, to: z.string(), content: z.unknown() }),
]);

export type LineMessage = z.infer<typeof MESSAGE>;
export type Question = Extract<LineMessage, { kind: 'ask' }>;
export type Answer = Extract<LineMessage, { kind: 'answer' }>;

export function readLineMessage(text: string): LineMessage | undefined {
  try {
    return MESSAGE.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
