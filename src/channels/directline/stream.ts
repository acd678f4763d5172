import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { DomainError } from '../../domain/errors.js';
import { faultOf } from '../../http/error-handler.js';
import type { RefusalCode } from '../../http/messages.js';
import { refuseUpgrade } from '../../http/raw-problem.js';
import { Refusal } from '../../http/refusal.js';
import { DIRECTLINE_PATH, type DirectLineParts } from './parts.js';
import { CLOSE, type StreamReader, serveStream } from './stream-reader.js';
import { readWatermark } from './watermark.js';

const STREAM_PATH = new RegExp(`^${DIRECTLINE_PATH}/conversations/([^/]+)/stream$`);
/** Clients send empty frames only. */
const LARGEST_FRAME_BYTES = 1024;
const CLOSING_MS = 1000;

export interface Streams {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Asks every client to come back later, and cuts those that do not hear it. */
  close(): Promise<void>;
}

/** `GET /conversations/{id}/stream`, by WebSocket. */
export function createStreams(parts: DirectLineParts): Streams {
  const { limits, log } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES, perMessageDeflate: false });
  const sockets = new Map<WebSocket, string>();
  let isClosing = false;

  function assertRoom(conversationId: string): void {
    if (isClosing || sockets.size >= limits.socketsInAll) throw new Refusal('TooBusy');
    const ofConversation = [...sockets.values()].filter((id) => id === conversationId).length;
    if (ofConversation >= limits.socketsPerConversation) throw new Refusal('TooBusy');
  }

  function accept(socket: WebSocket, reader: StreamReader): void {
    sockets.set(socket, reader.conversationId);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.terminate());
    serveStream(parts, socket, reader);
  }

  async function answer(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      const reader = await authorize(parts, request);
      assertRoom(reader.conversationId);
      server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, reader));
    } catch (error) {
      const code = refusalCodeOf(error);
      if (code === 'InternalError') log.error({ code, ...faultOf(error) }, 'Upgrade failed');
      refuseUpgrade(socket, code);
    }
  }

  return {
    handleUpgrade(request, socket, head) {
      if (!request.url?.startsWith(`${DIRECTLINE_PATH}/`)) return false;
      socket.on('error', () => socket.destroy());
      void answer(request, socket, head);
      return true;
    },
    async close() {
      isClosing = true;
      await Promise.all([...sockets.keys()].map(closeForRestart));
      server.close();
    },
  };
}

async function authorize(parts: DirectLineParts, request: IncomingMessage): Promise<StreamReader> {
  const { origins, tokens, existing, residents } = parts;
  const url = URL.parse(request.url ?? '', 'http://localhost');
  const conversationId = url ? STREAM_PATH.exec(url.pathname)?.[1] : undefined;
  if (!url || conversationId === undefined) throw new Refusal('NotFound');
  if (!origins.isAllowed(request)) throw new Refusal('OriginNotAllowed');
  const token = url.searchParams.get('t');
  if (!token) throw new Refusal('MissingToken');
  if ((await tokens.readForStream(token)) !== conversationId) throw new Refusal('WrongConversation');
  const watermark = readWatermark(url.searchParams.get('watermark'));
  const { lastSeq, status } = await existing(conversationId);
  const place = status === 'waiting' ? residents.placeOf(conversationId) : undefined;
  return {
    conversationId,
    after: Math.min(watermark, lastSeq),
    baseUrl: origins.baseUrl(request),
    ...(place && { place }),
  };
}

function refusalCodeOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code;
  return error instanceof DomainError ? 'Unavailable' : 'InternalError';
}

function closeForRestart(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSING_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(CLOSE.serverGoes.code, CLOSE.serverGoes.reason);
  });
}
