import type { Clock } from '../../domain/clock.js';
import type { Timers } from '../../domain/timers.js';
import type { WakeUps } from '../../domain/wake-ups.js';
import { ApiFault, type TelegramApi } from './api.js';

/**
 * Shows « écrit… » in a chat. It goes by itself after five seconds, or with the next message, so that it is shown again as
 * long as it lasts and never more often. It is no message: it takes no place in the pace, and nothing waits for it.
 */
export interface Typing {
  /** Shows it while `run` lasts, once that is longer than a blink. */
  during<T>(chatId: number, run: () => Promise<T>): Promise<T>;
  close(): void;
}

export interface TypingDependencies {
  readonly api: TelegramApi;
  readonly timers: Timers;
  /** Tells of delegates who type. */
  readonly changes: Pick<WakeUps, 'subscribeAll'>;
  /** Undefined for a conversation that is none of the channel's. */
  readonly chatOf: (conversationId: string) => Promise<number | undefined>;
  /** Of several processes that are told of a delegate, one shows it. Absent: this one. */
  readonly isSender?: () => boolean;
  readonly clock: Clock;
}

const PATIENCE_MS = 300;
/** https://core.telegram.org/bots/api#sendchataction */
const SHOWN_MS = 5_000;
const CALL_MS = 3_000;
/** Beyond, those that are over are forgotten. */
const MOST_KNOWN = 1_000;

export function createTyping(deps: TypingDependencies): Typing {
  const { api, timers, changes, chatOf, clock, isSender = () => true } = deps;
  const now = (): number => clock().getTime();
  const shown = createQuietTimes<number>(now);
  const asked = createQuietTimes<string>(now);

  async function show(chatId: number): Promise<void> {
    if (shown.isQuiet(chatId)) return;
    shown.set(chatId, SHOWN_MS);
    try {
      await api.call('sendChatAction', { chat_id: chatId, action: 'typing' }, CALL_MS);
    } catch (error) {
      // Nobody misses it; the service is left alone for as long as it asks.
      shown.set(chatId, Math.max(SHOWN_MS, (error instanceof ApiFault && error.retryAfterMs) || 0));
    }
  }

  async function showDelegate(conversationId: string): Promise<void> {
    if (asked.isQuiet(conversationId)) return;
    asked.set(conversationId, SHOWN_MS);
    const chatId = await chatOf(conversationId).catch(() => undefined);
    if (chatId !== undefined) await show(chatId);
  }

  const endFollowing = changes.subscribeAll((id, signal) => {
    if (signal.kind === 'typing' && signal.author === 'delegate' && isSender()) void showDelegate(id);
  });

  return {
    async during(chatId, run) {
      let cancel = timers.set(showOn, PATIENCE_MS);
      function showOn(): void {
        void show(chatId);
        cancel = timers.set(showOn, SHOWN_MS);
      }
      try {
        return await run();
      } finally {
        cancel();
      }
    },
    close: endFollowing,
  };
}

interface QuietTimes<Key> {
  isQuiet(key: Key): boolean;
  set(key: Key, ms: number): void;
}

function createQuietTimes<Key>(now: () => number): QuietTimes<Key> {
  const until = new Map<Key, number>();
  return {
    isQuiet: (key) => (until.get(key) ?? 0) > now(),
    set(key, ms) {
      if (until.size >= MOST_KNOWN) for (const [old, end] of until) if (end <= now()) until.delete(old);
      until.set(key, now() + ms);
    },
  };
}
