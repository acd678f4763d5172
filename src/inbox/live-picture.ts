import type { Clock } from '../domain/clock.js';
import type { Presence } from '../domain/desk.js';
import type { Signal } from '../domain/wake-ups.js';
import { faultOf } from '../http/error-handler.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { type Board, createBoard } from './live-board.js';
import { frameOf } from './live-connection.js';
import type { LiveLimits } from './live-limits.js';
import { createPace } from './live-pace.js';
import { createRefresh } from './live-refresh.js';
import { createLiveReports, type LiveReports, type ReportSource } from './live-reports.js';
import type { LiveStreams } from './live-streams.js';
import { countWaiting } from './live-waiting.js';
import type { DeskView, Team } from './present-desk-view.js';
import { presentTeam } from './present-team.js';

export interface LiveLog {
  warn(fields: Readonly<Record<string, string | number>>, message: string): void;
}

export interface PictureDependencies {
  readonly store: Pick<ConversationStore, 'load' | 'messagesAfter' | 'listQueue'>;
  readonly view: DeskView;
  readonly presence: Pick<Presence, 'isConnected'>;
  readonly clock: Clock;
  readonly log: LiveLog;
  readonly reports: ReportSource;
}

/** What all pages of this process are shown, read once for all of them. */
export interface LivePicture {
  readonly board: Board;
  readonly reports: LiveReports;
  /** Reads the queue and sends every stream what it lacks. @throws DomainError `storage-unavailable`. */
  sync(): Promise<void>;
  /** Looks at one conversation again, at its pace. */
  wake(id: string): void;
  receive(id: string, signal: Signal): void;
  /** A page of the resident's has come, gone, or got further. */
  residentMoved(id: string): void;
  /** Compares everything with storage, and makes good what was missed. Never rejects. */
  reconcile(): Promise<void>;
  /** Who is there, or what somebody looks at, has changed; `isFresh` reads the accounts again. */
  teamChanged(isFresh?: boolean): void;
  stop(): void;
}

export function createLivePicture(deps: PictureDependencies, streams: LiveStreams, limits: LiveLimits): LivePicture {
  const { store, view, presence, clock, log } = deps;
  const board = createBoard({ store, view, size: limits.cards });
  const refresh = createRefresh({ store, view, board, streams, messagesOnAPage: limits.messagesOnAPage });
  const missed = new Set<string>();
  const pace = createPace(limits.loadGapMs, refreshOne);
  const tellTeamSoon = createGatherer(limits.gatherMs, (isFresh) => guarded(() => tellTeam(isFresh)));
  const reports = createLiveReports({ reports: deps.reports, streams: streams.full, gapMs: limits.loadGapMs, guarded });
  let syncing: Promise<void> | undefined;
  let names: string | undefined;

  /** What fails is made good by the next reconciliation. */
  async function guarded(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      log.warn(faultOf(error), 'Live picture: storage did not answer');
    }
  }

  async function refreshOne(id: string): Promise<void> {
    missed.add(id);
    await guarded(async () => {
      await refresh.conversation(id);
      missed.delete(id);
      tellWaiting();
    });
  }

  /** Who was renamed is named anew in every card. */
  function noteNames({ accounts }: Team): boolean {
    const named = JSON.stringify(accounts.map(({ id, displayName }) => [id, displayName]));
    const isRenamed = names !== undefined && named !== names;
    if (isRenamed) board.renew();
    names = named;
    return isRenamed;
  }

  async function readQueue(): Promise<void> {
    noteNames(await view.team());
    for (const id of await board.sync()) pace.wake(id);
    for (const stream of streams.full()) stream.offerBoard(board.entries);
    tellWaiting();
  }

  function tellWaiting(): void {
    const cards = [...board.entries.values()].map(({ card }) => card);
    const counts = countWaiting(cards, clock().getTime());
    for (const { tellWaiting: tell } of streams.all) tell?.(counts);
  }

  async function tellTeam(isFresh: boolean): Promise<void> {
    const known = await view.team(isFresh);
    const team = presentTeam(known.accounts, presence);
    for (const stream of streams.full()) stream.offerTeam(team);
    await refresh.surroundings();
    if (noteNames(known)) await picture.sync();
  }

  const picture: LivePicture = {
    board,
    reports,
    sync() {
      syncing ??= readQueue().finally(() => {
        syncing = undefined;
      });
      return syncing;
    },
    wake: pace.wake,
    receive(id, signal) {
      const isWatched = streams.watchersOf(id).length > 0;
      if (signal.kind === 'changed' || signal.kind === 'removed') pace.wake(id);
      else if (signal.kind === 'typing') tellTyping(streams, board, id, signal);
      else if (!isWatched) return;
      else if (signal.kind === 'delivered' && refresh.channelOf(id) === 'directline') tellTeamSoon(false);
      else if (signal.kind !== 'queue') pace.wake(id);
    },
    residentMoved(id) {
      if (streams.watchersOf(id).length > 0) tellTeamSoon(false);
    },
    async reconcile() {
      const ids = new Set([...missed, ...streams.watchedIds()]);
      await guarded(() => tellTeam(true));
      await guarded(picture.sync);
      for (const id of ids) pace.wake(id);
      reports.wake();
    },
    teamChanged(isFresh = false) {
      tellTeamSoon(isFresh);
      // Whoever came, left or has new keys can open other reports than before.
      if (isFresh) reports.wake();
    },
    stop() {
      pace.stop();
      reports.stop();
      tellTeamSoon.stop();
    },
  };
  return picture;
}

/** To everybody who sees the conversation, but not to whoever types. What the assistant does nobody needs to see. */
function tellTyping(streams: LiveStreams, board: Board, id: string, signal: Signal & { kind: 'typing' }): void {
  if (signal.author === 'bot') return;
  const { author } = signal;
  const typist = signal.author === 'delegate' ? signal : undefined;
  const seers = board.entries.has(id) ? streams.full() : streams.watchersOf(id);
  const readers = seers.filter(({ delegateId }) => delegateId !== typist?.delegateId);
  if (readers.length === 0) return;
  const frame = frameOf('typing', { conversationId: id, author, ...(typist && { name: typist.name }) });
  for (const stream of readers) stream.send(frame);
}

interface Gatherer {
  (isFresh: boolean): void;
  stop(): void;
}

/** One run for all calls within `ms`; fresh when one of them asked for it. */
function createGatherer(ms: number, run: (isFresh: boolean) => Promise<void>): Gatherer {
  let timer: NodeJS.Timeout | undefined;
  let wantsFresh = false;

  function gather(isFresh: boolean): void {
    wantsFresh ||= isFresh;
    timer ??= setTimeout(() => {
      const fresh = wantsFresh;
      timer = undefined;
      wantsFresh = false;
      void run(fresh);
    }, ms).unref();
  }

  return Object.assign(gather, { stop: () => clearTimeout(timer) });
}
