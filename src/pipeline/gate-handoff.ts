import type { Step } from './compose.js';

/** Keeps the bot silent while a delegate holds the conversation; a closed one starts again with the bot. */
export function gateHandoff(): Step {
  return async (turn, next) => {
    if (turn.conversation.status === 'assigned') return;
    if (turn.conversation.status === 'closed') turn.draft.status = 'bot';
    await next();
  };
}
