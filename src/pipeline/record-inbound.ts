import type { Step } from './compose.js';

/** Puts the resident's message first in the draft, so that it is stored whatever the later steps make of it. */
export function recordInbound(): Step {
  return (turn, next) => {
    const { externalId, clientId, text } = turn.received;
    turn.draft.inbound = {
      seq: turn.conversation.lastSeq + 1,
      externalId,
      ...(clientId !== undefined && { clientId }),
      author: 'resident',
      at: turn.now,
      content: { kind: 'text', text },
    };
    return next();
  };
}
