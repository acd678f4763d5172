import type { Link, Message, TextContent } from '../../domain/message.js';
import { type AuthorNames, nameOfDelegate } from '../author-names.js';
import type { ShownMessage } from '../revealed.js';
import type { Parameters } from './api.js';
import { bold, code, concat, join, plain, type StyledText } from './entities.js';
import {
  actionRows,
  canBeTyped,
  isMenu,
  linkRows,
  linksInText,
  menuKeyboard,
  positionKeyboard,
  toMarkup,
} from './keyboards.js';
import type { LinkButton } from './notes.js';
import { MOST_UNITS, splitText } from './split.js';
import type { TelegramWords } from './words.js';

export interface RenderForm {
  readonly names: AuthorNames;
  readonly words: TelegramWords;
  /** Absent: what is on the web page is left out. */
  readonly publicUrl?: string | undefined;
  /** See `tagOf`. */
  readonly tag: string;
  /** Buttons for a question have taken the menu's place: it comes back where a message has room for it. */
  readonly isMenuAway?: boolean | undefined;
}

/** One call of the Bot API, without its chat. */
export type Outgoing =
  | {
      readonly method: 'sendMessage';
      readonly parameters: Omit<Parameters<'sendMessage'>, 'chat_id'>;
      /** What it leaves under the field of a message. */
      readonly field?: 'menu' | 'position';
      /** Buttons under the message itself that say something. */
      readonly keyboard?: { readonly seq: number; readonly links: readonly (readonly LinkButton[])[] };
    }
  | { readonly method: 'sendVenue'; readonly parameters: Omit<Parameters<'sendVenue'>, 'chat_id'> };

/** Between what was said in several messages. */
const GAP = '\n\n';

type Markup = NonNullable<Parameters<'sendMessage'>['reply_markup']>;

/**
 * What messages that are sent together become: one message where it fits, the buttons of all under its last part, then the
 * places on the map.
 */
export function render(shown: readonly ShownMessage[], form: RenderForm): readonly Outgoing[] {
  const texts = shown.flatMap((one) => textOf(one, form));
  const contents = shown.flatMap(({ message: { content, seq } }) =>
    content.kind === 'text' ? [{ content, seq }] : [],
  );
  const parts = splitText(join(texts, GAP)).filter(({ text }) => text.trim() !== '');
  const under = buttonsOf(contents, form);
  const asksForPosition = contents.at(-1)?.content.asksFor === 'position';
  return [
    ...parts.map((part, index) => toMessage(part, index === parts.length - 1 ? under : {})),
    // A message has one keyboard: where the question needs its own, the place is asked for in a second one.
    ...(asksForPosition && under.field !== 'position' ? [positionOffer(form)] : []),
    ...contents.flatMap(({ content }) => venueOf(content)),
  ];
}

/**
 * True when the messages can be one: they fit into it, only the last asks for something, and its buttons can stand where they
 * should. What is revealed comes last, since nobody knows yet how long it is.
 */
export function canBeOne(messages: readonly Message[], form: RenderForm): boolean {
  const contents = messages.flatMap(({ content }) => (content.kind === 'text' ? [content] : []));
  const earlier = contents.slice(0, -1);
  const last = contents.at(-1);
  if (!last || contents.length < messages.length || !earlier.every(mayBeFollowed)) return false;
  if (isForField(last, form) && earlier.some(({ card }) => linkRows(card?.links ?? [], 0, form).length > 0))
    return false;
  return messages.reduce((sum, message) => sum + unitsOf(message, form), 0) <= MOST_UNITS;
}

function unitsOf(message: Message, form: RenderForm): number {
  return textOf({ message, isConfidential: false }, form).reduce((sum, { text }) => sum + text.length + GAP.length, 0);
}

function mayBeFollowed({ actions, asksFor, reveal }: TextContent): boolean {
  return !actions?.length && asksFor === undefined && reveal === undefined;
}

/** Its buttons belong under the field of a message, where none can stand that are links. */
function isForField({ actions = [], asksFor }: TextContent, { words }: RenderForm): boolean {
  return asksFor === 'position' || isMenu(actions, words);
}

interface Shown {
  readonly content: TextContent;
  readonly seq: number;
}

function textOf({ message, receipt }: ShownMessage, form: RenderForm): readonly StyledText[] {
  const { author, content, signature } = message;
  if (content.kind !== 'text') return [];
  const by = author === 'delegate' ? [bold(nameOfDelegate(form.names, signature?.name))] : [];
  const said = [...by, withReceipt(content.text, receipt)].filter(({ text }) => text !== '');
  const card = cardText(content, form);
  return [join(said, '\n'), ...(card ? [card] : [])].filter(({ text }) => text !== '');
}

/** The text ends with its receipt, which is copied at a tap. */
function withReceipt(text: string, receipt: string | undefined): StyledText {
  const start = receipt ? text.lastIndexOf(receipt) : -1;
  if (receipt === undefined || start < 0) return plain(text);
  return concat([plain(text.slice(0, start)), code(receipt), plain(text.slice(start + receipt.length))]);
}

function cardText(content: TextContent, { publicUrl }: RenderForm): StyledText | undefined {
  const { card } = content;
  if (!card) return undefined;
  const links = linksInText(content, publicUrl).map((link) => linkText(link, publicUrl));
  return join([bold(card.title), ...(card.text ? [plain(card.text)] : []), ...links], '\n');
}

/** A number to call stands out; an address is shown where the title does not say it. */
function linkText({ title, url }: Link, publicUrl: string | undefined): StyledText {
  if (/^(tel|sms):/.test(url)) return boldDigits(title);
  const address = url.startsWith('mailto:')
    ? (url.slice('mailto:'.length).split('?')[0] ?? '')
    : absolute(url, publicUrl);
  return plain(title.includes(address) ? title : `${title} : ${address}`);
}

function boldDigits(title: string): StyledText {
  const [digits] = /\d[\d \u00a0\u202f]*\d/.exec(title) ?? [];
  if (!digits) return plain(title);
  const [before = '', ...after] = title.split(digits);
  return concat([plain(before), bold(digits), plain(after.join(digits))]);
}

const absolute = (url: string, publicUrl = ''): string => (url.startsWith('/') ? `${publicUrl}${url}` : url);

type Under = Omit<Extract<Outgoing, { method: 'sendMessage' }>, 'method' | 'parameters'> & { readonly markup?: Markup };

/** @param contents the last of them may ask for something. */
function buttonsOf(contents: readonly Shown[], form: RenderForm): Under {
  const { content, seq = 0 } = contents.at(-1) ?? {};
  const { actions = [], asksFor } = content ?? {};
  const links = contents.flatMap((one) => linkRows(one.content.card?.links ?? [], one.seq, form));
  if (links.length === 0 && isMenu(actions, form.words)) return menuUnder(form);
  if (asksFor === 'position' && links.length === 0 && canBeTyped(actions)) {
    return { markup: positionKeyboard(actions, form.words), field: 'position' };
  }
  const rows = [...actionRows(actions, seq, form), ...links];
  if (rows.length > 0) return { markup: toMarkup(rows), ...(actions.length > 0 && { keyboard: { seq, links } }) };
  return form.isMenuAway ? menuUnder(form) : {};
}

const menuUnder = ({ words }: RenderForm): Under => ({ markup: menuKeyboard(words), field: 'menu' });

function toMessage({ text, entities }: StyledText, { markup, ...left }: Under): Outgoing {
  return {
    method: 'sendMessage',
    parameters: {
      text,
      link_preview_options: { is_disabled: true },
      ...(entities.length > 0 && { entities: entities.map((entity) => ({ ...entity })) }),
      ...(markup && { reply_markup: markup }),
    },
    ...left,
  };
}

function positionOffer({ words }: RenderForm): Outgoing {
  return toMessage(plain(words.position.offer), { markup: positionKeyboard([], words), field: 'position' });
}

/** Telegram refuses a venue without an address. */
function venueOf({ card }: TextContent): readonly Outgoing[] {
  if (!card?.position) return [];
  const { latitude, longitude } = card.position;
  return [
    { method: 'sendVenue', parameters: { latitude, longitude, title: card.title, address: card.text ?? card.title } },
  ];
}
