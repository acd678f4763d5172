import type { ChannelName } from './domain/conversation.js';
import type { ConversationStore } from './storage/ports/conversation-store.js';

/** More than a desk can have at once. */
const QUEUE_LIMIT = 1000;
/** More than are written in in the moment in which a process dies, however long ago that was. */
const RECENT_LIMIT = 200;

/**
 * The conversations of a push channel in which something may be stored that was not sent, nor noted as due, since the process
 * died in between: those at the desk, and those that were written in last.
 */
export async function mayBeUnsent(
  store: Pick<ConversationStore, 'listQueue' | 'listRecent'>,
  channel: ChannelName,
): Promise<readonly string[]> {
  const found = [...(await store.listQueue(QUEUE_LIMIT)), ...(await store.listRecent(RECENT_LIMIT))];
  return [...new Set(found.filter((conversation) => conversation.channel === channel).map(({ id }) => id))];
}
