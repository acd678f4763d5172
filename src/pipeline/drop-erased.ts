import type { ErasedContent } from '../domain/message.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Step } from './compose.js';
import type { Inbound } from './turn.js';

const SECOND_MS = 1000;
/** How far a channel's clock may be behind ours, where its time is compared with ours. */
export const CLOCKS_DIFFER_MS = 60_000;

/**
 * Ends the turn when its message was written before the conversation was erased: one that comes late, comes again, or is
 * corrected now. Nothing of it is stored or answered.
 */
export function dropErased(store: Pick<ConversationStore, 'messagesAfter'>): Step {
  return async (turn, next) => {
    const { received, conversation } = turn;
    if (received.writtenAt || received.order !== undefined) {
      // An erasure leaves its own mark first.
      const [first] = await store.messagesAfter(conversation.id, 0, 1);
      if (first?.content.kind === 'erased' && isOlder(received, first.content, first.at)) {
        turn.isDropped = true;
        return;
      }
    }
    await next();
  };
}

/** By the channel's numbers where both have one: clocks differ. */
function isOlder({ order, writtenAt }: Inbound, mark: ErasedContent, at: Date): boolean {
  if (order !== undefined && mark.order !== undefined) return order <= mark.order;
  return writtenAt !== undefined && writtenAt.getTime() < erasedFrom(mark, at);
}

/** Channels tell whole seconds. */
function erasedFrom({ writtenAt }: ErasedContent, at: Date): number {
  if (writtenAt === undefined) return at.getTime() - CLOCKS_DIFFER_MS;
  return Math.floor(writtenAt / SECOND_MS) * SECOND_MS;
}
