import type { TelegramApi } from './api.js';
import type { TelegramWords } from './words.js';

/** The language of the people, and all others: the service speaks French to everybody. */
const LANGUAGES = [{}, { language_code: 'fr' }] as const;

/** What a link may hand over (https://core.telegram.org/bots/features#deep-linking): nobody has written it. */
const PAYLOAD = /^[\w-]{1,64}$/;

const COMMAND = /^\/([a-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+([\s\S]*))?$/i;

/**
 * Tells Telegram what it shows of the bot: its commands, what it is for, and the button that opens the commands. Doing it
 * again changes nothing.
 * @throws ApiFault
 */
export async function registerCommands(api: TelegramApi, words: TelegramWords): Promise<void> {
  const commands = words.commands.map(({ command, description }) => ({ command, description }));
  for (const language of LANGUAGES) {
    await api.call('setMyCommands', { commands, scope: { type: 'all_private_chats' }, ...language });
    await api.call('setMyDescription', { description: words.description, ...language });
    await api.call('setMyShortDescription', { short_description: words.shortDescription, ...language });
  }
  await api.call('setChatMenuButton', { menu_button: { type: 'commands' } });
}

/** `/start`, with what stood in the link that led here; undefined for anything else. */
export function readStart(text: string): { readonly payload: string } | undefined {
  const [, command, rest = ''] = COMMAND.exec(text.trim()) ?? [];
  return command?.toLowerCase() === 'start' ? { payload: rest.trim() } : undefined;
}

/** A command of the bot. */
export interface Command {
  /** What it says to the assistant. */
  readonly says: string;
  /** What is written after it. It is not taken: after `/signaler` it would be a report that nobody has asked for in confidence. */
  readonly unread?: string;
}

/** Undefined for what is none of the bot's commands. */
export function readCommand(text: string, { commands, payloads }: TelegramWords): Command | undefined {
  const [, command = '', after = ''] = COMMAND.exec(text.trim()) ?? [];
  const name = command.toLowerCase();
  const rest = after.trim();
  const isPayload = name === 'start' && PAYLOAD.test(rest);
  const linked = isPayload && Object.hasOwn(payloads, rest.toLowerCase()) ? payloads[rest.toLowerCase()] : undefined;
  const says = linked ?? commands.find((one) => one.command === name)?.says;
  if (says === undefined) return undefined;
  return { says, ...(rest !== '' && !isPayload && { unread: rest }) };
}
