import type { Clock } from '../../domain/clock.js';
import type { Timers } from '../../domain/timers.js';

/**
 * When a message may be sent: one a second to a chat, thirty a second to all (https://core.telegram.org/bots/faq, « My bot is
 * hitting limits »), those that have waited longest first. Both are kept as the service counts them, at arrival: a place is
 * taken from `ready` to one second after `sent`.
 */
export interface Pace {
  /**
   * Resolves when a message may be sent to the chat; `sent` is to follow. Rejects once closed.
   * @param end gives the place up, waited for or had, where nothing is sent after all; not to be used once it is.
   */
  ready(chatId: number, end?: AbortSignal): Promise<void>;
  /** The call that `ready` allowed is over, whatever came of it. */
  sent(chatId: number): void;
  /**
   * Nothing is sent to the chat for so long; to no chat when none is named. The service does not tell which of its limits it
   * means: a second chat that is held while a first one is means that all are.
   */
  hold(retryAfterMs: number, chatId?: number): void;
  /** How long `hold` has still stopped the chat for; 0 when it has not. */
  heldMs(chatId: number): number;
  close(): void;
}

export interface PaceDependencies {
  readonly clock: Clock;
  readonly timers: Timers;
  /** This process's part of what the service takes from all. Absent: all of it. */
  readonly mostASecond?: () => number;
}

/** A second, and what clocks of whole milliseconds lose. */
const SECOND = 1_005;
export const MOST_A_SECOND = 30;
/** A place whose `sent` never comes: longer than any call takes. */
const LONGEST_CALL = 30_000;
/** Longer than this no service is believed. */
const LONGEST_HOLD = 60 * 60_000;

interface Waiter {
  readonly chatId: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function createPace({ clock, timers, mostASecond = () => MOST_A_SECOND }: PaceDependencies): Pace {
  const queue: Waiter[] = [];
  /** When each of the places taken is free again; those of calls under way at the latest. */
  const places = createPlaces();
  const held = new Map<number, number>();
  let allHeldUntil = 0;
  let cancel: (() => void) | undefined;
  let latest = 0;
  let isClosed = false;

  /** Never goes back, whatever becomes of the clock; a timer that rang tells the time too. */
  function now(): number {
    latest = Math.max(latest, clock().getTime());
    return latest;
  }

  /** When the chat may be written to, as far as the chat itself matters. */
  const freeAt = (chatId: number): number => Math.max(held.get(chatId) ?? 0, places.freeAt(chatId));

  function pass(): void {
    cancel?.();
    cancel = undefined;
    const at = now();
    prune(at);
    for (let index = 0; index < queue.length && allHeldUntil <= at && places.count() < mostASecond(); ) {
      const waiter = queue[index];
      if (waiter && freeAt(waiter.chatId) <= at) {
        queue.splice(index, 1);
        places.take(waiter.chatId, at + LONGEST_CALL);
        waiter.resolve();
      } else index += 1;
    }
    if (queue.length > 0) wait(Math.max(1, nextAt() - at));
  }

  function wait(ms: number): void {
    const until = now() + ms;
    cancel = timers.set(() => {
      latest = Math.max(latest, until);
      pass();
    }, ms);
  }

  function prune(at: number): void {
    places.prune(at);
    for (const [chatId, until] of held) if (until <= at) held.delete(chatId);
  }

  function giveUp(waiter: Waiter): void {
    const index = queue.indexOf(waiter);
    if (index < 0) places.release(waiter.chatId, now());
    else queue.splice(index, 1);
    waiter.reject(new Error('The place was given up'));
    if (queue.length > 0) pass();
  }

  function nextAt(): number {
    const place = places.count() < mostASecond() ? 0 : places.firstFreeAt();
    const chat = queue.reduce((first, { chatId }) => Math.min(first, freeAt(chatId)), Number.POSITIVE_INFINITY);
    return Math.max(allHeldUntil, place, chat);
  }

  return {
    ready(chatId, end) {
      if (isClosed) return Promise.reject(new Error('The pace is closed'));
      return new Promise((resolve, reject) => {
        const waiter = { chatId, resolve, reject };
        queue.push(waiter);
        end?.addEventListener('abort', () => giveUp(waiter), { once: true });
        pass();
      });
    },
    sent(chatId) {
      places.release(chatId, now() + SECOND);
      if (queue.length > 0) pass();
    },
    hold(retryAfterMs, chatId) {
      const at = now();
      const until = at + Math.min(retryAfterMs, LONGEST_HOLD);
      prune(at);
      const isOfAll = chatId === undefined || [...held.keys()].some((other) => other !== chatId);
      if (chatId !== undefined) held.set(chatId, Math.max(until, held.get(chatId) ?? 0));
      if (isOfAll) allHeldUntil = Math.max(allHeldUntil, until);
      if (queue.length > 0) pass();
    },
    heldMs: (chatId) => Math.max(0, allHeldUntil - now(), (held.get(chatId) ?? 0) - now()),
    close() {
      isClosed = true;
      cancel?.();
      for (const { reject } of queue.splice(0)) reject(new Error('The pace is closed'));
    },
  };
}

interface Places {
  count(): number;
  /** 0 for a chat that has none. */
  freeAt(chatId: number): number;
  firstFreeAt(): number;
  take(chatId: number, until: number): void;
  release(chatId: number, until: number): void;
  prune(at: number): void;
}

/** A chat has one place at most, since it is written to once a second. */
function createPlaces(): Places {
  const until = new Map<number, number>();
  return {
    count: () => until.size,
    freeAt: (chatId) => until.get(chatId) ?? 0,
    firstFreeAt: () => Math.min(...until.values()),
    take: (chatId, at) => void until.set(chatId, at),
    release(chatId, at) {
      if (until.has(chatId)) until.set(chatId, at);
    },
    prune(at) {
      for (const [chatId, free] of until) if (free <= at) until.delete(chatId);
    },
  };
}
