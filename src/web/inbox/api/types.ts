import type { z } from 'zod';
import type { OperationName, Operations } from '../../../inbox/operations.js';
import type * as conversations from '../../../inbox/schemas/conversations.js';
import type * as events from '../../../inbox/schemas/events.js';
import type * as reports from '../../../inbox/schemas/reports.js';
import type * as sessions from '../../../inbox/schemas/session.js';
import type * as settings from '../../../inbox/schemas/settings.js';
import type * as team from '../../../inbox/schemas/team.js';

/** What the server shows, as the page's code names it. Types only: none of the server's code goes to browsers. */
export type Session = z.output<typeof sessions.session>;
export type Kdf = z.output<typeof sessions.kdf>;
export type NewCredentials = z.input<typeof sessions.newCredentials>;
export type InvitationView = z.output<typeof sessions.invitationView>;
export type OwnSession = z.output<typeof sessions.ownSession>;

export type Card = z.output<typeof conversations.card>;
export type Detail = z.output<typeof conversations.detail>;
export type Message = z.output<typeof conversations.message>;
export type Attachment = NonNullable<Message['attachment']>;
export type Opened = z.output<typeof conversations.opened>;
export type Action = z.output<typeof conversations.action>;
export type Callback = z.output<typeof conversations.callback>;
export type Note = z.output<typeof conversations.note>;
export type Delivery = z.output<typeof conversations.delivery>;
export type Person = z.output<typeof conversations.person>;
export type Priority = z.output<typeof conversations.priority>;
export type Author = z.output<typeof conversations.author>;
export type SearchResult = z.output<typeof conversations.searchResult>;
export type CannedReplies = z.output<typeof conversations.cannedReplies>;

export type Colleague = z.output<typeof team.colleague>;
export type AccountView = z.output<typeof team.accountView>;
export type InvitationSummary = z.output<typeof team.invitationSummary>;
export type InvitationLink = z.output<typeof team.invitationLink>;
export type Team = z.output<typeof team.team>;
export type Role = AccountView['role'];

export type OpeningHours = z.output<typeof settings.openingHours>;
export type OpeningHoursView = z.output<typeof settings.openingHoursView>;
export type EditableFacts = z.output<typeof settings.editableFacts>;
export type FactsView = z.output<typeof settings.factsView>;
export type FactsPreview = z.output<typeof settings.factsPreview>;
export type FactsHistory = z.output<typeof settings.factsHistory>;
export type Weekly = z.output<typeof settings.weekly>;
export type AuditEntry = z.output<typeof settings.auditEntry>;
export type AuditPage = z.output<typeof settings.auditPage>;
export type AlarmView = z.output<typeof settings.alarmView>;
export type AlarmTest = z.output<typeof settings.alarmTest>;

/** The events of `GET /api/inbox/events`, by name. */
export type Events = { readonly [Name in keyof typeof events.EVENTS]: z.output<(typeof events.EVENTS)[Name]> };

/** Calls that `call` makes; the event stream is read by `EventSource`. */
export type CallName = {
  [Name in OperationName]: Operations[Name]['response'] extends 'text/event-stream' ? never : Name;
}[OperationName];

/** A file to download. */
export interface TextFile {
  readonly text: string;
  readonly fileName: string;
}

/** A file that is not text. */
export interface BinaryFile {
  readonly blob: Blob;
  readonly fileName: string;
}

/** What a call answers: JSON of its schema, or a file. */
export type Answer<Name extends CallName> = Operations[Name]['response'] extends infer Kind
  ? Kind extends z.ZodType
    ? z.output<Kind>
    : Kind extends readonly string[]
      ? BinaryFile
      : TextFile
  : never;

type Placeholders<Path extends string> = Path extends `${string}{${infer Key}}${infer Rest}`
  ? Key | Placeholders<Rest>
  : never;
type Params<Path extends string> = [Placeholders<Path>] extends [never]
  ? { readonly params?: never }
  : { readonly params: { readonly [Key in Placeholders<Path>]: string } };
type Body<Operation> = Operation extends { readonly body: infer Schema extends z.ZodType }
  ? { readonly body: z.input<Schema> }
  : { readonly body?: never };
type Query<Operation> = Operation extends { readonly query: infer Schema extends z.ZodType }
  ? { readonly query?: z.input<Schema> }
  : { readonly query?: never };

/** What a call takes: the `params` of its path, its `body` and its `query`, each only where the wire has them. */
export type Input<Name extends CallName> = Params<Operations[Name]['path']> &
  Body<Operations[Name]> &
  Query<Operations[Name]> & {
    /** The page calls by itself: it does not show that somebody is there, and keeps no session awake. */
    readonly isBackground?: boolean;
  };

/** `[]` for calls that need nothing. */
export type Arguments<Name extends CallName> =
  Record<never, never> extends Input<Name>
    ? [input?: Input<Name>, signal?: AbortSignal]
    : [input: Input<Name>, signal?: AbortSignal];

export type ReportCard = z.output<typeof reports.reportCard>;
export type ReportList = z.output<typeof reports.reportList>;
export type ReportDetail = z.output<typeof reports.reportDetail>;
export type ReportEvent = z.output<typeof reports.reportEvent>;
export type ReportKey = z.output<typeof reports.reportKey>;
export type ReportReader = z.output<typeof reports.reader>;
export type ReportAccess = z.output<typeof reports.reportAccess>;
export type MissingKeys = z.output<typeof reports.missingKeys>;
export type ReportEventRequest = z.output<typeof reports.reportEventRequest>;
