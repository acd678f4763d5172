import type { Timers } from '../../domain/timers.js';
import type { ChannelLog } from '../channel.js';
import { ApiFault, type TelegramApi } from './api.js';
import { codeOfFault } from './faults.js';
import type { Pace } from './pace.js';

/** Says what belongs to no conversation, in the pace of the chat. */
export interface Notices {
  /**
   * Resolves once it is said, may have been, or never will be: who has blocked the bot is told nothing. While the same words
   * are still to be said to the chat, they are said once for all who ask.
   * @param after goes before it.
   * @throws ApiFault when Telegram does not take it.
   */
  say(chatId: number, text: string, after?: Promise<unknown>): Promise<void>;
  /**
   * The same, for those who cannot wait long: resolves true after a few seconds at the latest, it is said later then. False
   * when it cannot be said before the end of this process. Never rejects.
   */
  undertake(chatId: number, text: string, after?: Promise<unknown>): Promise<boolean>;
}

export interface NoticesDependencies {
  readonly api: Pick<TelegramApi, 'call'>;
  readonly pace: Pace;
  readonly timers: Timers;
  readonly log: ChannelLog;
}

const MOST_TRIES = 3;
const PAUSE_MS = 2_000;
const LONGEST_WAIT_MS = 5_000;

export function createNotices({ api, pace, timers, log }: NoticesDependencies): Notices {
  /** By chat and words. */
  const pending = new Map<string, Promise<void>>();

  /** The fault after which it may be tried again. */
  async function attempt(chatId: number, text: string): Promise<ApiFault | undefined> {
    await pace.ready(chatId);
    try {
      await api.call('sendMessage', { chat_id: chatId, text });
      return undefined;
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault;
      log.warn({ code: codeOfFault(fault) }, 'A notice was not sent on Telegram');
      return fault.kind === 'refused' || fault.kind === 'unanswered' ? undefined : fault;
    } finally {
      pace.sent(chatId);
    }
  }

  async function begin(chatId: number, text: string, after?: Promise<unknown>): Promise<void> {
    await after;
    let fault = await attempt(chatId, text);
    for (let left = MOST_TRIES - 1; fault && left > 0; left -= 1) {
      pace.hold(Math.max(fault.retryAfterMs ?? 0, PAUSE_MS), chatId);
      fault = await attempt(chatId, text);
    }
    if (fault) throw fault;
  }

  function say(chatId: number, text: string, after?: Promise<unknown>): Promise<void> {
    const key = `${chatId} ${text}`;
    const said = pending.get(key) ?? begin(chatId, text, after).finally(() => pending.delete(key));
    pending.set(key, said);
    return said;
  }

  return {
    say,
    undertake(chatId, text, after) {
      return new Promise((resolve) => {
        const cancel = timers.set(() => resolve(true), LONGEST_WAIT_MS);
        const end = (isSure: boolean): void => {
          cancel();
          resolve(isSure);
        };
        // Telegram had its tries; anything else is the end of the pace.
        say(chatId, text, after).then(
          () => end(true),
          (fault: unknown) => end(fault instanceof ApiFault),
        );
      });
    },
  };
}
