import { backoffMs } from '../model/backoff.js';
import { EMPTY_LOG, type Log, lastSeq, receive, stopTyping, unacknowledged } from '../model/log.js';
import { type Message, readActivity } from '../model/message.js';
import { type Api, ApiError, type Session } from './api.js';
import type { Line } from './line.js';
import { createOutbox } from './outbox.js';
import type { Sessions } from './sessions.js';
import type { Keep } from './storage.js';
import type { Timers } from './timers.js';

/** `refused`: this site may not use the server. `erased`: the conversation was removed, here or elsewhere. */
export type Phase = 'idle' | 'connecting' | 'live' | 'offline' | 'refused' | 'erased';

export interface ChatState {
  readonly phase: Phase;
  /** When the line was cut, in milliseconds; meaningful while `offline`. */
  readonly since: number;
  readonly log: Log;
  /** The position that the reader has seen. */
  readonly seen: number;
}

/** One page's conversation with the server: it connects, keeps connected, and sends. It knows nothing of the screen. */
export interface Chat {
  state(): ChatState;
  /** Called after every change. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
  /** Called with what others say as it arrives, and never with what is read again from the past. */
  onNews(listener: (messages: readonly Message[]) => void): () => void;
  start(): void;
  send(text: string): void;
  resend(clientId: string): void;
  /** Removes the conversation from the server and from here. False when the server could not be reached. */
  erase(): Promise<boolean>;
  /** Begins a new conversation after the last one was removed. */
  restart(): void;
  /** Forgets everything on this page, at once, without asking the server. */
  leave(): void;
  /** Ends the connection without forgetting anything; `start` takes it up again. */
  pause(): void;
  /** Everything shown so far has been seen. */
  seeAll(): void;
  /** The page came back into view, or the device back on line: looks at once instead of waiting. */
  nudge(): void;
  /** The device says that it is off line. */
  cut(): void;
}

export interface ChatDependencies {
  readonly api: Api;
  readonly sessions: Sessions;
  readonly line: Line;
  readonly keep: Keep;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: () => string;
}

/** Half the life of a token. */
const REFRESH_MS = 15 * 60_000;
const TYPING_MS = 6_000;

class Refused extends Error {}

export function createChat({ api, sessions, line, keep, timers, random, newId }: ChatDependencies): Chat {
  let state: ChatState = { phase: 'idle', since: 0, log: EMPTY_LOG, seen: 0 };
  let watermark: string | undefined;
  /** Ends everything under way. */
  let life = new AbortController();
  /** Ends the present connection. */
  let turn = new AbortController();
  /** Ends the wait for the next one. */
  let pause = new AbortController();
  /** The conversation whose past has been read. */
  let readId: string | undefined;
  const listeners = new Set<() => void>();
  const newsListeners = new Set<(messages: readonly Message[]) => void>();

  const outbox = createOutbox({
    api,
    sessions,
    timers,
    random,
    newId,
    log: () => state.log,
    change: setLog,
    isLive: () => state.phase === 'live',
    check: () => void check(),
    reconnect() {
      update({ phase: 'connecting' });
      turn.abort();
    },
    gone,
  });

  function update(change: Partial<ChatState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function setLog(log: Log): void {
    const hasOtherOutgoing = log.outgoing !== state.log.outgoing;
    update({ log });
    if (hasOtherOutgoing) keep.saveUnsent(unacknowledged(log));
  }

  function take(activities: readonly unknown[], newWatermark: string | undefined, isHistory: boolean): void {
    const before = lastSeq(state.log);
    const arrived = activities.map(readActivity).filter((incoming) => incoming !== undefined);
    if (newWatermark !== undefined) watermark = newWatermark;
    if (arrived.length === 0) return;
    setLog(arrived.reduce(receive, state.log));
    if (arrived.some(({ kind }) => kind === 'typing')) expireTyping();
    if (!isHistory) tellNews(before);
  }

  function tellNews(after: number): void {
    const news = state.log.messages.filter(({ seq, author }) => seq > after && author !== 'resident');
    if (news.length > 0) for (const listener of newsListeners) listener(news);
  }

  function expireTyping(): void {
    const { signal } = life;
    void timers.wait(TYPING_MS, signal).then(() => {
      if (state.log.typing && !signal.aborted) setLog(stopTyping(state.log));
    });
  }

  async function run(signal: AbortSignal): Promise<void> {
    void keepToken(signal);
    for (let attempt = 0; !signal.aborted; attempt++) {
      turn = new AbortController();
      const error = await connect(turn.signal, () => {
        attempt = 0;
      }).catch((reason: unknown) => reason);
      if (signal.aborted || isOver(error)) return;
      const isExpired = isAuthority(error);
      if (isExpired) sessions.distrust();
      // A refused token is renewed at once, and a line that was cut on purpose taken up again.
      if (attempt > 0 || !(isExpired || turn.signal.aborted)) await rest(attempt, error);
    }
  }

  /** Whether there is nothing more to connect to. */
  function isOver(error: unknown): boolean {
    if (error instanceof Refused) update({ phase: 'refused' });
    else if (error instanceof ApiError && error.status === 404) gone();
    else return false;
    return true;
  }

  async function rest(attempt: number, error: unknown): Promise<void> {
    if (state.phase !== 'offline') update({ phase: 'offline', since: timers.now() });
    pause = new AbortController();
    const retryAfter = error instanceof ApiError ? error.retryAfter : undefined;
    await timers.wait(retryAfter ? retryAfter * 1_000 : backoffMs(attempt, random()), pause.signal);
  }

  async function connect(signal: AbortSignal, onLive: () => void): Promise<void> {
    const { session, isNew } = await sessions.open().catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 403 ? new Refused() : error;
    });
    if (signal.aborted) return;
    if (readId !== session.conversationId) {
      watermark = undefined;
      update({ log: { ...EMPTY_LOG, outgoing: state.log.outgoing }, seen: isNew ? 0 : keep.seen() });
      if (!isNew) await readHistory(session, signal);
      if (signal.aborted) return;
      readId = session.conversationId;
    }
    await line.follow(
      session,
      {
        watermark: () => watermark,
        onOpen() {
          if (signal.aborted) return;
          onLive();
          update({ phase: 'live' });
          void outbox.flush();
        },
        onPage: (activities, newWatermark) => !signal.aborted && take(activities, newWatermark, false),
      },
      signal,
    );
  }

  /** Reads the past over HTTP, up to its end, so that it can be told from news. */
  async function readHistory(session: Session, signal: AbortSignal): Promise<void> {
    for (let isMore = true; isMore && !signal.aborted; ) {
      const page = await api.activities(session, watermark);
      if (!signal.aborted) take(page.activities, page.watermark, true);
      isMore = page.activities.length > 0 && page.watermark !== undefined;
    }
  }

  async function keepToken(signal: AbortSignal): Promise<void> {
    for (;;) {
      await timers.wait(REFRESH_MS, signal);
      if (signal.aborted) return;
      await sessions.refresh().catch((error: unknown) => {
        if (isAuthority(error)) sessions.distrust();
      });
    }
  }

  /** Asks over HTTP what the line may have failed to bring; takes the line up again when there is no answer. */
  async function check(): Promise<void> {
    const session = sessions.current();
    const { signal } = turn;
    if (!session || state.phase !== 'live') return;
    try {
      const page = await api.activities(session, watermark);
      if (signal.aborted) return;
      const before = lastSeq(state.log);
      take(page.activities, page.watermark, false);
      if (lastSeq(state.log) > before) turn.abort();
    } catch {
      if (!signal.aborted) cut();
    }
  }

  function cut(): void {
    if (state.phase === 'live') update({ phase: 'offline', since: timers.now() });
    turn.abort();
  }

  function stop(): void {
    for (const controller of [life, turn, pause]) controller.abort();
    life = new AbortController();
    readId = undefined;
  }

  function gone(): void {
    stop();
    sessions.forget();
    update({ phase: 'erased', log: EMPTY_LOG, seen: 0 });
  }

  function start(): void {
    if (state.phase !== 'idle') return;
    update({ phase: 'connecting', since: timers.now(), log: { ...EMPTY_LOG, outgoing: keep.unsent() } });
    void run(life.signal);
  }

  async function remove(): Promise<boolean> {
    const { session } = await sessions.open();
    await api.remove(session).catch(async (error: unknown) => {
      if (!isAuthority(error)) throw error;
      sessions.distrust();
      await api.remove((await sessions.open()).session);
    });
    return true;
  }

  return {
    state: () => state,
    subscribe: (listener) => subscribeTo(listeners, listener),
    onNews: (listener) => subscribeTo(newsListeners, listener),
    start,
    send: outbox.add,
    resend: outbox.resend,
    async erase() {
      const isRemoved = await remove().catch((error: unknown) => error instanceof ApiError && error.status === 404);
      if (isRemoved) gone();
      return isRemoved;
    },
    restart() {
      update({ phase: 'idle' });
      start();
    },
    leave() {
      stop();
      sessions.forget();
      keep.forgetAll();
      update({ phase: 'idle', log: EMPTY_LOG, seen: 0 });
    },
    pause() {
      stop();
      update({ phase: 'idle' });
    },
    seeAll() {
      const seq = lastSeq(state.log);
      if (seq <= state.seen) return;
      keep.saveSeen(seq);
      update({ seen: seq });
    },
    nudge() {
      pause.abort();
      void check();
    },
    cut,
  };
}

/** The token has expired, or is not taken any more. */
function isAuthority(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.status === 403);
}

function subscribeTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
