import type { ConversationStore } from '../storage/ports/conversation-store.js';

const PAGE = 500;

/** All that a message was added to at `since` or later, however many: the revs by their ids. */
export async function listAllChangedSince(
  store: Pick<ConversationStore, 'listChangedSince'>,
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let from = since.getTime();
  for (;;) {
    const page = await store.listChangedSince(new Date(from), PAGE);
    for (const { id, rev } of page) found.set(id, rev);
    const last = page.at(-1)?.lastMessageAt.getTime();
    if (page.length < PAGE || last === undefined) return found;
    // A page of one instant alone: what else there is of it is passed over, rather than read for ever.
    from = last > from ? last : from + 1;
  }
}
