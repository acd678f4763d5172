import type { Bookmark, BookmarkStore } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createBookmarkStore(collections: RecordCollections): BookmarkStore {
  const bookmarks = collections<Bookmark>({
    name: 'bookmark',
    placeOf: ({ accountId, conversationId, at }) => ({
      id: idOf(accountId, conversationId),
      owner: accountId,
      conversation: conversationId,
      sort: at,
    }),
  });

  return {
    load: async (accountId, conversationId) => (await bookmarks.load(idOf(accountId, conversationId)))?.value,
    save: (bookmark) => bookmarks.put(bookmark),
    listOf: (accountId) => bookmarks.list({ owner: accountId }),
    removeOf: (conversationId) => bookmarks.removeRange({ conversation: conversationId }),
  };
}

/** JSON keeps the two apart: no pair of ids reads as another pair. */
function idOf(accountId: string, conversationId: string): string {
  return JSON.stringify([accountId, conversationId]);
}
