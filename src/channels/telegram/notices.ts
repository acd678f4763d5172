import type { ChannelLog } from '../channel.js';
import { ApiFault, type TelegramApi } from './api.js';
import { codeOfFault } from './faults.js';
import type { Pace } from './pace.js';

/** Says what belongs to no conversation, in the pace of the chat. */
export interface Notices {
  /**
   * Resolves once it is said, may have been, or never will be: who has blocked the bot is told nothing.
   * @throws ApiFault while Telegram does not take it.
   */
  say(chatId: number, text: string): Promise<void>;
}

export interface NoticesDependencies {
  readonly api: Pick<TelegramApi, 'call'>;
  readonly pace: Pace;
  readonly log: ChannelLog;
}

const MOST_TRIES = 3;
const PAUSE_MS = 2_000;

export function createNotices({ api, pace, log }: NoticesDependencies): Notices {
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

  return {
    async say(chatId, text) {
      let fault = await attempt(chatId, text);
      for (let left = MOST_TRIES - 1; fault && left > 0; left -= 1) {
        pace.hold(Math.max(fault.retryAfterMs ?? 0, PAUSE_MS), chatId);
        fault = await attempt(chatId, text);
      }
      if (fault) throw fault;
    },
  };
}
