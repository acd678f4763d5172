import { createHash } from 'node:crypto';
import type { InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup } from 'telegraf/types';
import { CALENDAR_FEED_PATH } from '../../domain/calendar-paths.js';
import type { Link, SuggestedAction, TextContent } from '../../domain/message.js';
import type { LinkButton } from './notes.js';
import type { TelegramWords } from './words.js';

/** Longer titles take a row of their own: on a phone of 320 px they would be cut. */
const SHORT_TITLE = 16;
/** Characters of a conversation's tag. */
const TAG_LENGTH = 8;

/** What the one button of a used keyboard sends. */
export const USED_DATA = 'x';

/** What a button says when it is pressed. */
export type ButtonData =
  | { readonly kind: 'used' }
  /** The `index`-th action or link of the message `seq`. */
  | { readonly kind: 'action' | 'link'; readonly tag: string; readonly seq: number; readonly index: number };

/** Tells the buttons of a conversation from those of an earlier one of the same chat, whose numbers were the same. */
export function tagOf(conversationId: string): string {
  return createHash('sha256').update(conversationId).digest('base64url').slice(0, TAG_LENGTH);
}

/** Undefined for what no button of ours sends. */
export function readButtonData(data: string | undefined): ButtonData | undefined {
  if (data === USED_DATA) return { kind: 'used' };
  const [, tag, seq, isLink, index] = /^([\w-]+):(\d{1,9}):(ics)?(\d{1,2})$/.exec(data ?? '') ?? [];
  if (tag === undefined) return undefined;
  return { kind: isLink ? 'link' : 'action', tag, seq: Number(seq), index: Number(index) };
}

export interface ButtonsForm {
  readonly tag: string;
  readonly publicUrl?: string | undefined;
}

/** A message's buttons that say something. At most 64 bytes are sent with each (InlineKeyboardButton). */
export function actionRows(
  actions: readonly SuggestedAction[],
  seq: number,
  { tag }: ButtonsForm,
): InlineKeyboardMarkup['inline_keyboard'] {
  return inRows(actions.map(({ title }, index) => ({ text: title, callback_data: `${tag}:${seq}:${index}` })));
}

/** A message's links that can be buttons: web pages, and calendar files, which the bot sends. */
export function linkRows(
  links: readonly Link[],
  seq: number,
  { tag, publicUrl }: ButtonsForm,
): readonly (readonly LinkButton[])[] {
  return inRows(
    links.flatMap(({ title, url }, index): LinkButton[] => {
      if (isCalendarPath(url)) return [{ text: title, callback_data: `${tag}:${seq}:ics${index}` }];
      const page = toPage(url, publicUrl);
      return page === undefined ? [] : [{ text: title, url: page }];
    }),
  );
}

/** True for the file of one occurrence: the feed of all is for subscribers, and a file would not follow changes. */
export function isCalendarPath(url: string): boolean {
  return url.startsWith('/') && url.endsWith('.ics') && url !== CALENDAR_FEED_PATH;
}

/** An address that Telegram takes for a button. It takes none of this machine or without encryption. */
export function toPage(url: string, publicUrl: string | undefined): string | undefined {
  const page = url.startsWith('/') ? publicUrl && `${publicUrl}${url}` : url;
  return page?.startsWith('https://') ? page : undefined;
}

/** What is left of a keyboard once it was used. */
export function usedKeyboard(
  title: string,
  links: readonly (readonly LinkButton[])[],
  words: Pick<TelegramWords, 'used'>,
): InlineKeyboardMarkup {
  return toMarkup([[{ text: words.used.replace('{title}', () => title), callback_data: USED_DATA }], ...links]);
}

/** Without any row: the keyboard goes. */
export function toMarkup(rows: readonly (readonly InlineButton[])[]): InlineKeyboardMarkup {
  return { inline_keyboard: rows.map((row) => [...row]) };
}

type InlineButton = InlineKeyboardMarkup['inline_keyboard'][number][number];

/** True for the buttons of the menu, which stay under the field of a message instead of under one message. */
export function isMenu(actions: readonly SuggestedAction[], { menu }: Pick<TelegramWords, 'menu'>): boolean {
  return (
    actions.length > 0 &&
    actions.length === menu.length &&
    actions.every(({ title, value }, index) => title === menu[index]?.title && value === menu[index]?.value)
  );
}

export function menuKeyboard({ menu, placeholder }: TelegramWords): ReplyKeyboardMarkup {
  return {
    keyboard: rowsOfTitles(menu),
    is_persistent: true,
    resize_keyboard: true,
    input_field_placeholder: placeholder,
  };
}

/** Such a keyboard can send nothing but titles. */
export function canBeTyped(actions: readonly SuggestedAction[]): boolean {
  return actions.every(({ title, value }) => title === value);
}

/** The button that shares the resident's place, then the question's own. It goes once it was used. */
export function positionKeyboard(
  actions: readonly SuggestedAction[],
  { position }: TelegramWords,
): ReplyKeyboardMarkup {
  const share: KeyboardButton = { text: position.button, request_location: true };
  return {
    keyboard: [[share], ...rowsOfTitles(actions)],
    one_time_keyboard: true,
    resize_keyboard: true,
    input_field_placeholder: position.placeholder,
  };
}

/** The links of a message that no button can open: telephone, SMS, mail. Telegram makes the ones that it can be pressed. */
export function linksInText({ card }: TextContent, publicUrl: string | undefined): readonly Link[] {
  return (card?.links ?? []).filter(({ url }) => /^(tel|sms|mailto):/.test(url) || isPlainPage(url, publicUrl));
}

function isPlainPage(url: string, publicUrl: string | undefined): boolean {
  if (toPage(url, publicUrl) !== undefined || isCalendarPath(url)) return false;
  return url.startsWith('http://') || (url.startsWith('/') && publicUrl !== undefined);
}

function rowsOfTitles(actions: readonly SuggestedAction[]): KeyboardButton[][] {
  return inRows(actions.map(({ title }) => ({ text: title })));
}

/** Two in a row where both are short. */
function inRows<Button extends { readonly text: string }>(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  const isShort = ({ text }: Button): boolean => text.length <= SHORT_TITLE;
  for (const button of buttons) {
    const [only, second] = rows.at(-1) ?? [];
    if (only && !second && isShort(only) && isShort(button)) rows.at(-1)?.push(button);
    else rows.push([button]);
  }
  return rows;
}
