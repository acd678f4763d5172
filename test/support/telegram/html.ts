import { badRequest } from './refusal.js';
import type { Entity } from './types.js';

/** https://core.telegram.org/bots/api#html-style */
const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  blockquote: 'blockquote',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
};
const CHARACTERS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
const PART = /<(\/?)([a-z-]+)((?:\s[^<>]*)?)>|&(?:lt|gt|amp|quot);|[^<&]+|[<&]/giu;

interface Open {
  readonly tag: string;
  readonly offset: number;
  readonly url: string | undefined;
}

/** @throws Refusal */
export function parseHtml(source: string): { readonly text: string; readonly entities: readonly Entity[] } {
  const entities: Entity[] = [];
  const open: Open[] = [];
  let text = '';
  for (const { 0: part, 1: slash, 2: name, 3: rest = '', index } of source.matchAll(PART)) {
    const tag = name?.toLowerCase();
    if (tag === undefined) {
      if (part === '<') throw badRequest(`can't parse entities: Unexpected end tag at byte offset ${index}`);
      text += CHARACTERS[part.toLowerCase()] ?? part;
    } else if (!(tag in TAGS)) {
      throw badRequest(`can't parse entities: Unsupported start tag "${tag}" at byte offset ${index}`);
    } else if (slash) {
      close(tag, index);
    } else {
      open.push({ tag, offset: text.length, url: /href="([^"]*)"/.exec(rest)?.[1] });
    }
  }
  const left = open.at(-1);
  if (left) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities };

  function close(tag: string, index: number): void {
    const last = open.pop();
    if (last?.tag !== tag) throw badRequest(`can't parse entities: Unmatched end tag at byte offset ${index}`);
    const length = text.length - last.offset;
    const type = TAGS[tag] ?? tag;
    if (length > 0) entities.push({ type, offset: last.offset, length, ...(last.url && { url: last.url }) });
  }
}
