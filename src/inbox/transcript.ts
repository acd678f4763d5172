import dayjs from 'dayjs';
import 'dayjs/locale/fr.js';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import utc from 'dayjs/plugin/utc.js';
import type { Conversation } from '../domain/conversation.js';
import { fillWords } from '../domain/fill-words.js';
import type { Message } from '../domain/message.js';
import { parisDate, parisTime } from '../domain/paris-time.js';
import { indentedLines, inlineText } from '../domain/visible-text.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { TextFile } from './handler.js';
import { type MessageView, presentMessage } from './present-message.js';
import { INBOX_WORDS } from './present-words.js';
import { pseudonymOf } from './pseudonym.js';
import { CHANNEL_NAMES } from './weekly-words.js';

dayjs.extend(utc);
dayjs.extend(advancedFormat);

export interface TranscriptSource {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** Who has it made, and when. */
  readonly name: string;
  readonly now: Date;
}

const WORDS = INBOX_WORDS.transcript;
const PAGE = 200;
/** Windows programs older than 2019 take UTF-8 without this mark for something else, and a bare line feed for nothing. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** The conversation as a text file that opens everywhere, with days and times of Paris. No private note is in it. */
export function writeTranscript({ conversation, messages, name, now }: TranscriptSource): TextFile {
  const pseudonym = pseudonymOf(conversation.id);
  const heading = [
    fillWords(WORDS.title, { resident: `${INBOX_WORDS.resident} ${pseudonym}` }),
    fillWords(WORDS.channel, { channel: CHANNEL_NAMES[conversation.channel] ?? conversation.channel }),
    fillWords(WORDS.copied, { day: dayWords(now), time: timeWords(now), name: inlineText(name) }),
    WORDS.note,
  ];
  const body = messages.length > 0 ? messages.flatMap(linesOf) : ['', WORDS.empty];
  return {
    text: BYTE_ORDER_MARK + [...heading, ...body, ''].join(LINE_END),
    fileName: `conversation-${pseudonym}-${parisDate(now)}.txt`,
  };
}

/** Every message, page by page. */
export async function readAllMessages(
  store: Pick<ConversationStore, 'messagesAfter'>,
  id: string,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const page = await store.messagesAfter(id, messages.at(-1)?.seq ?? 0, PAGE);
    messages.push(...page);
    if (page.length < PAGE) return messages;
  }
}

function linesOf(message: Message, index: number, all: readonly Message[]): string[] {
  const view = presentMessage(message);
  const replacedAt = replacementOf(message, all.slice(index + 1));
  const day = dayWords(message.at);
  const before = all[index - 1];
  const isNewDay = before === undefined || dayWords(before.at) !== day;
  return [
    ...(isNewDay ? ['', fillWords(WORDS.day, { day })] : []),
    '',
    fillWords(WORDS.turn, { time: timeWords(message.at), author: authorWords(view) }),
    ...(view.edits === undefined ? [] : indentedLines(correctionWords(view.edits, message, all))),
    ...bodyOf(view).flatMap(indentedLines),
    ...(replacedAt === undefined
      ? []
      : indentedLines(fillWords(WORDS.modified, { moment: momentWords(replacedAt, message.at) }))),
  ];
}

/** When the resident wrote it anew, for the first time after it. */
function replacementOf(message: Message, later: readonly Message[]): Date | undefined {
  const origin = editsOf(message) ?? message.seq;
  const replacement = later.find((one) => editsOf(one) === origin || editsOf(one) === message.seq);
  return replacement && writtenAt(replacement);
}

function correctionWords(edits: number, { at }: Message, all: readonly Message[]): string {
  const original = all.find(({ seq }) => seq === edits);
  return original ? fillWords(WORDS.corrects, { moment: momentWords(original.at, at) }) : WORDS.correctsEarlier;
}

/** By the channel's clock, where it tells of a correction; the server may have heard of it later. */
function writtenAt({ content, at }: Message): Date {
  return content.kind === 'text' && content.editedAt !== undefined ? new Date(content.editedAt) : at;
}

function editsOf({ content }: Message): number | undefined {
  return content.kind === 'text' ? content.edits : undefined;
}

function bodyOf({ text, event, attachment, card, actions }: MessageView): string[] {
  return [
    ...(event ? [INBOX_WORDS.events[event]] : []),
    ...(text === '' ? [] : [text]),
    ...(attachment ? [fillWords(WORDS.attachment[attachment.kind], { size: sizeWords(attachment.bytes) })] : []),
    ...(card ? [card.title, ...(card.text === undefined ? [] : [card.text])] : []),
    ...(card?.links ?? []).map(({ title, url }) => fillWords(WORDS.link, { title, url })),
    ...(actions ? [fillWords(WORDS.choices, { titles: actions.join(', ') })] : []),
  ];
}

function authorWords({ author, by }: MessageView): string {
  return by ? fillWords(WORDS.delegate, { name: inlineText(by.displayName) }) : INBOX_WORDS.authors[author];
}

/** « 312 Ko » */
function sizeWords(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1000))} Ko`;
}

/** « lundi 23 novembre 2026 » */
function dayWords(at: Date): string {
  return dayjs.utc(parisDate(at)).locale('fr').format('dddd Do MMMM YYYY');
}

/** « à 9 h 05 », with the day where it is not that of `beside`. */
function momentWords(at: Date, beside: Date): string {
  const time = fillWords(WORDS.at, { time: timeWords(at) });
  return dayWords(at) === dayWords(beside) ? time : `${dayWords(at)} ${time}`;
}

/** « 9 h 05 » */
function timeWords(at: Date): string {
  const [hour = '', minutes = ''] = parisTime(at).split(':');
  return `${Number(hour)} h ${minutes}`;
}
