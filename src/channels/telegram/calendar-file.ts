import type { Clock } from '../../domain/clock.js';
import type { ChannelLog } from '../channel.js';
import { ApiFault, type TelegramApi } from './api.js';
import type { RecentMessages } from './deletions.js';
import type { CalendarFile } from './deps.js';
import { codeOfFault } from './faults.js';
import type { Pace } from './pace.js';
import type { TelegramWords } from './words.js';

export interface CalendarFileDependencies {
  readonly api: TelegramApi;
  readonly pace: Pace;
  /** Learns what was sent, for an erasure. */
  readonly recent: RecentMessages;
  readonly words: Pick<TelegramWords, 'calendarCaption'>;
  readonly log: ChannelLog;
  readonly clock: Clock;
}

const UPLOAD_MS = 20_000;
const MOST_TRIES = 2;

export interface FileAddress {
  readonly chatId: number;
  readonly conversationId: string;
}

/**
 * Sends the file as a document, which phones open in their calendar. Tried again where nothing arrived; a file that is lost is
 * asked for again by its button. Never rejects.
 */
export async function sendCalendarFile(
  { name, text }: CalendarFile,
  { chatId, conversationId }: FileAddress,
  deps: CalendarFileDependencies,
): Promise<void> {
  const { api, pace, recent, words, log } = deps;
  const document = { source: Buffer.from(text, 'utf8'), filename: name };
  for (let left = MOST_TRIES; left > 0; left -= 1) {
    try {
      await pace.ready(chatId);
      const sent = await api
        .call('sendDocument', { chat_id: chatId, document, caption: words.calendarCaption }, UPLOAD_MS)
        .finally(() => pace.sent(chatId));
      recent.note(conversationId, [sent.message_id, sent.date * 1000]);
      return;
    } catch (error) {
      log.warn({ code: codeOfFault(error) }, 'A calendar file was not sent on Telegram');
      if (!(error instanceof ApiFault) || error.kind !== 'failed') return;
      if (error.status === 429) pace.hold(error.retryAfterMs ?? 1_000, chatId);
    }
  }
}
