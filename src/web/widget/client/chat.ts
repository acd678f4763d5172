import type { Timers } from '../../shared/timers.js';
import { EMPTY_LOG, type Log, lastSeq, receive, stopTyping, unacknowledged } from '../model/log.js';
import { type Message, readActivity } from '../model/message.js';
import { standing } from '../model/timeline.js';
import { type Api, ApiError } from './api.js';
import { createConnection, isAuthority } from './connection.js';
import type { Line } from './line.js';
import { createOutbox } from './outbox.js';
import type { Sessions } from './sessions.js';
import type { Keep } from './storage.js';

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
  /** The reader types: delegates who are there or expected are told, once in a while. */
  typing(): void;
  /** Removes the conversation from the server and from here. False when the server could not be reached. */
  erase(): Promise<boolean>;
  /** Begins a new conversation after the last one was removed. */
  restart(): void;
  /** Ends here and empties the log, at once, without asking the server. */
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

const TYPING_MS = 6_000;
const TELL_TYPING_MS = 3_000;

export function createChat({ api, sessions, line, keep, timers, random, newId }: ChatDependencies): Chat {
  let state: ChatState = { phase: 'idle', since: 0, log: EMPTY_LOG, seen: 0 };
  let typingId = 0;
  let toldTypingAt = 0;
  const listeners = new Set<() => void>();
  const newsListeners = new Set<(messages: readonly Message[]) => void>();

  const connection = createConnection({
    api,
    sessions,
    line,
    timers,
    random,
    begin(isNew) {
      const { outgoing, own } = state.log;
      update({ log: { ...EMPTY_LOG, outgoing, own }, seen: isNew ? 0 : keep.seen() });
    },
    take,
    onLive() {
      update({ phase: 'live' });
      void outbox.flush();
    },
    onOffline: () => state.phase !== 'offline' && update({ phase: 'offline', since: timers.now() }),
    onReconnect: () => update({ phase: 'connecting' }),
    onRefused: () => update({ phase: 'refused' }),
    onGone: gone,
  });
  const outbox = createOutbox({
    api,
    sessions,
    timers,
    random,
    newId,
    log: () => state.log,
    change: setLog,
    isLive: () => state.phase === 'live',
    check: () => void connection.check(),
    reconnect: connection.reconnect,
    gone,
  });

  function update(change: Partial<ChatState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function setLog(log: Log): void {
    const hasOtherOutgoing = log.outgoing !== state.log.outgoing;
    update({ log });
    if (hasOtherOutgoing) keep.saveUnsent(unacknowledged(log).filter(({ isSecret }) => !isSecret));
  }

  function take(activities: readonly unknown[], isHistory: boolean): boolean {
    const before = lastSeq(state.log);
    const arrived = activities.map(readActivity).filter((incoming) => incoming !== undefined);
    if (arrived.length === 0) return false;
    setLog(arrived.reduce(receive, state.log));
    if (arrived.some(({ kind }) => kind === 'typing')) expireTyping();
    if (!isHistory) tellNews(before);
    return lastSeq(state.log) > before;
  }

  function tellNews(after: number): void {
    const news = state.log.messages.filter(({ seq, author }) => seq > after && author !== 'resident');
    if (news.length > 0) for (const listener of newsListeners) listener(news);
  }

  /** Each sign of typing lasts a while, and a later one prolongs it. */
  function expireTyping(): void {
    const id = ++typingId;
    void timers.wait(TYPING_MS).then(() => {
      if (id === typingId && state.log.typing) setLog(stopTyping(state.log));
    });
  }

  function gone(): void {
    connection.stop();
    sessions.forget();
    update({ phase: 'erased', log: EMPTY_LOG, seen: 0 });
  }

  function start(): void {
    if (state.phase !== 'idle' && state.phase !== 'refused') return;
    // A page that goes on has more than what was kept.
    const log = state.log === EMPTY_LOG ? { ...EMPTY_LOG, outgoing: keep.unsent() } : state.log;
    update({ phase: 'connecting', since: timers.now(), log });
    connection.start();
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
    typing() {
      const session = sessions.current();
      const isDue = timers.now() - toldTypingAt >= TELL_TYPING_MS;
      const isForDelegates = ['waiting', 'delegate'].includes(standing(state.log));
      if (!session || !isDue || !isForDelegates || state.phase !== 'live') return;
      toldTypingAt = timers.now();
      // Lost, it is not worth another try.
      api.typing(session).catch(() => undefined);
    },
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
      connection.stop();
      sessions.forget();
      update({ phase: 'idle', log: EMPTY_LOG, seen: 0 });
    },
    pause() {
      connection.stop();
      update({ phase: 'idle' });
    },
    seeAll() {
      const seq = lastSeq(state.log);
      if (seq <= state.seen) return;
      keep.saveSeen(seq);
      update({ seen: seq });
    },
    nudge() {
      connection.hurry();
      void connection.check();
    },
    cut: connection.cut,
  };
}

function subscribeTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
