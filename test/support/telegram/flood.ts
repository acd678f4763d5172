import { type Refusal, tooManyRequests } from './refusal.js';
import type { Violation } from './types.js';
import type { World } from './world.js';

export interface FloodSettings {
  readonly isRefused: boolean;
  readonly burst: number;
  readonly overall: number;
}

export interface Flood {
  readonly violations: Violation[];
  /** Counts a message that is about to be sent. @throws Refusal (429) if it is too much and floods are refused. */
  count(method: string, chatId: number): void;
  noteRefusal(method: string, chatId: number | undefined, description: string): void;
}

const MINUTE_MS = 60_000;
const GROUP_MOST = 20;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * « In a single chat, avoid sending more than one message per second. We may allow short bursts that go over this limit » and
 * « bots are not able to broadcast more than about 30 messages per second »
 * (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). How short is not documented.
 */
export function createFlood(world: World, { isRefused, burst, overall }: FloodSettings): Flood {
  const violations: Violation[] = [];
  const chats = new Map<number, Bucket>();
  // A window, not a bucket, for the whole: a full bucket and its refill would let twice as many pass in a second.
  let recent: number[] = [];
  const groups = new Map<number, readonly number[]>();

  /** « In a group, bots are not be able to send more than 20 messages per minute. » */
  function waitOfGroup(chatId: number, now: number): number {
    const sent = (groups.get(chatId) ?? []).filter((at) => now - at < MINUTE_MS);
    if (groups.has(chatId)) groups.set(chatId, sent);
    return sent.length >= GROUP_MOST ? MINUTE_MS - (now - (sent[0] ?? now)) : 0;
  }

  /** @returns milliseconds until there is room, 0 if there is. */
  function waitOf(bucket: Bucket, now: number): number {
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(now - bucket.at, 0) / 1000);
    bucket.at = now;
    return bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) * 1000;
  }

  function refuse(kind: Violation['kind'], method: string, chatId: number, waitMs: number): Refusal {
    const refusal = tooManyRequests(Math.max(1, Math.ceil(waitMs / 1000)));
    violations.push({ kind, method, chatId, at: world.now(), description: refusal.description });
    return refusal;
  }

  return {
    violations,
    count(method, chatId) {
      const now = world.now();
      const bucket = chats.get(chatId) ?? { tokens: burst, at: now };
      chats.set(chatId, bucket);
      const chatWait = waitOf(bucket, now);
      recent = recent.filter((at) => now - at < 1000);
      const groupWait = waitOfGroup(chatId, now);
      const wholeWait = recent.length >= overall ? 1000 - (now - (recent[0] ?? now)) : 0;
      const ownWait = Math.max(chatWait, groupWait);
      if (ownWait > 0) raise(refuse('per-chat', method, chatId, ownWait));
      if (wholeWait > 0) raise(refuse('overall', method, chatId, wholeWait));
      bucket.tokens = Math.max(bucket.tokens - 1, 0);
      recent.push(now);
      if (chatId < 0) groups.set(chatId, [...(groups.get(chatId) ?? []), now]);
    },
    noteRefusal(method, chatId, description) {
      violations.push({
        kind: 'refused',
        method,
        at: world.now(),
        description,
        ...(chatId !== undefined && { chatId }),
      });
    },
  };

  function raise(refusal: Refusal): void {
    if (isRefused) throw refusal;
  }
}
