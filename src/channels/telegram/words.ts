import type { SuggestedAction } from '../../domain/message.js';

/** What people read on Telegram besides what every channel shows. */
export interface TelegramWords {
  /** In the order of the menu. `says` is what choosing it says to the assistant. */
  readonly commands: readonly { readonly command: string; readonly description: string; readonly says: string }[];
  /** What `t.me/<bot>?start=<payload>` says, by payload. */
  readonly payloads: Readonly<Record<string, string>>;
  /** Under « What can this bot do? », before a chat begins: at most 512 characters. */
  readonly description: string;
  /** On the bot's profile: at most 120 characters. */
  readonly shortDescription: string;
  /** Said in a group or channel, before leaving it. */
  readonly privateOnly: string;
  /** In place of an answer to a message that could not be taken. */
  readonly notTaken: Readonly<Record<'tooLong' | 'unreadable' | 'failed', string>>;
  /** What the one button left of a used keyboard says: `{title}`. */
  readonly used: string;
  readonly toasts: Readonly<Record<'used' | 'gone' | 'file' | 'fileGone', string>>;
  /** In the empty field of a message, under the menu's buttons. */
  readonly placeholder: string;
  readonly position: Readonly<Record<'button' | 'placeholder' | 'offer', string>>;
  /** Under a calendar file. */
  readonly calendarCaption: string;
  /** The buttons of the menu, which stay under the field of a message. */
  readonly menu: readonly SuggestedAction[];
}
