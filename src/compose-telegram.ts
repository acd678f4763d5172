import { createTelegramChannel, type TelegramChannel } from './channels/telegram/create-telegram-channel.js';
import type { CalendarFile, TelegramDependencies, WebhookSettings } from './channels/telegram/deps.js';
import { WEBHOOK_PATH } from './channels/telegram/webhook.js';
import { createLiveCalendar } from './compose-answers.js';
import type { Parts, Services } from './compose-services.js';
import type { Calendar } from './content/calendar.js';
import { CALENDAR_FEED_PATH } from './domain/calendar-paths.js';
import { isLocalDate } from './domain/paris-time.js';
import { deriveKey } from './storage/data-key.js';

/** As `calendarPath` makes it. */
const OCCURRENCE_PATH = /^\/permanences\/([^/]+)\/([^/]+)\.ics$/;

/** What all push channels are given. */
type Given = Pick<
  TelegramDependencies,
  | 'conversations'
  | 'turns'
  | 'deliveries'
  | 'changes'
  | 'atStart'
  | 'names'
  | 'reveal'
  | 'clock'
  | 'timers'
  | 'leases'
  | 'peers'
  | 'asks'
  | 'claims'
  | 'changedSince'
  | 'publicUrl'
>;

/** Residents on Telegram; undefined without a token. */
export function createTelegram(
  { config, clock, log, content, opened }: Parts,
  { liveFacts, attachments }: Pick<Services, 'liveFacts' | 'attachments'>,
  given: Given,
): TelegramChannel | undefined {
  if (!config.telegram) return undefined;
  const { token, apiRoot, isPolling } = config.telegram;
  const webhook = isPolling ? undefined : webhookOf(config.publicUrl, opened.key, token);
  const calendar = createLiveCalendar(content, liveFacts);
  return createTelegramChannel({
    ...given,
    settings: { token, apiRoot, ...(webhook && { webhook }) },
    attachments,
    words: content.telegram,
    calendar: async (path) => fileAt(path, calendar, clock()),
    log,
  });
}

/** The same files as the web server's. */
function fileAt(path: string, calendar: Calendar, now: Date): CalendarFile | undefined {
  if (path === CALENDAR_FEED_PATH) return { name: path.slice(1), text: calendar.feed(now) };
  const [, id = '', date = ''] = OCCURRENCE_PATH.exec(path) ?? [];
  const text = isLocalDate(date) ? calendar.occurrence(id, date, now) : undefined;
  return text === undefined ? undefined : { name: `permanence-${date}.ics`, text };
}

function webhookOf(publicUrl: string | undefined, key: Buffer, token: string): WebhookSettings | undefined {
  if (publicUrl === undefined) return undefined;
  // The same in all processes and after each start; another one for another bot.
  const secret = deriveKey(key, `telegram webhook ${token}`).toString('base64url');
  return { url: `${publicUrl}${WEBHOOK_PATH}`, secret };
}
