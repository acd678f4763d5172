import { leaveHandoff, resume, unsnooze } from '../domain/conversation-transitions.js';
import type { DeskWords } from '../domain/desk-words.js';
import type { Step } from './compose.js';
import { applyTransition } from './turn-draft.js';

export interface GateDependencies {
  /** True for the words and the button that give the resident the assistant back. */
  readonly isLeaving: (text: string) => boolean;
  readonly words: DeskWords;
}

/**
 * Keeps the bot silent while a delegate holds the conversation, unless the resident asks for it. A message ends a snooze,
 * and opens a closed conversation again with the bot; a correction does not, since it goes with what was said before.
 */
export function gateHandoff({ isLeaving, words }: GateDependencies): Step {
  return async ({ draft, received, correction, now }, next) => {
    if (draft.status === 'assigned') {
      if (!isLeaving(received.text) || correction?.isLast === false) return;
      applyTransition(draft, leaveHandoff(draft), words);
    } else if (draft.status === 'waiting') {
      applyTransition(draft, unsnooze(draft, now.getTime()), words);
    } else if (draft.status === 'closed') {
      if (correction) return;
      applyTransition(draft, resume(draft), words);
    }
    await next();
  };
}
