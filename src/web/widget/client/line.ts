import type { Timers } from '../../shared/timers.js';
import { type Api, ApiError, type Page, readPage, type Session } from './api.js';

/** A socket as the browser gives it, reduced to what is used. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  close(): void;
}

export interface Line {
  /**
   * Reads the conversation from `watermark()` on, until the line breaks or `signal` ends it.
   * `onOpen` is called once the line carries messages.
   * @throws ApiError when the server refuses.
   */
  follow(session: Session, handlers: LineHandlers, signal: AbortSignal): Promise<void>;
}

export interface LineHandlers {
  watermark(): string | undefined;
  onOpen(): void;
  onPage(page: Page): void;
}

export interface LineDependencies {
  readonly api: Api;
  readonly openSocket: (url: string) => Socket;
  readonly timers: Timers;
}

/** Proxies that swallow WebSockets let one hang: after this it counts as blocked. */
const OPENING_MS = 8_000;
/** A socket silent for so long is checked by asking over HTTP, which also brings what it lost. */
const CHECK_MS = 30_000;
const POLL_MS = 2_500;
const BLOCKED_AFTER = 2;
/** The server closes so when the conversation has been removed (a code of our own, RFC 6455, 7.4.2). */
const REMOVED = 4404;

/** The stream by WebSocket; by polling where sockets are blocked. */
export function createLine({ api, openSocket, timers }: LineDependencies): Line {
  let blockedInARow = 0;

  async function catchUp(session: Session, handlers: LineHandlers): Promise<number> {
    const page = await api.activities(session, handlers.watermark());
    handlers.onPage(page);
    return page.activities.length;
  }

  async function poll(session: Session, handlers: LineHandlers, signal: AbortSignal): Promise<void> {
    // The next connection tries one socket again: the device may have moved to another network.
    blockedInARow = BLOCKED_AFTER - 1;
    await catchUp(session, handlers);
    handlers.onOpen();
    while (!signal.aborted) {
      await timers.wait(POLL_MS, signal);
      if (!signal.aborted) await catchUp(session, handlers);
    }
  }

  async function listen(session: Session, handlers: LineHandlers, signal: AbortSignal): Promise<void> {
    const url = await api.streamUrl(session, handlers.watermark());
    if (signal.aborted) return;
    const stream = openStream(openSocket(url), handlers, timers);
    const stop = () => stream.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      blockedInARow = (await stream.opened) ? 0 : blockedInARow + 1;
      if (!stream.isOver()) {
        handlers.onOpen();
        await Promise.race([stream.closed, watch(session, handlers, stream)]);
        if (stream.closeCode() === REMOVED) throw new ApiError(404);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stream.close();
    }
  }

  /** Ends when a check fails, or when it finds messages that the socket should have brought. */
  async function watch(session: Session, handlers: LineHandlers, stream: Stream): Promise<void> {
    while (!stream.isOver()) {
      const heardBefore = stream.heard();
      await timers.wait(CHECK_MS, stream.ended);
      if (stream.isOver() || stream.heard() !== heardBefore) continue;
      if ((await catchUp(session, handlers)) > 0) return;
    }
  }

  return {
    follow: (session, handlers, signal) =>
      blockedInARow >= BLOCKED_AFTER ? poll(session, handlers, signal) : listen(session, handlers, signal),
  };
}

interface Stream {
  readonly opened: Promise<boolean>;
  readonly closed: Promise<void>;
  readonly ended: AbortSignal;
  isOver(): boolean;
  /** Why the server ended it; undefined when it did not say. */
  closeCode(): number | undefined;
  /** How many frames came, the empty ones that keep the line alive included. */
  heard(): number;
  close(): void;
}

function openStream(socket: Socket, handlers: LineHandlers, timers: Timers): Stream {
  const end = new AbortController();
  const opened = deferred<boolean>();
  const closed = deferred<void>();
  let frames = 0;
  let code: number | undefined;

  function finish(): void {
    if (end.signal.aborted) return;
    end.abort();
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    opened.resolve(false);
    closed.resolve();
  }

  const opening = new AbortController();
  void timers.wait(OPENING_MS, opening.signal).then(() => !opening.signal.aborted && finish());
  socket.onopen = () => {
    opening.abort();
    opened.resolve(true);
  };
  socket.onclose = (event: { readonly code: number }) => {
    code = event.code;
    opening.abort();
    finish();
  };
  socket.onmessage = ({ data }: { readonly data: unknown }) => {
    frames += 1;
    const page = readFrame(data);
    if (page) handlers.onPage(page);
  };
  return {
    opened: opened.promise,
    closed: closed.promise,
    ended: end.signal,
    isOver: () => end.signal.aborted,
    closeCode: () => code,
    heard: () => frames,
    close() {
      opening.abort();
      finish();
    },
  };
}

/** `Promise.withResolvers`, for browsers of before 2024. */
function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function readFrame(data: unknown): Page | undefined {
  if (typeof data !== 'string' || data.trim() === '') return undefined;
  try {
    return readPage(JSON.parse(data));
  } catch {
    return undefined;
  }
}
