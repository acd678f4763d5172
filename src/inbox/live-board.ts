import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Conversation } from '../domain/conversation.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { frameOf } from './live-connection.js';
import type { CardView } from './present-card.js';
import type { DeskView } from './present-desk-view.js';

export interface BoardEntry {
  readonly card: CardView;
  /** The `card` event, made once for all streams. */
  readonly frame: string;
}

/** The queue as this process knows it: what every stream is compared with. */
export interface Board {
  readonly entries: ReadonlyMap<string, BoardEntry>;
  /** An older state than the known one changes nothing. */
  put(card: CardView): void;
  /** It is not in the queue as of this `rev`; without one it is gone for good. */
  remove(id: string, rev?: number): void;
  /**
   * Reads the queue, and the last words of what changed.
   * @returns the ids on the board that the list does not have: each is to be looked at by itself.
   */
  sync(): Promise<readonly string[]>;
  /** The cards read as they are stored, but not as they are shown: `sync` makes them anew. */
  renew(): void;
}

const AT_ONCE = 10;

export interface BoardDependencies {
  readonly store: Pick<ConversationStore, 'listQueue'>;
  readonly view: Pick<DeskView, 'card'>;
  readonly size: number;
}

export function createBoard({ store, view, size }: BoardDependencies): Board {
  const entries = new Map<string, BoardEntry>();
  // A list that was read before a conversation left the queue must not put it back.
  const left = new Map<string, number>();

  const stale = new Set<string>();

  function isNews({ id, rev }: { readonly id: string; readonly rev: number }): boolean {
    const known = entries.get(id)?.card.rev ?? -1;
    return rev > (left.get(id) ?? -1) && (rev > known || (rev === known && stale.has(id)));
  }

  const board: Board = {
    entries,
    put(card) {
      if (!isNews(card)) return;
      entries.set(card.id, { card, frame: frameOf('card', card) });
      stale.delete(card.id);
    },
    remove(id, rev = Number.POSITIVE_INFINITY) {
      if (rev < (entries.get(id)?.card.rev ?? -1)) return;
      entries.delete(id);
      stale.delete(id);
      left.set(id, rev);
    },
    async sync() {
      const settled = [...left.keys()];
      const listed = await store.listQueue(size);
      await eachOf(listed.filter(isNews), async (conversation) => board.put(await view.card(conversation)));
      // Any list from now on was read after these had left.
      for (const id of settled) left.delete(id);
      const ids = new Set(listed.map(({ id }) => id));
      return [...entries.keys()].filter((id) => !ids.has(id));
    },
    renew() {
      for (const id of entries.keys()) stale.add(id);
    },
  };
  return board;
}

async function eachOf(conversations: readonly Conversation[], task: (one: Conversation) => Promise<void>) {
  for (let start = 0; start < conversations.length; start += AT_ONCE) {
    await Promise.all(conversations.slice(start, start + AT_ONCE).map(task));
    // An embedded database answers at once: without this the whole queue would be read in one go.
    await nextTurn();
  }
}
