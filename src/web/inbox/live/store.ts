import type { Timers } from '../../shared/timers.js';
import type { LiveLine } from './connection.js';
import { readFailure } from './failure.js';
import {
  addMessages,
  applyAnswered,
  applyEvent,
  applyOpened,
  applyRead,
  changeThread,
  expireTyping,
  type LiveState,
  NEW_LIVE_STATE,
  openThread,
  resumeSeqOf,
} from './state.js';
import type { Detail, LiveEvent, Message, MessagePage, Opened } from './wire.js';

/** What the page knows of the desk, kept up to date by the server; for `useSyncExternalStore`. */
export interface Live {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => LiveState;
  /** Puts a conversation on the screen and follows it. */
  open(id: string): void;
  /** None is on the screen any more. */
  close(id: string): void;
  loadEarlier(): void;
  /** The answer of a call is news too. */
  take(detail: Detail, messages?: readonly Message[]): void;
  /** The reader has seen the conversation so far. */
  read(id: string, seq: number): void;
}

/** Both ends of the store: what the page holds, and what the line brings. */
export interface LiveStore extends Live {
  start(line: LiveLine): void;
  stop(): void;
  /** The page was locked here: nothing of what residents said stays. */
  forget(): void;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onLive: () => void;
  readonly onCut: (since: number) => void;
  readonly onRefused: () => void;
  /** What to follow, for the stream's address. */
  readonly followed: () => { readonly conversation?: string; readonly after?: number };
}

export interface LiveDependencies {
  readonly openConversation: (id: string) => Promise<Opened>;
  readonly readEarlier: (id: string, before: number) => Promise<MessagePage>;
  readonly markRead: (id: string, seq: number) => Promise<unknown>;
  readonly timers: Timers;
  readonly onSessionOver: (reason: 'locked' | 'ended') => void;
  readonly onOpened: (opened: Opened) => void;
  readonly onMessages: (conversationId: string, messages: readonly Message[]) => void;
  /** The line is there again. */
  readonly onBack: () => void;
}

export function createLive(deps: LiveDependencies): LiveStore {
  const { timers } = deps;
  const listeners = new Set<() => void>();
  let state: LiveState = NEW_LIVE_STATE;
  let line: LiveLine | undefined;
  let isOver = false;

  function change(next: LiveState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  const inThread = (id: string, part: Partial<NonNullable<LiveState['thread']>>): void =>
    change(changeThread(state, id, (thread) => ({ ...thread, ...part })));

  async function load(id: string): Promise<void> {
    try {
      const opened = await deps.openConversation(id);
      if (state.thread?.id !== id || isOver) return;
      change(applyOpened(state, opened));
      deps.onOpened(opened);
      line?.restart();
    } catch (error) {
      inThread(id, { phase: 'failed', problem: readFailure(error).detail });
    }
  }

  async function loadEarlier(): Promise<void> {
    const { thread } = state;
    const before = thread?.messages[0]?.seq;
    if (!thread?.hasEarlier || before === undefined || thread.earlier === 'loading') return;
    inThread(thread.id, { earlier: 'loading' });
    try {
      const page = await deps.readEarlier(thread.id, before);
      change(
        changeThread(state, thread.id, (now) => ({
          ...addMessages({ ...now, hasEarlier: page.hasEarlier }, page.messages),
          earlier: 'idle',
        })),
      );
    } catch {
      inThread(thread.id, { earlier: 'failed' });
    }
  }

  function onEvent(event: LiveEvent): void {
    if (event.name === 'session-over') {
      end(event.data.reason);
      return;
    }
    change(applyEvent(state, event, timers.now()));
    if (event.name === 'messages') deps.onMessages(event.data.conversationId, event.data.messages);
    if (event.name === 'typing') void expireLater();
  }

  /** What residents said does not stay behind a locked screen. */
  function end(reason: 'locked' | 'ended'): void {
    const { connection } = state;
    isOver = reason === 'ended';
    change({ ...NEW_LIVE_STATE, connection: isOver ? { kind: 'over' } : connection });
    if (isOver) line?.stop();
    deps.onSessionOver(reason);
  }

  async function expireLater(): Promise<void> {
    const until = Math.max(0, ...(state.thread?.typing.map((typing) => typing.until) ?? []));
    await timers.wait(Math.max(0, until - timers.now()));
    change(expireTyping(state, timers.now()));
  }

  function sendRead(id: string, seq: number): void {
    // Read marks are a comfort: the next one, or the next opening, makes a lost one good.
    deps.markRead(id, seq).catch(() => undefined);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    open(id) {
      if (state.thread?.id === id && state.thread.phase !== 'failed') return;
      change(openThread(state, id));
      void load(id);
    },
    close(id) {
      if (state.thread?.id !== id) return;
      const { thread: _, ...rest } = state;
      change(rest);
      line?.restart();
    },
    loadEarlier: () => void loadEarlier(),
    take(detail, messages = []) {
      const { id } = detail.card;
      const withMessages =
        messages.length > 0 ? changeThread(state, id, (thread) => addMessages(thread, messages)) : state;
      change(applyAnswered(withMessages, detail));
    },
    read(id, seq) {
      const next = applyRead(state, id, seq);
      if (next === state) return;
      change(next);
      sendRead(id, seq);
    },
    start(started) {
      isOver = false;
      line = started;
      started.start();
    },
    stop() {
      line?.stop();
      isOver = true;
    },
    forget: () => change({ ...NEW_LIVE_STATE, connection: state.connection }),
    onEvent,
    onLive() {
      if (state.connection.kind === 'live' || isOver) return;
      const wasCut = state.connection.kind === 'cut';
      change({ ...state, connection: { kind: 'live' } });
      if (wasCut) deps.onBack();
      // A conversation that could not be opened while the line was cut.
      if (state.thread?.phase === 'failed') void load(state.thread.id);
    },
    onCut(since) {
      if (state.connection.kind !== 'cut') change({ ...state, connection: { kind: 'cut', since } });
    },
    onRefused: () => end('ended'),
    followed() {
      const { thread } = state;
      if (thread?.phase !== 'ready') return {};
      return { conversation: thread.id, after: resumeSeqOf(thread) };
    },
  };
}
