import type { ConcealedWords } from '../domain/concealed-words.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { Message, TextContent } from '../domain/message.js';
import { cutReceiptCodes } from '../nlu/entities/receipt-code.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Step, Turn, TurnCorrection } from './compose.js';
import { CLOCKS_DIFFER_MS } from './drop-erased.js';
import { wordsOf } from './inbound-words.js';
import type { Enclosed, Inbound } from './turn.js';

export interface CorrectionDependencies {
  readonly store: Pick<ConversationStore, 'findMessage' | 'messagesAfter'>;
  readonly concealed: Pick<ConcealedWords, 'receipt'>;
  readonly enclosed: Pick<EnclosedWords, 'label' | 'place'>;
}

type TextMessage = Message & { readonly content: TextContent };

/** All that is stored of one message of the resident, and of what was said after it. */
interface History {
  readonly original: TextMessage;
  /** Its corrections, in the order in which they were stored. */
  readonly corrections: readonly TextMessage[];
  readonly later: readonly Message[];
}

const PAGE = 200;

/**
 * Finds the message that is corrected. One that is not known comes later, or never: the correction is taken for the message
 * itself, so that it is a duplicate when it comes. What changes nothing ends the turn: a correction without words (a place
 * that goes on moving), one that is older than what is known, one that says the same. So does one of a message that is
 * older than the conversation: it was of another one, which is gone, and may have been told in confidence there.
 */
export function readCorrection({ store, concealed, enclosed: words }: CorrectionDependencies): Step {
  /** Undefined when it changes nothing. What corrects concealed words is concealed. */
  async function read(
    { received, conversation, secrecy }: Turn,
    original: TextMessage,
  ): Promise<TurnCorrection | undefined> {
    const later = await allAfter(store, conversation.id, original.seq);
    const corrections = later.filter(isText).filter(({ content }) => content.edits === original.seq);
    const history = { original, corrections, later };
    const enclosed = whatCameWith(received.enclosed, history);
    const context = { status: conversation.status, correction: { enclosed } };
    const text = cutReceiptCodes(wordsOf(received, context, words), concealed.receipt);
    if (isKnown(received, history)) return undefined;
    if (enclosed !== 'replaced' && saysTheSame(text, received, history)) return undefined;
    secrecy.isConcealed ||= versionsOf(history).some(({ content }) => content.isConcealed === true);
    return { original, before: latestOf(history).content, isLast: isLast(history), enclosed };
  }

  return async (turn, next) => {
    const { received, conversation } = turn;
    if (received.edits === undefined) return next();
    if (received.position || saysNothing(turn)) return drop(turn);
    const original = await store.findMessage(conversation.id, received.edits);
    if (!original) {
      if (isOfAnEarlierOne(turn)) return drop(turn);
      turn.received = asItself(received, received.edits);
      return next();
    }
    // The words that asked for an erasure are gone with all others.
    const correction = isText(original) ? await read(turn, original) : undefined;
    if (!correction) return drop(turn);
    turn.correction = correction;
    await next();
  };
}

function drop(turn: Turn): void {
  turn.isDropped = true;
}

function isOfAnEarlierOne({ received: { writtenAt }, conversation: { createdAt } }: Turn): boolean {
  return writtenAt !== undefined && writtenAt.getTime() < createdAt.getTime() - CLOCKS_DIFFER_MS;
}

function asItself({ edits: _, ...received }: Inbound, externalId: string): Inbound {
  return { ...received, externalId };
}

function isText(message: Message): message is TextMessage {
  return message.author === 'resident' && message.content.kind === 'text';
}

async function allAfter(
  store: CorrectionDependencies['store'],
  conversationId: string,
  seq: number,
): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (let last = seq; ; last = all.at(-1)?.seq ?? seq) {
    const page = await store.messagesAfter(conversationId, last, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

function versionsOf({ original, corrections }: History): readonly TextMessage[] {
  return [original, ...corrections];
}

function latestOf({ original, corrections }: History): TextMessage {
  return corrections.at(-1) ?? original;
}

/** Without words there is nothing to answer; a delegate is shown that they are gone, or that something else was sent. */
function saysNothing({ received: { text, enclosed }, conversation: { status } }: Turn): boolean {
  return text === '' && !enclosed?.outcome && (!enclosed || status !== 'assigned');
}

function whatCameWith(enclosed: Enclosed | undefined, history: History): TurnCorrection['enclosed'] {
  const before = versionsOf(history).findLast(({ content }) => content.enclosedMark ?? content.attachment)?.content;
  if (enclosed?.mark !== undefined && enclosed.mark !== before?.enclosedMark) return 'replaced';
  return before?.attachment ? 'kept' : 'lost';
}

function saysTheSame(text: string, { unread, enclosed }: Inbound, history: History): boolean {
  const { content } = latestOf(history);
  return !enclosed?.outcome && unread === undefined && !content.isConcealed && content.text === text;
}

/** A correction that stands for its message may come again: it is known by its time only. */
function isKnown({ editedAt: date }: Inbound, history: History): boolean {
  if (!date) return false;
  const editedAt = date.getTime();
  const { editedAt: first = Number.NEGATIVE_INFINITY } = history.original.content;
  return editedAt <= first || history.corrections.some(({ content }) => editedAt < (content.editedAt ?? editedAt));
}

/**
 * True while nothing has been said since but what answers it: neither by the resident nor by a delegate, and nobody has
 * taken the conversation, or given it back.
 */
function isLast(history: History): boolean {
  const own = versionsOf(history).map(({ seq }) => seq);
  return history.later.every(
    (message) => isCorrection(message) || own.includes(message.replyTo ?? 0) || isAside(message),
  );
}

function isCorrection(message: Message): boolean {
  return isText(message) && message.content.edits !== undefined;
}

/** Said by the way: who waits is told of the queue, that nobody came, that there is an answer to a report. */
function isAside({ author, content }: Message): boolean {
  if (content.kind === 'handoff') return content.event !== 'status' || content.state === 'failed';
  return author === 'bot' || author === 'system';
}
