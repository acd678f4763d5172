import type { Content, TextContent } from '../domain/message.js';
import type { TurnDraft } from './compose.js';

/** What is said in the turn, in its order: numbers for a danger before the replies or under them. */
export function arrangeReplies({ numbers, replies }: TurnDraft): readonly Content[] {
  if (!numbers) return replies;
  if (numbers.place === 'before') return [...numbers.contents, ...replies];
  return showNumbers(replies, numbers.contents) ? replies : putUnder(replies, numbers.contents);
}

/** True when one of the replies has all these links already. */
function showNumbers(replies: readonly Content[], numbers: readonly Content[]): boolean {
  const wanted = numbers.flatMap(linksOf);
  const isShown = (links: readonly string[]) => wanted.every((url) => links.includes(url));
  return wanted.length > 0 && replies.map(linksOf).some(isShown);
}

function linksOf(content: Content): readonly string[] {
  return content.kind === 'text' ? (content.card?.links.map(({ url }) => url) ?? []) : [];
}

/** The buttons stay at the end, where people look for them. */
function putUnder(replies: readonly Content[], numbers: readonly Content[]): readonly Content[] {
  const last = replies.at(-1);
  const below = numbers.at(-1);
  if (last?.kind !== 'text' || !last.actions || below?.kind !== 'text') return [...replies, ...numbers];
  const { actions, ...rest } = last;
  const withButtons: TextContent = { ...below, actions };
  return [...replies.slice(0, -1), rest, ...numbers.slice(0, -1), withButtons];
}
