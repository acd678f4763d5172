import type { Clock } from '../domain/clock.js';
import { createKeyedQueue } from '../pipeline/keyed-queue.js';
import type { Bookmark, BookmarkStore } from '../storage/ports/desk-store.js';

export interface Bookmarks {
  load(accountId: string, conversationId: string): Promise<Bookmark | undefined>;
  /** An empty draft removes it. */
  saveDraft(accountId: string, conversationId: string, draft: string): Promise<void>;
  /** Never goes back. */
  markRead(accountId: string, conversationId: string, seq: number): Promise<void>;
  /** Read up to the reply; what the draft held besides the reply stays. */
  markReplied(accountId: string, conversationId: string, reply: { seq: number; text: string }): Promise<void>;
}

/** Changes of one bookmark follow one another: a draft and a read mark sent at once must not undo each other. */
export function createBookmarks(store: Pick<BookmarkStore, 'load' | 'save'>, clock: Clock): Bookmarks {
  const queue = createKeyedQueue();

  function change(accountId: string, conversationId: string, by: (bookmark: Bookmark) => Bookmark): Promise<void> {
    return queue.run(`${accountId} ${conversationId}`, async () => {
      const at = clock().getTime();
      const stored = await store.load(accountId, conversationId);
      const before: Bookmark = stored ?? { accountId, conversationId, readSeq: 0, at };
      const after = by(before);
      if (after.draft !== before.draft || after.readSeq !== before.readSeq) await store.save({ ...after, at });
    });
  }

  return {
    load: (accountId, conversationId) => store.load(accountId, conversationId),
    saveDraft: (accountId, conversationId, draft) =>
      change(accountId, conversationId, (bookmark) => withDraft(bookmark, draft)),
    markRead: (accountId, conversationId, seq) =>
      change(accountId, conversationId, (bookmark) => ({ ...bookmark, readSeq: Math.max(bookmark.readSeq, seq) })),
    markReplied: (accountId, conversationId, { seq, text }) =>
      change(accountId, conversationId, (bookmark) => ({
        ...withDraft(bookmark, draftAfter(bookmark.draft ?? '', text)),
        readSeq: Math.max(bookmark.readSeq, seq),
      })),
  };
}

function withDraft({ draft: _, ...bookmark }: Bookmark, draft: string): Bookmark {
  return draft.trim() === '' ? bookmark : { ...bookmark, draft };
}

/** A reply leaves some seconds after « Envoyer »: its writer may have begun the next paragraph, which is kept. */
function draftAfter(draft: string, reply: string): string {
  const rest = draft.trim();
  const sent = `${reply.trim()}\n\n`;
  return rest.startsWith(sent) ? rest.slice(sent.length) : '';
}
