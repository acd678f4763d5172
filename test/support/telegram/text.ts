import { parseHtml } from './html.js';
import { type Given, isList, isRecord, jsonOf, textOf } from './parameters.js';
import { badRequest } from './refusal.js';
import type { Entity, Json } from './types.js';

export interface Formatted {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** https://core.telegram.org/bots/api#messageentity */
const KINDS = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
];

/** What the server finds by itself in a text, whoever wrote it. */
const FOUND: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s<>«»]*[^\s<>«».,;:!?)\]]/giu],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/giu],
  ['url', /(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu)\b(?:\/[^\s<>«»]*[^\s<>«».,;:!?)\]])?/giu],
  ['bot_command', /(?<![\w/<>])\/\w{1,32}(?:@\w{3,32})?(?![\w/])/gu],
  ['mention', /(?<![\w@/])@\w{4,32}\b/gu],
  ['hashtag', /(?<![\w#/])#\p{L}[\p{L}\p{N}_]*/gu],
  ['phone_number', /(?<![\w+.])(?:\+\d{1,3}[ .]?\d|0\d)(?:[ .]?\d\d){4}(?![\w.]\d)/gu],
];

/**
 * The text and its entities (`text`/`entities`, `caption`/`caption_entities`), checked.
 * `most` counts UTF-16 units, the unit of entities: the limit « after entities parsing » is in characters, which cannot be
 * more (https://core.telegram.org/bots/api#sendmessage).
 * @throws Refusal
 */
export function readFormatted(given: Given, names: { text: string; entities: string }, most: number): Formatted {
  const raw = textOf(given, names.text);
  const mode = textOf(given, 'parse_mode').toLowerCase();
  const parsed = readMode(raw, mode) ?? { text: raw, entities: readEntities(given, names.entities) };
  checkBounds(parsed);
  const trimmed = trim(parsed);
  if (trimmed.text.length > most) {
    throw badRequest(names.text === 'caption' ? 'message caption is too long' : 'message is too long');
  }
  return withFound(trimmed);
}

/** As the server adds them to what a person writes. */
export function withFound({ text, entities }: Formatted): Formatted {
  const all = [...entities];
  for (const [type, pattern] of FOUND) {
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const entity = { type, offset: index, length: match.length };
      if (!all.some((other) => isAutomatic(other) && overlap(other, entity))) all.push(entity);
    }
  }
  return { text, entities: all.sort((one, other) => one.offset - other.offset || other.length - one.length) };
}

const STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote'];
const isAutomatic = ({ type }: Entity): boolean => !STYLES.includes(type);

function overlap(one: Entity, other: Entity): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}

/** https://core.telegram.org/bots/api#formatting-options; the product sends entities, so that Markdown is not read here. */
function readMode(text: string, mode: string): Formatted | undefined {
  if (mode === '' || mode === 'none') return undefined;
  if (mode === 'html') return parseHtml(text);
  if (mode === 'markdown' || mode === 'markdownv2') throw badRequest('the fake server does not read Markdown');
  throw badRequest('unsupported parse_mode');
}

function readEntities(given: Given, name: string): readonly Entity[] {
  const list = jsonOf(given, name, "can't parse entities JSON object");
  if (list === undefined || list === null) return [];
  if (!isList(list)) throw badRequest('expected an Array of MessageEntity');
  return list.map(readEntity);
}

function readEntity(value: Json): Entity {
  if (!isRecord(value)) throw badRequest("can't parse MessageEntity: expected an Object");
  const { type, offset, length } = value;
  if (typeof type !== 'string' || !KINDS.includes(type)) {
    throw badRequest("can't parse MessageEntity: unsupported type specified");
  }
  if (!Number.isInteger(offset) || Number(offset) < 0) throw badRequest('receive an entity with incorrect offset');
  if (!Number.isInteger(length) || Number(length) < 0) throw badRequest('receive an entity with incorrect length');
  if (type === 'text_link' && typeof value.url !== 'string') {
    throw badRequest('can\'t parse MessageEntity: field "url" must be of type String');
  }
  return { ...value, type, offset: Number(offset), length: Number(length) };
}

/** « offset … in UTF-16 code units »: an entity neither passes the end nor cuts a surrogate pair. */
function checkBounds({ text, entities }: Formatted): void {
  for (const { offset, length } of entities) {
    if (offset + length > text.length) {
      const at = `entity beginning at UTF-16 offset ${offset}`;
      throw badRequest(`${at} ends after the end of the text at UTF-16 offset ${text.length}`);
    }
    if (isInsidePair(text, offset)) {
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`);
    }
    if (isInsidePair(text, offset + length)) {
      throw badRequest(`entity ends in a middle of a UTF-16 symbol at byte offset ${offset + length}`);
    }
  }
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) && /[\uD800-\uDBFF]$/.test(text.slice(0, at));
}

/** The server takes space away at both ends, entities move along, and what marks nothing any more goes. */
function trim({ text, entities }: Formatted): Formatted {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const kept: Entity[] = [];
  for (const entity of entities) {
    const from = Math.max(entity.offset - start, 0);
    const to = Math.min(entity.offset + entity.length - start, trimmed.length);
    if (to > from) kept.push({ ...entity, offset: from, length: to - from });
  }
  return { text: trimmed, entities: kept };
}
