import type { Response } from 'express';
import type { Presence } from '../domain/desk.js';
import type { Sessions } from '../domain/sessions.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { Refusal } from '../http/refusal.js';
import type { BookmarkStore } from '../storage/ports/desk-store.js';
import { frameOf, openConnection } from './live-connection.js';
import { LIVE_LIMITS, type LiveLimits } from './live-limits.js';
import type { LivePicture, PictureDependencies } from './live-picture.js';
import { createLiveRunning, type ResidentNews } from './live-running.js';
import { createSessionCheck, endBySession, shownState } from './live-sessions.js';
import { createLiveStream, type Watched } from './live-stream.js';
import { createLiveStreams, type OpenStream } from './live-streams.js';
import { countWaiting, createWaitingSender } from './live-waiting.js';
import { isVisible } from './present-card.js';
import { presentTeam } from './present-team.js';

export interface LiveHubDependencies extends PictureDependencies {
  readonly bookmarks: Pick<BookmarkStore, 'listOf'>;
  readonly presence: Pick<Presence, 'enter' | 'isConnected' | 'subscribe'>;
  readonly wakeUps: Pick<WakeUps, 'subscribeAll'>;
  readonly sessions: Pick<Sessions, 'stateOf' | 'watch'>;
  readonly residents: Pick<ResidentNews, 'subscribe'>;
  readonly limits?: Partial<LiveLimits>;
}

export interface StreamRequest {
  readonly response: Response;
  readonly delegateId: string;
  readonly sessionId: string;
  /** Shown what a locked session is: it lacks the second factor that it must have. */
  readonly isRestricted: boolean;
  /** The conversation on the page's screen. */
  readonly conversationId?: string | undefined;
  /** `seq` of the last message that the page has of it; absent: it has none. */
  readonly after?: number | undefined;
}

/** The event streams of this process. */
export interface LiveHub {
  /**
   * Answers with a stream, which begins with the whole picture.
   * @throws Refusal `TooManyStreams`, `NotLoggedIn`, `Unavailable`; DomainError `storage-unavailable`.
   */
  open(request: StreamRequest): Promise<void>;
  /** The session's page has called: it is there. */
  heard(sessionId: string): void;
  /** An account was added or changed: pages are told at once and not within 20 s. */
  teamChanged(): void;
  /** Ends every stream; later ones are refused. */
  close(): void;
}

/** What a page that names a conversation, but no message of it, is sent of its past. */
const MESSAGES_AT_FIRST = 50;

export function createLiveHub(deps: LiveHubDependencies): LiveHub {
  const limits = { ...LIVE_LIMITS, ...deps.limits };
  const streams = createLiveStreams(limits);
  const checkSessions = createSessionCheck(streams, deps.sessions.stateOf);
  const running = createLiveRunning(deps, streams, limits, checkSessions);
  let isClosed = false;

  async function open(request: StreamRequest): Promise<void> {
    if (isGone(request)) return;
    const release = streams.admit(request.delegateId);
    request.response.once('close', () => {
      release();
      running.stopWhenUnused();
    });
    try {
      const picture = running.start();
      const state = shownState(await deps.sessions.stateOf(request.sessionId), request.isRestricted);
      if (state === 'ended') throw new Refusal('NotLoggedIn');
      await (state === 'locked' ? openLocked(request, picture) : openFull(request, picture));
    } catch (error) {
      release();
      running.stopWhenUnused();
      throw error;
    }
    // It may have changed while the picture was read.
    void running.guarded(() => checkSessions(request.sessionId));
  }

  async function openFull(request: StreamRequest, picture: LivePicture): Promise<void> {
    const { delegateId, conversationId } = request;
    const [watched, bookmarks] = await Promise.all([
      findWatched(deps, request),
      deps.bookmarks.listOf(delegateId),
      picture.sync(),
      picture.reports.ready(),
    ]);
    // Last, since whoever is not among the readers yet is not told of changes.
    const { accounts } = await deps.view.team();
    if (isGone(request)) return;
    const exit = deps.presence.enter(delegateId, watched?.id);
    const connection = openConnection(request.response, limits.backlogBytes);
    const full = createLiveStream(connection, delegateId, watched);
    full.begin({
      entries: picture.board.entries,
      team: presentTeam(accounts, deps.presence),
      readSeqs: Object.fromEntries(bookmarks.map((bookmark) => [bookmark.conversationId, bookmark.readSeq])),
      now: deps.clock().getTime(),
    });
    join(request, { full, send: connection.send }, () => {
      exit();
      connection.end();
    });
    picture.reports.greet(full);
    if (watched) picture.wake(watched.id);
    else if (conversationId !== undefined) full.send(frameOf('card-gone', { id: conversationId }));
  }

  async function openLocked(request: StreamRequest, picture: LivePicture): Promise<void> {
    await picture.sync();
    if (isGone(request)) return;
    const connection = openConnection(request.response, limits.backlogBytes);
    const tellWaiting = createWaitingSender(connection.send);
    const cards = [...picture.board.entries.values()].map(({ card }) => card);
    tellWaiting(countWaiting(cards, deps.clock().getTime()));
    join(request, { tellWaiting, send: connection.send }, connection.end);
  }

  function isGone({ response }: StreamRequest): boolean {
    if (isClosed) throw new Refusal('Unavailable');
    return response.destroyed;
  }

  function join(
    { response, sessionId, isRestricted }: StreamRequest,
    parts: Pick<OpenStream, 'full' | 'tellWaiting' | 'send'>,
    end: () => void,
  ): void {
    let heardAt = performance.now();
    const stream: OpenStream = {
      ...parts,
      heard() {
        heardAt = performance.now();
      },
      quietFor: () => performance.now() - heardAt,
      cut() {
        stream.leave();
        response.destroy();
      },
      sessionId,
      isRestricted,
      leave(lastFrame) {
        if (!streams.all.has(stream)) return;
        streams.remove(stream);
        unwatch();
        if (lastFrame !== undefined) stream.send(lastFrame);
        end();
      },
    };
    streams.add(stream);
    const unwatch = deps.sessions.watch(sessionId, (event) => endBySession(stream, event));
    response.once('close', () => stream.leave());
  }

  return {
    open,
    heard(sessionId) {
      for (const stream of streams.all) if (stream.sessionId === sessionId) stream.heard();
    },
    teamChanged() {
      // Also where nobody looks: the next page that is opened shows it.
      deps.view.forgetTeam();
      running.current()?.teamChanged(true);
    },
    close() {
      isClosed = true;
      for (const stream of [...streams.all]) stream.leave();
      running.stop();
    },
  };
}

/** Logged like any other reading. What delegates may not see is not watched. */
async function findWatched(
  { store, view }: Pick<LiveHubDependencies, 'store' | 'view'>,
  { conversationId, after, delegateId }: StreamRequest,
): Promise<Watched | undefined> {
  const conversation = conversationId === undefined ? undefined : await store.load(conversationId);
  if (!isVisible(conversation)) return undefined;
  const { id, lastSeq } = conversation;
  await view.noteOpening(id, delegateId);
  return { id, after: Math.min(after ?? Math.max(0, lastSeq - MESSAGES_AT_FIRST), lastSeq) };
}
