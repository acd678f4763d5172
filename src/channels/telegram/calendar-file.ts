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
/** Whoever presses again after that wants it again. */
const JUST_NOW_MS = 10_000;
/** Buttons that are remembered; beyond, the one pressed longest ago is forgotten. */
const MOST_KNOWN = 1_000;

export interface FilePress {
  readonly chatId: number;
  readonly conversationId: string;
  /** Which button of the conversation asks for it. */
  readonly button: string;
}

export interface CalendarFiles {
  /**
   * Sends the file as a document, which phones open in their calendar. Tried again where nothing arrived; a file that is lost
   * is asked for again by its button. A button that is pressed twice, or a press that is handed in again, sends it once.
   * Never rejects.
   */
  send(file: CalendarFile, press: FilePress): Promise<void>;
}

export function createCalendarFiles(deps: CalendarFileDependencies): CalendarFiles {
  /** Until when a button sends nothing more. */
  const known = new Map<string, number>();

  function remember(key: string, until: number): void {
    known.set(key, until);
    const [oldest] = known.size > MOST_KNOWN ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  }

  return {
    async send(file, press) {
      const key = `${press.conversationId}:${press.button}`;
      if ((known.get(key) ?? 0) > deps.clock().getTime()) return;
      known.delete(key);
      remember(key, Number.POSITIVE_INFINITY);
      if (await sendFile(file, press, deps)) remember(key, deps.clock().getTime() + JUST_NOW_MS);
      else known.delete(key);
    },
  };
}

/** True once it has arrived. */
async function sendFile(
  { name, text }: CalendarFile,
  { chatId, conversationId }: FilePress,
  { api, pace, recent, words, log }: CalendarFileDependencies,
): Promise<boolean> {
  const document = { source: Buffer.from(text, 'utf8'), filename: name };
  for (let left = MOST_TRIES; left > 0; left -= 1) {
    try {
      await pace.ready(chatId);
      const sent = await api
        .call('sendDocument', { chat_id: chatId, document, caption: words.calendarCaption }, UPLOAD_MS)
        .finally(() => pace.sent(chatId));
      recent.note(conversationId, [sent.message_id, sent.date * 1000]);
      return true;
    } catch (error) {
      log.warn({ code: codeOfFault(error) }, 'A calendar file was not sent on Telegram');
      if (!(error instanceof ApiFault) || (error.kind !== 'failed' && error.kind !== 'unreachable')) return false;
      if (error.status === 429) pace.hold(error.retryAfterMs ?? 1_000, chatId);
    }
  }
  return false;
}
