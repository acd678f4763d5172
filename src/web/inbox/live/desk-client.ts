import { realTimers } from '../../shared/timers.js';
import { API_BASE, type Call, createClient } from '../api/client.js';
import { createLine } from './connection.js';
import { createDrafts, type Drafts } from './drafts.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createLive, type Live } from './store.js';
import { createTabShare } from './tab-share.js';
import type { Message } from './wire.js';

/** Everything live of one account on this page. */
export interface DeskClient {
  readonly me: string;
  readonly live: Live;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  /** Follows the server until the returned function is called. */
  readonly start: () => () => void;
  /** Tries to connect now. */
  readonly hurry: () => void;
  /** The session was locked or unlocked. */
  readonly setLocked: (isLocked: boolean) => void;
}

export interface DeskClientOptions {
  readonly me: string;
  readonly call: Call;
  readonly onSessionOver: (reason: 'locked' | 'ended') => void;
}

export function createDeskClient({ me, call, onSessionOver }: DeskClientOptions): DeskClient {
  const timers = realTimers;
  // What is sent while the page goes away must outlive it.
  const lastCall = createClient({ fetch: (url, init) => fetch(url, { ...init, keepalive: true }) });
  let wasLocked: boolean | undefined;
  const by = (isLeaving: boolean): Call => (isLeaving ? lastCall : call);

  const drafts = createDrafts({
    timers,
    save: (id, text, isLeaving) => by(isLeaving)('saveDraft', { params: { id }, body: { text } }),
  });
  const outbox: Outbox = createOutbox({
    timers,
    drafts,
    random: Math.random,
    reply: (id, body, isLeaving) => by(isLeaving)('reply', { params: { id }, body }),
    onReply: (_, { message, detail }) => live.take(detail, [message]),
  });
  const arrived = (id: string, messages: readonly Message[]): void =>
    outbox.dispatch(id, { kind: 'arrived', messages, me });
  const live = createLive({
    timers,
    openConversation: (id) => call('openConversation', { params: { id } }),
    readEarlier: (id, before) => call('readEarlier', { params: { id }, query: { before } }),
    markRead: (id, seq) => call('markRead', { params: { id }, body: { seq } }),
    onSessionOver,
    onMessages: arrived,
    onOpened({ detail, messages, draft = '' }) {
      const { id } = detail.card;
      drafts.adopt(id, draft);
      arrived(id, messages);
      outbox.dispatch(id, { kind: 'restore', draft, messages, me });
    },
    onBack: () => outbox.dispatchAll({ kind: 'hurry' }),
  });
  const line = createLine({
    timers,
    random: Math.random,
    fetch: (url, init) =>
      fetch(url, { ...init, credentials: 'same-origin', cache: 'no-store', headers: STREAM_HEADERS }),
    url: () => streamAddress(live.followed()),
    onEvent: live.onEvent,
    onLive: live.onLive,
    onHeard: createSignOfLife(call, () => timers.now()),
    onCut: live.onCut,
    onRefused: live.onRefused,
  });

  return {
    me,
    live,
    outbox,
    drafts,
    start() {
      live.start(line);
      const share = createTabShare({ locks: navigator.locks, onPause: line.stop, onResume: line.start });
      const stopListening = listenToDevice({
        onVisible() {
          share.change(true);
          line.hurry();
        },
        onHidden() {
          share.change(false);
          leave(outbox, drafts);
        },
        onLeave: () => leave(outbox, drafts),
        onOnline: line.hurry,
        onOffline: line.cut,
        mayLeave: () => drafts.isSettled() || live.snapshot().connection.kind === 'over',
      });
      return () => {
        share.stop();
        stopListening();
        leave(outbox, drafts);
        live.stop();
      };
    },
    hurry: line.hurry,
    setLocked(isLocked) {
      if (isLocked && wasLocked === false) live.forget();
      if (wasLocked !== undefined && isLocked !== wasLocked) line.restart();
      wasLocked = isLocked;
    },
  };
}

/** Under the 15 s between two heartbeats, so that each of them is answered. */
const SIGN_EVERY_MS = 12_000;

/**
 * Answers what the line brings by a call: a line that looks open to the server is no sign that anybody is at this end.
 * Timers of a page in the background are held back; what comes over the line is not.
 */
function createSignOfLife(call: Call, now: () => number): () => void {
  let sentAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - sentAt < SIGN_EVERY_MS) return;
    sentAt = now();
    // One that is lost is made good by the next; what it says of the session comes over the line as well.
    void call('readSession', { isBackground: true }).catch(() => undefined);
  };
}

const STREAM_HEADERS = { Accept: 'text/event-stream', 'X-Permanence': 'background' };

function streamAddress({ conversation, after }: { readonly conversation?: string; readonly after?: number }): string {
  const query = new URLSearchParams();
  if (conversation !== undefined) query.set('conversation', conversation);
  if (after !== undefined) query.set('after', String(after));
  return `${API_BASE}/events${query.size > 0 ? `?${query}` : ''}`;
}

/** A phone that is put away may never wake the page again: what is held leaves, what is written is saved. */
function leave(outbox: Outbox, drafts: Drafts): void {
  outbox.dispatchAll({ kind: 'leave' });
  drafts.flush(true);
}

interface DeviceListeners {
  readonly onVisible: () => void;
  readonly onHidden: () => void;
  readonly onLeave: () => void;
  readonly onOnline: () => void;
  readonly onOffline: () => void;
  /** The server has everything that was written. */
  readonly mayLeave: () => boolean;
}

function listenToDevice({ onVisible, onHidden, onLeave, onOnline, onOffline, mayLeave }: DeviceListeners): () => void {
  const onVisibility = (): void => (document.visibilityState === 'hidden' ? onHidden() : onVisible());
  // Only what could not be saved is asked about: a moment's typing leaves by itself.
  const onUnload = (event: BeforeUnloadEvent): void => {
    onLeave();
    if (!mayLeave() && !navigator.onLine) event.preventDefault();
  };
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('beforeunload', onUnload);
  addEventListener('pagehide', onLeave);
  addEventListener('online', onOnline);
  addEventListener('offline', onOffline);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('beforeunload', onUnload);
    removeEventListener('pagehide', onLeave);
    removeEventListener('online', onOnline);
    removeEventListener('offline', onOffline);
  };
}
