import type { Author, HandoffEvent, Incoming, Message, Place } from './message.js';

/**
 * `queued`: waits for the line. `sending`: on its way. `sent`: acknowledged, its echo not seen yet.
 * `failed`: given up until the reader asks for it again.
 */
export type Delivery = 'queued' | 'sending' | 'sent' | 'failed';

export interface Outgoing {
  /** Kept over every retry: the server takes two messages of one id for the same. */
  readonly clientId: string;
  readonly text: string;
  readonly at: number;
  readonly delivery: Delivery;
  /** On its way while the conversation was erased: it may be the very request for that, whose echo never comes. */
  readonly wasErased?: boolean;
  /** Asked in confidence: it lives as long as this page, and is kept nowhere. */
  readonly isSecret?: boolean;
}

export interface Typing {
  readonly author: Author;
  readonly name?: string;
}

export interface Log {
  /** By `seq`, ascending, each once. */
  readonly messages: readonly Message[];
  /** What this tab sent and has not seen come back, in the order of sending. */
  readonly outgoing: readonly Outgoing[];
  /** The changes of who speaks, by `seq`, each once. */
  readonly handoffs: readonly HandoffEvent[];
  readonly typing?: Typing;
  /** What the server last told, while the resident waits. */
  readonly place?: Place;
  /** What this page sent and the server does not repeat, by client id. */
  readonly own: Readonly<Record<string, string>>;
}

export const EMPTY_LOG: Log = { messages: [], outgoing: [], handoffs: [], own: {} };

/** The log after one thing arrived. Receiving the same twice changes nothing. */
export function receive(log: Log, incoming: Incoming): Log {
  if (incoming.kind === 'typing') {
    if (incoming.author === 'resident') return log;
    return { ...log, typing: { author: incoming.author, ...(incoming.name && { name: incoming.name }) } };
  }
  if (incoming.kind === 'place') return { ...log, place: incoming.place };
  if (incoming.kind === 'handoff') return receiveHandoff(log, incoming);
  if (incoming.kind === 'erased') {
    return {
      ...stopTyping(log),
      // Whoever speaks goes on speaking.
      handoffs: log.handoffs.slice(-1),
      own: {},
      messages: log.messages.filter(({ seq }) => seq > incoming.seq),
      outgoing: log.outgoing
        .filter(({ delivery }) => delivery !== 'sent')
        .map((one) => (one.delivery === 'sending' ? { ...one, wasErased: true } : one)),
    };
  }
  return receiveMessage(log, incoming.message);
}

export function stopTyping({ typing: _, ...log }: Log): Log {
  return log;
}

export function addOutgoing(log: Log, outgoing: Outgoing): Log {
  return { ...log, outgoing: [...log.outgoing, outgoing] };
}

export function setDelivery(log: Log, clientId: string, delivery: Delivery): Log {
  const outgoing = log.outgoing.map((one) => (one.clientId === clientId ? { ...one, delivery } : one));
  return { ...log, outgoing: outgoing.filter((one) => !(one.wasErased && one.delivery === 'sent')) };
}

/** What a reload must bring back: everything not acknowledged. One on its way may have been lost, so it waits again. */
export function unacknowledged({ outgoing }: Log): readonly Outgoing[] {
  return outgoing
    .filter(({ delivery }) => delivery !== 'sent')
    .map((one) => (one.delivery === 'sending' ? { ...one, delivery: 'queued' as const } : one));
}

/** Whether what the reader writes now is for no transcript. */
export function isInConfidence({ messages }: Log): boolean {
  return messages.findLast(({ author }) => author === 'bot')?.asksInConfidence === true;
}

/** The last position seen; 0 before the first message. */
export function lastSeq({ messages }: Log): number {
  return messages.at(-1)?.seq ?? 0;
}

/** How many messages of others follow the position that the reader has seen. */
export function countUnread({ messages }: Log, seenSeq: number): number {
  return messages.filter(({ seq, author }) => seq > seenSeq && author !== 'resident').length;
}

function receiveHandoff(log: Log, event: HandoffEvent): Log {
  if (log.handoffs.some(({ seq }) => seq === event.seq)) return log;
  const handoffs = [...log.handoffs, event].sort((one, other) => one.seq - other.seq);
  const { place, ...rest } = log;
  return { ...rest, handoffs, ...(place && handoffs.at(-1)?.state === 'waiting' && { place }) };
}

function receiveMessage(log: Log, message: Message): Log {
  if (log.messages.some(({ seq }) => seq === message.seq)) return log;
  const isLast = message.seq > lastSeq(log);
  const { clientId = '', isConfidential } = message;
  const sent = log.outgoing.find((one) => one.clientId === clientId);
  // What the server does not repeat stays on the screen of whoever wrote it.
  const words = isConfidential && (sent?.text ?? log.own[clientId]);
  const messages = [...log.messages, words ? { ...message, text: words, isConfidential: false } : message];
  if (!isLast) messages.sort((one, other) => one.seq - other.seq);
  return {
    ...(message.author === 'resident' ? log : stopTyping(log)),
    messages,
    outgoing: log.outgoing.filter((one) => one !== sent),
    ...(words && { own: { ...log.own, [clientId]: words } }),
  };
}
