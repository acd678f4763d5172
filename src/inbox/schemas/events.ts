import { z } from 'zod';
import { seq } from './common.js';
import { card, detail, message } from './conversations.js';
import { colleague } from './team.js';

/**
 * The event stream (`text/event-stream`). Its first event is `queue`, a whole picture; then `reports`; then changes. The messages
 * of the conversation that the page shows carry their `seq` as the event's id, so that a browser that comes back resumes
 * after the last one it has. A lost event is made good within 20 s: the server compares what it sent with storage.
 */
export const streamQuery = z.strictObject({
  /** The conversation on the screen. */
  conversation: z.string().max(100).optional(),
  /** `seq` of the last message that the page has of it; `Last-Event-ID` wins. */
  after: z.coerce.number().int().min(0).optional(),
});

export const queueEvent = z.strictObject({
  cards: z.array(card),
  team: z.array(colleague),
  /** How far the reader has read, by conversation. */
  readSeqs: z.record(z.string(), seq),
  /** Milliseconds since 1970: waits are counted by the server's clock. */
  now: z.int(),
});
export const cardGoneEvent = z.strictObject({ id: z.string() });
export const teamEvent = z.strictObject({ team: z.array(colleague) });
export const messagesEvent = z.strictObject({ conversationId: z.string(), messages: z.array(message) });
export const detailEvent = z.strictObject({ detail });
export const typingEvent = z.strictObject({
  conversationId: z.string(),
  author: z.enum(['resident', 'delegate']),
  /** Of the delegate. */
  name: z.string().optional(),
});
/** All that a locked page is told: enough to ring. */
export const waitingEvent = z.strictObject({ waiting: z.int(), emergencies: z.int() });

/** Sent after `queue`, and whenever a report changes: ask again for what is on the screen. */
export const reportsEvent = z.strictObject({ unread: z.int(), overdue: z.int(), changedAt: z.int() });

export const EVENTS = {
  queue: queueEvent,
  card,
  'card-gone': cardGoneEvent,
  team: teamEvent,
  messages: messagesEvent,
  detail: detailEvent,
  typing: typingEvent,
  reports: reportsEvent,
  waiting: waitingEvent,
  /** The session was locked, ended or revoked: the stream closes after it. */
  'session-over': z.strictObject({ reason: z.enum(['locked', 'ended']) }),
} as const;
