import type { ErasedContent, Message } from '../domain/message.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Step } from './compose.js';

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
    if (received.writtenAt) {
      // An erasure leaves its own mark first.
      const [first] = await store.messagesAfter(conversation.id, 0, 1);
      if (first && wasWrittenBefore(first, received.writtenAt.getTime())) {
        turn.isDropped = true;
        return;
      }
    }
    await next();
  };
}

function wasWrittenBefore({ content, at }: Message, writtenAt: number): boolean {
  return content.kind === 'erased' && writtenAt < erasedFrom(content, at);
}

/** Channels tell whole seconds. */
function erasedFrom({ writtenAt }: ErasedContent, at: Date): number {
  if (writtenAt === undefined) return at.getTime() - CLOCKS_DIFFER_MS;
  return Math.floor(writtenAt / SECOND_MS) * SECOND_MS;
}
