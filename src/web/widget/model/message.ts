/** What the wire says, in the widget's own terms. Everything read from the network is checked here and nowhere else. */

export type Author = 'resident' | 'bot' | 'delegate' | 'system';

export interface Action {
  readonly title: string;
  readonly value: string;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface Card {
  readonly title: string;
  readonly text: string;
  readonly links: readonly Link[];
}

export interface Message {
  /** Position in the conversation, from 1. */
  readonly seq: number;
  readonly clientId?: string;
  readonly author: Author;
  /** The delegate's name, when the server tells it. */
  readonly name?: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cards: readonly Card[];
  readonly actions: readonly Action[];
  /** What no transcript keeps: the words are here for a while, or only that there were some. */
  readonly isConfidential?: boolean;
  /** So is the reader's answer to it. */
  readonly asksInConfidence?: boolean;
  /** The receipt of a report: the text ends with it, on a line of its own. */
  readonly receipt?: string;
  /** Which of several questions it is. */
  readonly progress?: Progress;
}

export interface Progress {
  readonly step: number;
  readonly of: number;
}

/** Where the resident stands, by the handoff protocol of the Bot Framework. `failed`: nobody came, the assistant goes on. */
export type Handoff = 'waiting' | 'delegate' | 'bot' | 'failed';

export interface HandoffEvent {
  readonly kind: 'handoff';
  readonly seq: number;
  readonly state: Handoff;
  /** Of the delegate who took the conversation. */
  readonly name?: string;
}

/** In the queue, from 1. */
export interface Place {
  readonly position: number;
  readonly minutes?: number;
}

export type Incoming =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'typing'; readonly author: Author; readonly name?: string }
  | { readonly kind: 'erased'; readonly seq: number }
  | HandoffEvent
  | { readonly kind: 'place'; readonly place: Place };

/** A place in the queue that came otherwise than as an activity, in the form of one. */
export const placeActivity = (value: unknown): unknown => ({ type: 'event', name: QUEUE, value });

const QUEUE = 'permanence.queue';
const STATES = new Map<unknown, Handoff>([
  ['accepted', 'delegate'],
  ['completed', 'bot'],
  ['failed', 'failed'],
]);

/** Undefined for an activity that the widget does not show. Never throws. */
export function readActivity(activity: unknown): Incoming | undefined {
  const source = fields(activity);
  const from = fields(source.from);
  const data = fields(source.channelData);
  const author = readAuthor(data.author, from.role);
  const isDelegate = author === 'delegate' || from.id === 'delegate';
  const name = isDelegate && text(from.name) ? { name: text(from.name) } : {};
  if (source.type === 'typing') return { kind: 'typing', author, ...name };
  const seq = data['webchat:sequence-id'];
  if (source.type === 'event') return readEvent(source.name, fields(source.value), seq, name);
  if (typeof seq !== 'number' || source.type !== 'message') return undefined;
  const clientId = text(data.clientActivityID);
  const { step, of } = fields(data.progress);
  const at = Date.parse(text(source.timestamp));
  return {
    kind: 'message',
    message: {
      seq,
      author,
      ...name,
      ...(clientId && { clientId }),
      text: text(source.text),
      at: Number.isNaN(at) ? 0 : at,
      cards: list(source.attachments).flatMap(readCard),
      actions: list(fields(source.suggestedActions).actions).flatMap(readAction),
      isConfidential: data.isConfidential === true,
      asksInConfidence: data.asksInConfidence === true,
      ...(text(data.receipt) && { receipt: text(data.receipt) }),
      ...(typeof step === 'number' && typeof of === 'number' && { progress: { step, of } }),
    },
  };
}

function readEvent(
  name: unknown,
  value: Record<string, unknown>,
  seq: unknown,
  by: { readonly name?: string },
): Incoming | undefined {
  const { position, usualWaitMinutes: minutes } = value;
  if (name === QUEUE && typeof position === 'number') {
    return { kind: 'place', place: { position, ...(typeof minutes === 'number' && { minutes }) } };
  }
  if (typeof seq !== 'number') return undefined;
  if (name === 'conversation.erased') return { kind: 'erased', seq };
  const state = name === 'handoff.initiate' ? 'waiting' : name === 'handoff.status' && STATES.get(value.state);
  return state ? { kind: 'handoff', seq, state, ...by } : undefined;
}

function readAuthor(author: unknown, role: unknown): Author {
  if (author === 'resident' || author === 'bot' || author === 'delegate' || author === 'system') return author;
  return role === 'user' ? 'resident' : 'bot';
}

function readCard(attachment: unknown): Card[] {
  if (fields(attachment).contentType !== 'application/vnd.microsoft.card.hero') return [];
  const content = fields(fields(attachment).content);
  const links = list(content.buttons).flatMap((button): Link[] => {
    const { type, title, value } = fields(button);
    return type === 'openUrl' && text(value) ? [{ title: text(title) || text(value), url: text(value) }] : [];
  });
  return [{ title: text(content.title), text: text(content.text), links }];
}

function readAction(action: unknown): Action[] {
  const { title, value } = fields(action);
  return text(value) ? [{ title: text(title) || text(value), value: text(value) }] : [];
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
