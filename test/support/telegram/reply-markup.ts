import { type Given, isList, isRecord, jsonOf } from './parameters.js';
import { badRequest } from './refusal.js';
import type { InlineButton, Json, JsonRecord, ReplyKeyboard } from './types.js';

export type Markup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly wire: JsonRecord | undefined }
  | { readonly kind: 'reply'; readonly keyboard: ReplyKeyboard }
  | { readonly kind: 'remove' }
  | { readonly kind: 'force' };

/** https://core.telegram.org/bots/api#inlinekeyboardbutton: one of these beside `text`. */
const INLINE_KINDS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];
const CALLBACK_BYTES = 64;
const PLACEHOLDER_CHARACTERS = 64;
/** Of one message; the server leaves the rest out, which no message of the product should need. */
const MOST_BUTTONS = 100;

/** @throws Refusal */
export function readMarkup(given: Given): Markup {
  const value = jsonOf(given, 'reply_markup', "can't parse reply keyboard markup JSON object");
  if (value === undefined || value === null) return { kind: 'none' };
  if (!isRecord(value)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) return { kind: 'inline', wire: inlineOf(value.inline_keyboard) };
  if ('keyboard' in value) return { kind: 'reply', keyboard: replyOf(value) };
  if (value.remove_keyboard === true) return { kind: 'remove' };
  if (value.force_reply === true) return { kind: 'force' };
  return { kind: 'none' };
}

/** https://core.telegram.org/bots/api#inlinekeyboardmarkup; undefined for an empty one, which shows nothing. */
function inlineOf(rows: Json): JsonRecord | undefined {
  const read = rowsOf(rows, 'inline_keyboard', 'InlineKeyboardMarkup').map((row) => row.map(inlineButton));
  const kept = read.filter((row) => row.length > 0);
  return kept.length === 0 ? undefined : { inline_keyboard: kept };
}

function rowsOf(rows: Json, field: string, owner: string): readonly (readonly Json[])[] {
  if (!isList(rows)) throw badRequest(`field "${field}" of the ${owner} must be an Array of Arrays`);
  const read = rows.map((row) => {
    if (!isList(row)) throw badRequest(`field "${field}" of the ${owner} must be an Array of Arrays`);
    return row;
  });
  if (read.flat().length > MOST_BUTTONS) throw badRequest('reply markup is too long');
  return read;
}

function inlineButton(button: Json): JsonRecord {
  const cannot = (why: string): Error => badRequest(`can't parse inline keyboard button: ${why}`);
  if (!isRecord(button)) throw cannot('InlineKeyboardButton must be an Object');
  if (typeof button.text !== 'string') throw cannot('Field "text" must be of type String');
  if (button.text.trim() === '') throw cannot('Text must be non-empty');
  const kinds = INLINE_KINDS.filter((kind) => kind in button);
  if (kinds.length === 0) throw cannot('Text buttons are unallowed in the inline keyboard');
  if (kinds.length > 1) throw cannot('exactly one of the optional fields must be used');
  if ('callback_data' in button) checkData(button.callback_data);
  if ('url' in button) return { ...button, url: checkedUrl(button.url) };
  return button;
}

/** « callback_data: Data to be sent in a callback query … 1-64 bytes ». */
function checkData(data: Json): void {
  if (typeof data !== 'string')
    throw badRequest('can\'t parse inline keyboard button: Field "callback_data" must be a String');
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID');
}

/** « url: HTTP or tg:// URL to be opened »: `tel:` and `mailto:` are refused. */
function checkedUrl(url: Json): string {
  const text = typeof url === 'string' ? url : '';
  const complaint = `inline keyboard button URL '${text}' is invalid`;
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(text)?.[1]?.toLowerCase();
  const full = scheme === undefined || /^[^/]+\.[^/]+:\d/u.test(text) ? `http://${text}` : text;
  if (scheme === 'tg' || scheme === 'ton') return text;
  if (!/^https?:\/\//iu.test(full)) throw badRequest(`${complaint}: Unsupported URL protocol`);
  const parsed = URL.canParse(full) ? new URL(full) : undefined;
  const isHost = parsed && (parsed.hostname.includes('.') || parsed.hostname.startsWith('['));
  if (!isHost || /\s/u.test(text)) throw badRequest(`${complaint}: Wrong HTTP URL`);
  return full;
}

/** https://core.telegram.org/bots/api#replykeyboardmarkup */
function replyOf(markup: JsonRecord): ReplyKeyboard {
  const placeholder = markup.input_field_placeholder;
  if (placeholder !== undefined && (typeof placeholder !== 'string' || placeholder.length > PLACEHOLDER_CHARACTERS)) {
    throw badRequest('input field placeholder is invalid');
  }
  const rows = rowsOf(markup.keyboard, 'keyboard', 'ReplyKeyboardMarkup').map((row) => row.map(replyButton));
  if (rows.flat().length === 0) throw badRequest('reply keyboard must have at least one button');
  return {
    rows,
    isPersistent: markup.is_persistent === true,
    isOneTime: markup.one_time_keyboard === true,
    isResized: markup.resize_keyboard === true,
    ...(placeholder ? { placeholder } : {}),
  };
}

function replyButton(button: Json): { readonly text: string; readonly requestsLocation: boolean } {
  if (typeof button === 'string') return replyButton({ text: button });
  if (!isRecord(button) || typeof button.text !== 'string' || button.text.trim() === '') {
    throw badRequest('can\'t parse keyboard button: Field "text" must be a non-empty String');
  }
  return { text: button.text, requestsLocation: button.request_location === true };
}

/** As a person sees it. */
export function buttonsOf(markup: JsonRecord | undefined): readonly (readonly InlineButton[])[] {
  const rows = markup?.inline_keyboard;
  if (!isList(rows)) return [];
  return rows.map((row) => (isList(row) ? row : []).filter(isRecord).map(toButton));
}

function toButton(button: JsonRecord): InlineButton {
  return {
    text: String(button.text),
    ...(typeof button.callback_data === 'string' && { data: button.callback_data }),
    ...(typeof button.url === 'string' && { url: button.url }),
  };
}
