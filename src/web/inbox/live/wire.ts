/** The wire as the page reads it: types only, none of the schemas' code goes to browsers. */
import type { z } from 'zod';
import type * as conversations from '../../../inbox/schemas/conversations.js';
import type * as events from '../../../inbox/schemas/events.js';
import type { colleague } from '../../../inbox/schemas/team.js';

export type Card = z.output<typeof conversations.card>;
export type Message = z.output<typeof conversations.message>;
export type Detail = z.output<typeof conversations.detail>;
export type Opened = z.output<typeof conversations.opened>;
export type MessagePage = z.output<typeof conversations.messagePage>;
export type ReplyRequest = z.output<typeof conversations.replyRequest>;
export type ReplyResult = z.output<typeof conversations.replyResult>;
export type Person = z.output<typeof conversations.person>;
export type Delivery = z.output<typeof conversations.delivery>;
export type Callback = z.output<typeof conversations.callback>;
export type Note = z.output<typeof conversations.note>;
export type Action = z.output<typeof conversations.action>;
export type CannedReply = z.output<typeof conversations.cannedReplies>['replies'][number];
export type SearchResult = z.output<typeof conversations.searchResult>;
export type Colleague = z.output<typeof colleague>;
export type ReportNews = z.output<typeof events.reportsEvent>;
export type TypingEvent = z.output<typeof events.typingEvent>;

/** An event of the stream by its name. */
export type LiveEvent = {
  [Name in keyof typeof events.EVENTS]: {
    readonly name: Name;
    readonly data: z.output<(typeof events.EVENTS)[Name]>;
  };
}[keyof typeof events.EVENTS];
