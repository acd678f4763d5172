import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Conversation, Standing } from '../domain/conversation.js';
import {
  forget,
  isAllowed,
  leaveHandoff,
  requestCallback,
  requestHandoff,
  type Transition,
  type TransitionName,
  unchanged,
} from '../domain/conversation-transitions.js';
import type { DeskWords } from '../domain/desk-words.js';
import type { HandoffOutlook } from '../domain/handoff-outlook.js';
import type { TurnEffects } from '../domain/turn-effects.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Turn } from './compose.js';
import { conceal } from './conceal.js';
import type { Confidences } from './confidences.js';
import type { HeldAnswers } from './held-answers.js';
import { createReportEffects, type ReportServices } from './report-effects.js';
import { applyTransition } from './turn-draft.js';

export interface EffectsDependencies {
  readonly store: Pick<ConversationStore, 'countMessages'>;
  readonly outlook: (conversation: Conversation) => Promise<HandoffOutlook>;
  readonly words: DeskWords;
  readonly concealed: ConcealedWords;
  readonly confidences: Confidences;
  readonly reports: ReportServices;
}

/** What the dialogs of one turn do besides answering. `settle` takes it into the draft, once they have run to their end. */
export function createEffects(
  turn: Turn,
  { store, outlook, words, concealed, confidences, reports }: EffectsDependencies,
  held: HeldAnswers,
): { readonly effects: TurnEffects; settle(): void } {
  const { conversation, draft, now, received, correction } = turn;
  const steps: (() => void)[] = [];
  const at = now.getTime();
  let countedMessages = 0;
  let callbacks = 0;

  /** A dialog may ask for what is so already: what the table does not allow changes nothing. */
  function move(name: TransitionName, transition: (standing: Standing) => Transition): void {
    steps.push(() => applyTransition(draft, isAllowed(name, draft) ? transition(draft) : unchanged(draft), words));
  }

  const effects: TurnEffects = {
    lastSaidAt: conversation.lastMessageAt.getTime(),
    async countMessages() {
      countedMessages = await store.countMessages(conversation.id);
      return countedMessages;
    },
    eraseHistory() {
      const erased = countedMessages;
      steps.push(() => {
        draft.erasedMessages = erased;
      });
      move('forget', forget);
    },
    ...(received.position && { position: received.position }),
    ...(correction && { corrects: { externalId: correction.original.externalId, isLast: correction.isLast } }),
    ...(received.enclosed && { isEnclosed: true }),
    // At once: whatever fails after it, the words are not stored.
    conceal: () => conceal(turn, concealed),
    confide: (content, standIn) => ({
      ...content,
      text: standIn,
      reveal: confidences.keep(conversation.id, content.text),
    }),
    report: createReportEffects(turn, { reports, confidences, held, atEnd: (step) => steps.push(step) }),
    handoff: {
      status: conversation.status,
      isBlocked: conversation.desk.block !== undefined,
      outlook: () => outlook(conversation),
      request: () => move('requestHandoff', (standing) => requestHandoff(standing, at)),
      leave: () => move('leaveHandoff', leaveHandoff),
      requestCallback(request) {
        // Numbers of messages are never used again, not even after an erasure.
        const id = `${conversation.lastSeq + 1}-${++callbacks}`;
        move('requestCallback', (standing) => requestCallback(standing, { ...request, id, requestedAt: at }));
      },
    },
  };
  return {
    effects,
    settle() {
      for (const step of steps) step();
    },
  };
}
