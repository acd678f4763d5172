import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Danger } from '../domain/danger.js';
import { DomainError, isDomainError } from '../domain/errors.js';
import type { Content, Message } from '../domain/message.js';
import type { WakeUps } from '../domain/wake-ups.js';
import type { EmergencyDetector, IntentRecognizer } from '../nlu/intent-recognizer.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { arrangeReplies } from './arrange-replies.js';
import { compose, type Turn } from './compose.js';
import { deduplicate } from './deduplicate.js';
import { gateHandoff } from './gate-handoff.js';
import { guardEmergency } from './guard-emergency.js';
import { createKeyedQueue } from './keyed-queue.js';
import { recognise } from './recognise.js';
import { recordInbound } from './record-inbound.js';
import { type DialogRunner, runDialogs } from './run-dialogs.js';
import type { Inbound, TurnHandler, TurnOutcome } from './turn.js';

export interface TurnHandlerDependencies {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly emergency: EmergencyDetector;
  readonly recognizer: IntentRecognizer;
  readonly dialogs: DialogRunner;
  readonly emergencyAnswer: (danger: Danger) => readonly Content[];
  /** Said when a step fails, in place of an answer. */
  readonly failureAnswer: () => readonly Content[];
  /** Told of a failed step. The error may hold what the resident wrote: log its kind and place only. */
  readonly onFailure: (error: unknown) => void;
}

/** How often a turn is run again when another one has changed its conversation meanwhile. */
const MAX_ATTEMPTS = 8;

export interface DrainableTurnHandler extends TurnHandler {
  /** Resolves when no turn is under way. */
  drain(): Promise<void>;
}

/** receive → deduplicate → record → guard emergency → gate handoff → recognise → dialog → commit → deliver */
export function createTurnHandler(deps: TurnHandlerDependencies): DrainableTurnHandler {
  const { store, wakeUps, clock } = deps;
  const queue = createKeyedQueue();
  const runSteps = compose([
    deduplicate(store),
    recordInbound(),
    guardEmergency(deps.emergency, deps.emergencyAnswer),
    gateHandoff(),
    recognise(deps.recognizer),
    runDialogs(deps.dialogs, store),
  ]);

  async function attempt(conversationId: string, received: Inbound): Promise<TurnOutcome> {
    const conversation = await store.load(conversationId);
    if (!conversation) throw new DomainError('conversation-gone', 'The conversation does not exist');
    const turn = startTurn(conversation, received, clock());
    if (conversation.status === 'bot') wakeUps.notify(conversation.id, { kind: 'typing', author: 'bot' });
    await runSteps(turn).catch((error: unknown) => settleFailure(turn, error));
    if (turn.duplicateOf) return { kind: 'duplicate', seq: turn.duplicateOf.seq, replies: [] };

    const messages = toMessages(turn);
    await commit(turn, messages);
    wakeUps.notify(conversation.id, { kind: 'changed' });
    const [inbound, ...replies] = messages;
    return { kind: 'committed', seq: inbound.seq, replies };
  }

  /**
   * A failed step leaves the dialogs where they were; the message is kept and the resident is told. Numbers for a danger
   * under way are the answer: no word about a technical fault goes with them.
   */
  function settleFailure(turn: Turn, error: unknown): void {
    if (error instanceof DomainError || !turn.draft.inbound) throw error;
    deps.onFailure(error);
    turn.draft.dialogState = turn.conversation.dialogState;
    delete turn.draft.erasedMessages;
    const apology = turn.draft.numbers?.place === 'before' ? [] : deps.failureAnswer();
    turn.draft.replies.splice(0, Number.POSITIVE_INFINITY, ...apology);
  }

  async function commit({ conversation, draft, now }: Turn, messages: readonly Message[]): Promise<void> {
    await store.commit({
      id: conversation.id,
      expectedRev: conversation.rev,
      status: draft.status,
      dialogState: draft.dialogState,
      messages,
      ...(draft.erasedMessages !== undefined && { erasesHistory: true }),
      at: now,
    });
  }

  async function handle(conversationId: string, received: Inbound): Promise<TurnOutcome> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(conversationId, received);
      } catch (error) {
        const wasOvertaken = isDomainError(error, 'revision-conflict') || isDomainError(error, 'duplicate');
        if (!wasOvertaken || attempts === MAX_ATTEMPTS) throw error;
      }
    }
  }

  return {
    handle: (conversationId, received) => queue.run(conversationId, () => handle(conversationId, received)),
    drain: () => queue.drain(),
  };
}

function startTurn(conversation: Conversation, received: Inbound, now: Date): Turn {
  const { status, dialogState } = conversation;
  return { conversation, received, now, draft: { replies: [], status, dialogState } };
}

/** The message as received, or the mark of its erasure, then the answers to it. */
function toMessages({ draft, now }: Turn): [Message, ...Message[]] {
  if (!draft.inbound) throw new Error('A turn without its message cannot be committed');
  const { seq } = draft.inbound;
  const first: Message =
    draft.erasedMessages === undefined
      ? draft.inbound
      : {
          ...draft.inbound,
          author: 'system',
          content: { kind: 'erased', erasedMessages: draft.erasedMessages },
        };
  const replies = arrangeReplies(draft).map(
    (content, index): Message => ({
      seq: seq + 1 + index,
      externalId: `out:${seq + 1 + index}`,
      replyTo: seq,
      author: 'bot',
      at: now,
      content,
    }),
  );
  return [first, ...replies];
}
