import { expect } from '@jest/globals';
import type { Link, TextContent } from '../../../src/domain/message.js';
import type { ReplyKeyboard, SeenMessage } from '../telegram/types.js';

/**
 * Fails unless the messages say all that was said, in its order and nothing else; each link can be followed, and each answer
 * that was proposed last can be given by a button. (Buttons of an earlier bubble are taken over by the later ones, as in Web
 * Chat.)
 */
export function expectShownOnTelegram(
  messages: readonly SeenMessage[],
  said: readonly TextContent[],
  { keyboard, positionOffer }: { readonly keyboard: ReplyKeyboard | undefined; readonly positionOffer: string },
): void {
  const last = said.at(-1);
  const asksForPlace = last?.asksFor === 'position';
  const shown = inOneLine(messages.map(({ text }) => text).join(' '));
  expect(asksForPlace ? shown.replace(positionOffer, '').trim() : shown).toBe(inOneLine(said.map(wordsOf).join(' ')));

  const inline = messages.flatMap((message) => message.keyboard.flat());
  const underTheField = keyboard?.rows.flat() ?? [];
  if (asksForPlace) expect(underTheField.some(({ requestsLocation }) => requestsLocation)).toBe(true);
  const links = said.flatMap(({ card }) => card?.links ?? []).filter((link) => !isSaidInWords(link));
  const expected = [...links, ...(last?.actions ?? [])].map(({ title }) => title);
  const pressable = [...inline, ...underTheField].map(({ text }) => text);
  expect(expected.filter((title) => !pressable.includes(title))).toEqual([]);
  expect(inline.filter(({ text }) => !expected.includes(text))).toEqual([]);
  for (const { title, url } of links) {
    if (url.startsWith('https:')) expect(inline).toContainEqual(expect.objectContaining({ text: title, url }));
  }
}

function wordsOf({ text, card }: TextContent): string {
  const links = card?.links.filter(isSaidInWords).map(wordsOfLink) ?? [];
  return [text, card?.title, card?.text, ...links].filter((part) => part !== undefined).join(' ');
}

const isSaidInWords = ({ url }: Link): boolean => /^(tel|sms|mailto):/.test(url);

/** Numbers and addresses stand in the text, where Telegram makes links of them. */
function wordsOfLink({ title, url }: Link): string {
  const address = url.replace(/^\w+:/, '').replace(/\?.*$/, '');
  const words = url.startsWith('mailto:') && !title.includes(address) ? `${title} : ${address}` : title;
  expect(words.replaceAll(/\s/g, '')).toContain(address);
  return words;
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
