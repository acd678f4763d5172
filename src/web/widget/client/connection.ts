import { backoffMs } from '../../shared/backoff.js';
import type { Timers } from '../../shared/timers.js';
import { type Api, ApiError, type Page, type Session } from './api.js';
import type { Line } from './line.js';
import type { Sessions } from './sessions.js';

/** Keeps the page connected to its conversation: opens, reads the past, follows, and comes back after a cut. */
export interface Connection {
  start(): void;
  stop(): void;
  /** Takes the line up again with another token. */
  reconnect(): void;
  /** Gives the line up for broken. */
  cut(): void;
  /** Does not wait for the next try. */
  hurry(): void;
  /** Asks over HTTP what the line may have failed to bring; cuts it when there is no answer. */
  check(): Promise<void>;
}

export interface ConnectionDependencies {
  readonly api: Api;
  readonly sessions: Sessions;
  readonly line: Line;
  readonly timers: Timers;
  readonly random: () => number;
  /** Another conversation than before follows; `isNew` when it has no past. */
  readonly begin: (isNew: boolean) => void;
  /** Takes in what arrived; true when some message was not known yet. */
  readonly take: (activities: readonly unknown[], isHistory: boolean) => boolean;
  readonly onLive: () => void;
  readonly onOffline: () => void;
  readonly onReconnect: () => void;
  readonly onRefused: () => void;
  readonly onGone: () => void;
}

/** Half the life of a token. */
const REFRESH_MS = 15 * 60_000;

/** The server does not serve this site. */
class Refused extends Error {}

export function createConnection(deps: ConnectionDependencies): Connection {
  const { api, sessions, line, timers } = deps;
  let watermark: string | undefined;
  /** The conversation whose past has been read. */
  let readId: string | undefined;
  let isLive = false;
  /** Ends everything under way. */
  let life = new AbortController();
  /** Ends the present connection. */
  let turn = new AbortController();
  /** Ends the wait for the next one. */
  let pause = new AbortController();

  async function run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      turn = new AbortController();
      const error = await connect(turn.signal, () => {
        attempt = 0;
      }).catch((reason: unknown) => reason);
      if (signal.aborted || isOver(error)) return;
      isLive = false;
      const isExpired = isAuthority(error);
      if (isExpired) sessions.distrust();
      // A refused token is renewed at once, and a line that was cut on purpose taken up again.
      if (attempt > 0 || !(isExpired || turn.signal.aborted)) await rest(attempt, error);
    }
  }

  async function connect(signal: AbortSignal, onConnected: () => void): Promise<void> {
    const { session, isNew } = await sessions.open().catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 403 ? new Refused() : error;
    });
    if (signal.aborted) return;
    await readPast(session, isNew, signal);
    if (signal.aborted) return;
    await line.follow(
      session,
      {
        watermark: () => watermark,
        onOpen() {
          if (signal.aborted) return;
          isLive = true;
          onConnected();
          deps.onLive();
        },
        onPage: (page) => !signal.aborted && take(page, false),
      },
      signal,
    );
  }

  /** Reads the past over HTTP, up to its end, so that it can be told from news. */
  async function readPast(session: Session, isNew: boolean, signal: AbortSignal): Promise<void> {
    if (readId === session.conversationId) return;
    watermark = undefined;
    deps.begin(isNew);
    for (let isMore = !isNew; isMore && !signal.aborted; ) {
      const page = await api.activities(session, watermark);
      if (!signal.aborted) take(page, true);
      isMore = page.activities.length > 0 && page.watermark !== undefined;
    }
    if (!signal.aborted) readId = session.conversationId;
  }

  function take(page: Page, isHistory: boolean): boolean {
    watermark = page.watermark ?? watermark;
    return deps.take([...page.activities, ...page.asides], isHistory);
  }

  /** Whether there is nothing more to connect to. */
  function isOver(error: unknown): boolean {
    if (error instanceof Refused) deps.onRefused();
    else if (error instanceof ApiError && error.status === 404) deps.onGone();
    else return false;
    return true;
  }

  async function rest(attempt: number, error: unknown): Promise<void> {
    deps.onOffline();
    pause = new AbortController();
    const retryAfter = error instanceof ApiError ? error.retryAfter : undefined;
    await timers.wait(retryAfter ? retryAfter * 1_000 : backoffMs(attempt, deps.random()), pause.signal);
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

  function cut(): void {
    if (isLive) deps.onOffline();
    isLive = false;
    turn.abort();
  }

  return {
    start() {
      void run(life.signal);
      void keepToken(life.signal);
    },
    stop() {
      for (const controller of [life, turn, pause]) controller.abort();
      life = new AbortController();
      readId = undefined;
      isLive = false;
    },
    reconnect() {
      isLive = false;
      deps.onReconnect();
      turn.abort();
    },
    cut,
    hurry: () => pause.abort(),
    async check() {
      const session = sessions.current();
      const { signal } = turn;
      if (!session || !isLive) return;
      try {
        const page = await api.activities(session, watermark);
        // It brought what the line should have: the line carries nothing any more.
        if (!signal.aborted && take(page, false)) turn.abort();
      } catch {
        if (!signal.aborted) cut();
      }
    },
  };
}

/** The token has expired, or is not taken any more. */
export function isAuthority(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.status === 403);
}
