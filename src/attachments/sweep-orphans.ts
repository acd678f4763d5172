import type { Clock } from '../domain/clock.js';
import type { AttachmentStore } from '../storage/ports/attachment-store.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';

export interface SweepDependencies {
  readonly store: Pick<AttachmentStore, 'listBefore' | 'remove'>;
  readonly conversations: Pick<ConversationStore, 'messagesAfter'>;
  readonly clock: Clock;
}

/** A message that was not committed may come again: Telegram keeps updates for 24 hours (Bot API, getUpdates). */
const GRACE_MS = 48 * 60 * 60 * 1000;
const PAGE = 200;

/**
 * Removes files, kept for two days, that no message of their conversation speaks of: it was never committed, or was erased
 * before its file was kept. Returns how many.
 */
export async function sweepOrphans({ store, conversations, clock }: SweepDependencies): Promise<number> {
  const old = await store.listBefore(clock().getTime() - GRACE_MS);
  let removed = 0;
  for (const [conversationId, ofConversation] of Map.groupBy(old, (each) => each.conversationId)) {
    const spokenOf = await attachmentsIn(conversations, conversationId);
    for (const { id } of ofConversation) {
      if (!spokenOf.has(id) && (await store.remove(conversationId, id))) removed += 1;
    }
  }
  return removed;
}

async function attachmentsIn(
  { messagesAfter }: SweepDependencies['conversations'],
  conversationId: string,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after = 0; ; ) {
    const page = await messagesAfter(conversationId, after, PAGE);
    for (const { seq, content } of page) {
      after = seq;
      if (content.kind === 'text' && content.attachment) found.add(content.attachment.id);
    }
    if (page.length < PAGE) return found;
  }
}
