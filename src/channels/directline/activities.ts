import type { Attachment, SuggestedActions } from 'botframework-schema';
import type { Author, Message, Progress, TextContent } from '../../domain/message.js';
import type { Signal } from '../../domain/wake-ups.js';
import { nameOfAuthor, nameOfDelegate } from '../author-names.js';
import { toHeroCard, toSuggestedActions } from '../cards.js';
import { toHandoffEvent } from '../handoff-event.js';
import type { QueuePlace } from '../resident-presence.js';
import { revealed, revealNothing, type ShownMessage } from '../revealed.js';
import type { DirectLineDependencies } from './deps.js';

/** What Direct Line clients read: an allow-list of the members of a Bot Framework activity. */
export interface OutboundActivity {
  readonly type: 'message' | 'event' | 'typing';
  readonly id?: string;
  readonly timestamp: string;
  readonly channelId: 'directline';
  readonly conversation: { readonly id: string };
  readonly from: { readonly id: string; readonly name?: string; readonly role: 'user' | 'bot' };
  readonly locale: 'fr-FR';
  readonly channelData: ChannelData;
  readonly replyToId?: string;
  readonly text?: string;
  readonly textFormat?: 'plain';
  readonly inputHint?: 'acceptingInput' | 'expectingInput';
  readonly attachments?: readonly Attachment[];
  readonly suggestedActions?: SuggestedActions;
  readonly name?: string;
  readonly value?: Readonly<Record<string, string | number | undefined>>;
}

/** Members of our own and of Web Chat: its order, its correlation, and who wrote, which `from.role` cannot tell apart. */
interface ChannelData {
  readonly author: Author;
  readonly 'webchat:sequence-id'?: number;
  readonly clientActivityID?: string;
  /** What no transcript keeps: `text` is there for a while, then only that it was. Clients are to store none of it. */
  readonly isConfidential?: true;
  /** The receipt of a report, shown once: `text` ends with it on a line of its own. */
  readonly receipt?: string;
  /** So is what the resident answers to it: clients are to store none of that either. */
  readonly asksInConfidence?: true;
  /** Which of several questions it is. */
  readonly progress?: Progress;
}

export interface ActivitySet {
  readonly activities: readonly OutboundActivity[];
  readonly watermark: string;
  /** In answers to polling only, while the resident waits: what streams are told by `permanence.queue`. */
  readonly queue?: QueuePlace;
}

type TypingSignal = Extract<Signal, { kind: 'typing' }>;

export interface Presentation {
  readonly conversationId: string;
  readonly baseUrl: string;
}

export interface ActivityPresenter {
  /**
   * Messages read after `after`, in order, with the watermark that follows them.
   * @throws DomainError `storage-unavailable`.
   */
  presentPage(messages: readonly Message[], after: number, presentation: Presentation): Promise<ActivitySet>;
  /**
   * Undefined for the resident's own typing, of which their client knows. Web Chat sorts what has no number last, after
   * the answer to come: `after`, the last message sent, gives it a place.
   */
  presentTyping(typing: TypingSignal, after: number, conversationId: string): OutboundActivity | undefined;
  /** An event that is not stored and does not move the watermark. */
  presentQueue(place: QueuePlace, after: number, conversationId: string): OutboundActivity;
}

const SEQUENCE_DIGITS = 7;

/** Sorts as text in the order of the conversation. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(SEQUENCE_DIGITS, '0')}`;
}

export function createActivityPresenter({
  names,
  clock,
  reveal = revealNothing,
}: Pick<DirectLineDependencies, 'names' | 'clock' | 'reveal'>): ActivityPresenter {
  function from(writer: Pick<Message, 'author' | 'signature'>): OutboundActivity['from'] {
    const name = nameOfAuthor(names, writer);
    const id = writer.signature ? 'delegate' : writer.author;
    return { id, ...(name !== undefined && { name }), role: name === undefined ? 'user' : 'bot' };
  }

  const ephemeral = (author: Author, after: number, conversationId: string) =>
    ({
      timestamp: clock().toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from: from({ author }),
      locale: 'fr-FR',
      channelData: { author, 'webchat:sequence-id': after },
    }) as const;

  return {
    async presentPage(messages, after, presentation) {
      // A page is without gaps, except that an erasure may have taken what lies between `after` and its first message.
      const first = messages[0]?.seq ?? 0;
      const wasSeen = (seq: number): boolean => seq <= after || seq >= first;
      const all = await Promise.all(messages.map((message) => revealed(message, reveal)));
      const activities = all.map((shown): OutboundActivity => {
        const { message } = shown;
        const { replyTo } = message;
        return {
          ...common(shown, presentation.conversationId),
          from: from(message),
          // Web Chat waits five seconds for an activity that it has not seen.
          ...(replyTo !== undefined &&
            wasSeen(replyTo) && { replyToId: activityId(presentation.conversationId, replyTo) }),
          ...bodyOf(message, presentation.baseUrl),
        };
      });
      return { activities, watermark: `${messages.at(-1)?.seq ?? after}` };
    },
    presentTyping(typing, after, conversationId) {
      if (typing.author === 'resident') return undefined;
      const activity: OutboundActivity = { type: 'typing', ...ephemeral(typing.author, after, conversationId) };
      if (typing.author !== 'delegate') return activity;
      return { ...activity, from: { ...activity.from, name: nameOfDelegate(names, typing.name) } };
    },
    presentQueue: ({ position, usualWaitMinutes }, after, conversationId) => ({
      type: 'event',
      ...ephemeral('system', after, conversationId),
      name: 'permanence.queue',
      value: { position, ...(usualWaitMinutes !== undefined && { usualWaitMinutes }) },
    }),
  };
}

type Common = 'id' | 'timestamp' | 'channelId' | 'conversation' | 'locale' | 'channelData';
type Body = Omit<OutboundActivity, Common | 'from' | 'replyToId'>;

function common(
  { message: { seq, at, clientId, author, content }, isConfidential, receipt }: ShownMessage,
  conversationId: string,
): Pick<OutboundActivity, Common> {
  const { progress, asksInConfidence }: Partial<TextContent> = content.kind === 'text' ? content : {};
  return {
    id: activityId(conversationId, seq),
    timestamp: at.toISOString(),
    channelId: 'directline',
    conversation: { id: conversationId },
    locale: 'fr-FR',
    channelData: {
      author,
      'webchat:sequence-id': seq,
      ...(clientId !== undefined && { clientActivityID: clientId }),
      ...(isConfidential && { isConfidential }),
      ...(receipt !== undefined && { receipt }),
      ...(asksInConfidence && { asksInConfidence }),
      ...(progress && { progress }),
    },
  };
}

function bodyOf({ content, author }: Message, baseUrl: string): Body {
  if (content.kind === 'erased') {
    return { type: 'event', name: 'conversation.erased', value: { erasedMessages: content.erasedMessages } };
  }
  if (content.kind === 'handoff') return { type: 'event', ...toHandoffEvent(content) };
  return {
    type: 'message',
    text: content.text,
    textFormat: 'plain',
    ...(author !== 'resident' && { inputHint: content.actions?.length ? 'expectingInput' : 'acceptingInput' }),
    ...extras(content, baseUrl),
  };
}

function extras({ card, actions }: TextContent, baseUrl: string): Pick<Body, 'attachments' | 'suggestedActions'> {
  return {
    ...(card && { attachments: [toHeroCard(card, baseUrl)] }),
    ...(actions && actions.length > 0 && { suggestedActions: toSuggestedActions(actions) }),
  };
}
