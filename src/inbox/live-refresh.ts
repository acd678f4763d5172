import type { ChannelName, Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Board } from './live-board.js';
import type { LiveStream } from './live-stream.js';
import type { LiveStreams } from './live-streams.js';
import { isVisible, RECENT_MESSAGES } from './present-card.js';
import type { DeskView, LoadedParts } from './present-desk-view.js';

export interface RefreshDependencies {
  readonly store: Pick<ConversationStore, 'load' | 'messagesAfter'>;
  readonly view: Pick<DeskView, 'card' | 'parts' | 'present' | 'team'>;
  readonly board: Board;
  readonly streams: LiveStreams;
  readonly messagesOnAPage: number;
}

export interface Refresh {
  /** Reads one conversation and sends every stream what it lacks of it. @throws DomainError `storage-unavailable`. */
  conversation(id: string): Promise<void>;
  /** Says anew who looks on and how far the resident's page is, of the watched conversations. Reads no conversation. */
  surroundings(): Promise<void>;
  /** Of a conversation that somebody watches. */
  channelOf(id: string): ChannelName | undefined;
}

export function createRefresh({ store, view, board, streams, messagesOnAPage }: RefreshDependencies): Refresh {
  const parts = new Map<string, LoadedParts>();

  function forget(id: string, rev?: number): void {
    board.remove(id, rev);
    parts.delete(id);
    for (const stream of streams.full()) stream.forget(id);
  }

  function publish(id: string): void {
    for (const stream of streams.full()) stream.offerCard(id, board.entries.get(id));
  }

  /** Sends the watchers everything that they lack, in one reading for all; gives the last ones. */
  async function deliver({ id, lastSeq }: Conversation, watchers: readonly LiveStream[]): Promise<readonly Message[]> {
    let recent: readonly Message[] = [];
    let after = Math.max(0, Math.min(lastSeq - RECENT_MESSAGES, ...watchers.map((stream) => stream.sentSeq())));
    for (;;) {
      const page = await store.messagesAfter(id, after, messagesOnAPage);
      for (const stream of watchers) stream.offerMessages(page);
      recent = [...recent, ...page].slice(-RECENT_MESSAGES);
      if (page.length < messagesOnAPage) return recent;
      after = page.at(-1)?.seq ?? after;
    }
  }

  async function present(loaded: LoadedParts, watchers: readonly LiveStream[]): Promise<void> {
    const { people } = await view.team();
    for (const stream of watchers) stream.offerDetail(view.present(loaded, people, stream.delegateId));
  }

  return {
    async conversation(id) {
      // Whoever begins to watch while this runs may lack earlier messages than are read here, and has a run of their own.
      const watchers = streams.watchersOf(id);
      const conversation = await store.load(id);
      const rev = conversation?.rev;
      if (!isVisible(conversation)) return forget(id, rev);
      const isQueued = conversation.inboxList === 'queue';
      if (!isQueued) board.remove(id, conversation.rev);
      if (isQueued || watchers.length > 0) {
        const card = await view.card(conversation, await deliver(conversation, watchers));
        if (isQueued) board.put(card);
        if (watchers.length > 0) {
          const loaded = await view.parts(conversation, card);
          parts.set(id, loaded);
          await present(loaded, watchers);
        }
      }
      publish(id);
    },
    async surroundings() {
      for (const [id, loaded] of parts) {
        const watchers = streams.watchersOf(id);
        if (watchers.length > 0) await present(loaded, watchers);
        else parts.delete(id);
      }
    },
    channelOf: (id) => parts.get(id)?.conversation.channel,
  };
}
