import type { WebSocket } from 'ws';
import type { Signal } from '../../domain/wake-ups.js';
import { faultOf } from '../../http/error-handler.js';
import type { QueuePlace } from '../resident-presence.js';
import type { OutboundActivity } from './activities.js';
import { keepAlive } from './keep-alive.js';
import { type DirectLineParts, PAGE_SIZE } from './parts.js';
import { createPump } from './pump.js';

/** Why the server closes a stream (RFC 6455, section 7.4). Clients come back by their watermark after each of them. */
export const CLOSE = {
  serverGoes: { code: 1012, reason: 'server restarts' },
  tryLater: { code: 1013, reason: 'storage unavailable' },
  tooChatty: { code: 1008, reason: 'too many frames' },
  removed: { code: 4404, reason: 'conversation removed' },
} as const;

export interface StreamReader {
  readonly conversationId: string;
  /** The `seq` of the last message that the client has. */
  readonly after: number;
  readonly baseUrl: string;
  /** While the resident waits: what they were last told, which this client may have missed. */
  readonly place?: QueuePlace;
}

/**
 * Sends everything after `after`, then whatever each wake-up finds in storage, until the socket closes. A lost
 * wake-up delays a message until the next keep-alive at most. The stream outlives the token that opened it: a token
 * guards the joining, and a removed conversation ends every stream.
 */
export function serveStream(parts: DirectLineParts, socket: WebSocket, reader: StreamReader): void {
  const { conversations, presenter, residents, limits, log } = parts;
  const { conversationId, baseUrl } = reader;
  const send = createSender(socket, limits.socketBacklogBytes);
  const close = ({ code, reason }: (typeof CLOSE)[keyof typeof CLOSE]): void => socket.close(code, reason);
  let sent = reader.after;

  function closeOnFault(error: unknown): void {
    log.warn(faultOf(error), 'Stream closed: storage did not answer');
    close(CLOSE.tryLater);
  }

  async function sendPage(): Promise<boolean> {
    const messages = await conversations.messagesAfter(conversationId, sent, PAGE_SIZE);
    if (messages.length === 0) return false;
    const page = await presenter.presentPage(messages, sent, { conversationId, baseUrl });
    sent = messages.at(-1)?.seq ?? sent;
    if (await send(JSON.stringify(page))) parts.reached(conversationId, Number(page.watermark));
    return messages.length === PAGE_SIZE && socket.readyState === socket.OPEN;
  }

  async function checkIsThere(): Promise<void> {
    const conversation = await conversations.find(conversationId);
    if (!conversation) close(CLOSE.removed);
    else if (conversation.lastSeq > sent) wake();
  }

  function show(activity: OutboundActivity | undefined): void {
    if (activity) void send(JSON.stringify({ activities: [activity] }));
  }

  /** All other signals are for delegates. */
  function receive(signal: Signal): void {
    if (signal.kind === 'changed') wake();
    else if (signal.kind === 'removed') close(CLOSE.removed);
    else if (signal.kind === 'typing') show(presenter.presentTyping(signal, sent, conversationId));
    else if (signal.kind === 'queue') show(presenter.presentQueue(signal, sent, conversationId));
  }

  const wake = createPump(sendPage, closeOnFault);
  const unsubscribe = conversations.subscribe(conversationId, receive);
  const leave = residents.enter(conversationId);
  parts.reached(conversationId, reader.after);
  if (reader.place) show(presenter.presentQueue(reader.place, sent, conversationId));
  socket.on('close', () => {
    unsubscribe();
    leave();
  });
  keepAlive(socket, {
    everyMs: limits.keepAliveMs,
    onBeat: () => {
      void send('');
      checkIsThere().catch(closeOnFault);
    },
    onFlood: () => close(CLOSE.tooChatty),
  });
  wake();
}

/** Resolves to true when the frame has left; to false when it will not, which ends in the socket's `close`. */
function createSender(socket: WebSocket, backlogBytes: number): (frame: string) => Promise<boolean> {
  return (frame) => {
    // A client that reads too slowly is cut: it comes back and resumes by its watermark.
    if (socket.bufferedAmount > backlogBytes) socket.terminate();
    if (socket.readyState !== socket.OPEN) return Promise.resolve(false);
    return new Promise((resolve) => socket.send(frame, (error) => resolve(!error)));
  };
}
