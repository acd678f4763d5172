import type { Attachment, SuggestedActions } from 'botframework-schema';
import type { Author, Message, TextContent } from '../../domain/message.js';
import { toHeroCard, toSuggestedActions } from '../cards.js';
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
  readonly value?: { readonly erasedMessages: number };
}

/** Members of our own and of Web Chat: its order, its correlation, and who wrote, which `from.role` cannot tell apart. */
interface ChannelData {
  readonly author: Author;
  readonly 'webchat:sequence-id'?: number;
  readonly clientActivityID?: string;
}

export interface ActivitySet {
  readonly activities: readonly OutboundActivity[];
  readonly watermark: string;
}

export interface Presentation {
  readonly conversationId: string;
  readonly baseUrl: string;
}

export interface ActivityPresenter {
  /** Messages read after `after`, in order, with the watermark that follows them. */
  presentPage(messages: readonly Message[], after: number, presentation: Presentation): ActivitySet;
  /** Web Chat sorts what has no number last, after the answer to come: `after`, the last message sent, gives it a place. */
  presentTyping(author: 'bot' | 'delegate', after: number, conversationId: string): OutboundActivity;
}

const SEQUENCE_DIGITS = 7;

/** Sorts as text in the order of the conversation. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(SEQUENCE_DIGITS, '0')}`;
}

export function createActivityPresenter({
  names,
  clock,
}: Pick<DirectLineDependencies, 'names' | 'clock'>): ActivityPresenter {
  function from(author: Author): OutboundActivity['from'] {
    if (author === 'resident') return { id: 'resident', role: 'user' };
    return { id: author, name: names[author], role: 'bot' };
  }

  return {
    presentPage(messages, after, presentation) {
      // A page is without gaps, except that an erasure may have taken what lies between `after` and its first message.
      const first = messages[0]?.seq ?? 0;
      const wasSeen = (seq: number): boolean => seq <= after || seq >= first;
      const activities = messages.map((message): OutboundActivity => {
        const { replyTo } = message;
        return {
          ...common(message, presentation.conversationId),
          from: from(message.author),
          // Web Chat waits five seconds for an activity that it has not seen.
          ...(replyTo !== undefined &&
            wasSeen(replyTo) && { replyToId: activityId(presentation.conversationId, replyTo) }),
          ...bodyOf(message, presentation.baseUrl),
        };
      });
      return { activities, watermark: `${messages.at(-1)?.seq ?? after}` };
    },
    presentTyping: (author, after, conversationId) => ({
      type: 'typing',
      timestamp: clock().toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from: from(author),
      locale: 'fr-FR',
      channelData: { author, 'webchat:sequence-id': after },
    }),
  };
}

type Common = 'id' | 'timestamp' | 'channelId' | 'conversation' | 'locale' | 'channelData';
type Body = Omit<OutboundActivity, Common | 'from' | 'replyToId'>;

function common({ seq, at, clientId, author }: Message, conversationId: string): Pick<OutboundActivity, Common> {
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
    },
  };
}

function bodyOf({ content, author }: Message, baseUrl: string): Body {
  if (content.kind === 'erased') {
    return { type: 'event', name: 'conversation.erased', value: { erasedMessages: content.erasedMessages } };
  }
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
