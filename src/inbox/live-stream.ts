import type { Message } from '../domain/message.js';
import type { BoardEntry } from './live-board.js';
import { frameOf, type LiveConnection } from './live-connection.js';
import type { DetailView } from './present-detail.js';
import { presentMessage } from './present-message.js';
import type { ColleagueView } from './present-team.js';

/** The conversation on a page's screen. */
export interface Watched {
  readonly id: string;
  /** `seq` of the last message that the page has. */
  readonly after: number;
}

/** What pages are told of reports, and which state of them that tells. */
export interface ReportNews {
  readonly frame: string;
  readonly state: string;
}

/** What one open page was sent, and what it still lacks. Nothing is sent twice. */
export interface LiveStream {
  readonly delegateId: string;
  readonly watchedId?: string;
  /** `seq` of the last message sent of the watched conversation. */
  sentSeq(): number;
  /** The whole picture: the first event. */
  begin(picture: Picture): void;
  /** Without an entry: the conversation is not in the queue. */
  offerCard(id: string, entry: BoardEntry | undefined): void;
  /** Everything in which the page differs from the board. */
  offerBoard(entries: ReadonlyMap<string, BoardEntry>): void;
  /** The conversation does not exist any more for delegates, on the screen or in the queue. */
  forget(id: string): void;
  offerTeam(team: readonly ColleagueView[]): void;
  /** Of the watched conversation, in order. */
  offerMessages(messages: readonly Message[]): void;
  offerDetail(detail: DetailView): void;
  offerReports(news: ReportNews): void;
  send(frame: string): void;
}

export interface Picture {
  readonly entries: ReadonlyMap<string, BoardEntry>;
  readonly team: readonly ColleagueView[];
  readonly readSeqs: Readonly<Record<string, number>>;
  readonly now: number;
}

export function createLiveStream(connection: LiveConnection, delegateId: string, watched?: Watched): LiveStream {
  const sentCards = new Map<string, string>();
  let sentSeq = watched?.after ?? 0;
  let sentTeam = '';
  let sentDetail = '';
  let sentReports = '';
  let isToldGone = false;
  const { send } = connection;

  const stream: LiveStream = {
    delegateId,
    ...(watched && { watchedId: watched.id }),
    send,
    sentSeq: () => sentSeq,
    begin({ entries, team, readSeqs, now }) {
      for (const [id, { frame }] of entries) sentCards.set(id, frame);
      sentTeam = frameOf('team', { team: [...team] });
      const cards = [...entries.values()].map(({ card }) => card);
      send(frameOf('queue', { cards, team: [...team], readSeqs: { ...readSeqs }, now }));
    },
    offerCard(id, entry) {
      if (entry) {
        if (sentCards.get(id) === entry.frame) return;
        sentCards.set(id, entry.frame);
        send(entry.frame);
      } else if (sentCards.delete(id)) send(frameOf('card-gone', { id }));
    },
    offerBoard(entries) {
      for (const id of [...sentCards.keys()]) if (!entries.has(id)) stream.offerCard(id, undefined);
      for (const [id, entry] of entries) stream.offerCard(id, entry);
    },
    forget(id) {
      const isOnScreen = id === watched?.id && !isToldGone;
      if (isOnScreen) isToldGone = true;
      if (sentCards.delete(id) || isOnScreen) send(frameOf('card-gone', { id }));
      if (id === watched?.id) sentDetail = '';
    },
    offerTeam(team) {
      const frame = frameOf('team', { team: [...team] });
      if (frame !== sentTeam) send(frame);
      sentTeam = frame;
    },
    offerMessages(messages) {
      const fresh = messages.filter(({ seq }) => seq > sentSeq);
      const last = fresh.at(-1);
      if (!watched || !last) return;
      sentSeq = last.seq;
      const conversationId = watched.id;
      send(
        frameOf('messages', { conversationId, messages: fresh.map(presentMessage) }, `${conversationId}:${sentSeq}`),
      );
    },
    offerDetail(detail) {
      const frame = frameOf('detail', { detail });
      if (frame !== sentDetail) send(frame);
      sentDetail = frame;
      isToldGone = false;
    },
    offerReports({ frame, state }) {
      if (state !== sentReports) send(frame);
      sentReports = state;
    },
  };
  return stream;
}
