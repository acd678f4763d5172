import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Step } from './compose.js';

/** Ends the turn when its message was committed before: sent twice, or retried after a lost acknowledgement; or another in its place. */
export function deduplicate(store: ConversationStore): Step {
  return async (turn, next) => {
    const earlier = await store.findMessage(turn.conversation.id, turn.received.externalId);
    if (earlier) turn.duplicateOf = earlier;
    else if (await turn.received.isOver?.()) turn.isDropped = true;
    else await next();
  };
}
