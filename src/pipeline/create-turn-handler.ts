import type { Clock } from '../domain/clock.js';
import { type Conversation, inboxListOf } from '../domain/conversation.js';
import type { Danger } from '../domain/danger.js';
import type { DeskWords } from '../domain/desk-words.js';
import { DomainError, isDomainError } from '../domain/errors.js';
import type { HandoffOutlook } from '../domain/handoff-outlook.js';
import type { Content, Message } from '../domain/message.js';
import type { StatisticsRecorder } from '../domain/statistics.js';
import type { WakeUps } from '../domain/wake-ups.js';
import type { EmergencyDetector, IntentRecognizer } from '../nlu/intent-recognizer.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { compose, type Turn } from './compose.js';
import { countTurn } from './count-turn.js';
import { deduplicate } from './deduplicate.js';
import { gateHandoff } from './gate-handoff.js';
import { guardEmergency } from './guard-emergency.js';
import { createKeyedQueue } from './keyed-queue.js';
import { recognise } from './recognise.js';
import { recordInbound } from './record-inbound.js';
import { type DialogRunner, runDialogs } from './run-dialogs.js';
import type { Inbound, TurnHandler, TurnOutcome } from './turn.js';
import { startTurn, toMessages } from './turn-draft.js';

export interface TurnHandlerDependencies {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly emergency: EmergencyDetector;
  readonly recognizer: IntentRecognizer;
  readonly dialogs: DialogRunner;
  /** What a resident who asks for a person may be told. */
  readonly outlook: (conversation: Conversation) => Promise<HandoffOutlook>;
  readonly words: DeskWords;
  /** True for the words and the button that give the resident the assistant back while a delegate holds. */
  readonly isLeaving: (text: string) => boolean;
  /** True for a text that replies to a question of ours (« oui », a button): nobody has failed to understand it. */
  readonly isReply: (text: string) => boolean;
  readonly statistics: StatisticsRecorder;
  /** Removes what is stored beside an erased conversation (notes, drafts). It may be called again for the same one. */
  readonly eraseBeside?: (conversationId: string) => Promise<unknown>;
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
    gateHandoff(deps),
    recognise(deps.recognizer),
    runDialogs(deps.dialogs, deps),
  ]);

  async function attempt(conversationId: string, received: Inbound): Promise<TurnOutcome> {
    const conversation = await store.load(conversationId);
    if (!conversation) throw new DomainError('conversation-gone', 'The conversation does not exist');
    const turn = startTurn(conversation, received, clock());
    if (conversation.status === 'bot') wakeUps.notify(conversation.id, { kind: 'typing', author: 'bot' });
    await runSteps(turn).catch((error: unknown) => settleFailure(turn, error));
    if (turn.duplicateOf) {
      if (turn.duplicateOf.content.kind === 'erased') await eraseBeside(conversation.id);
      return { kind: 'duplicate', seq: turn.duplicateOf.seq, replies: [] };
    }

    const messages = toMessages(turn);
    await commit(turn, messages);
    wakeUps.notify(conversation.id, { kind: 'changed' });
    countTurn(turn, deps);
    if (turn.draft.erasedMessages !== undefined) await eraseBeside(conversation.id);
    const [inbound, ...replies] = messages;
    return { kind: 'committed', seq: inbound.seq, replies };
  }

  /**
   * A failed step leaves the dialogs where they were; the message is kept and the resident is told. Numbers for a danger
   * under way are the answer: no word about a technical fault goes with them, nor while a delegate holds.
   */
  function settleFailure(turn: Turn, error: unknown): void {
    if (error instanceof DomainError || !turn.draft.inbound) throw error;
    deps.onFailure(error);
    const { status, numbers } = turn.draft;
    const apology = status === 'assigned' || numbers?.place === 'before' ? [] : deps.failureAnswer();
    turn.draft.replies.splice(0, Number.POSITIVE_INFINITY, ...apology);
  }

  async function commit({ conversation, draft, now }: Turn, messages: readonly Message[]): Promise<void> {
    await store.commit({
      id: conversation.id,
      expectedRev: conversation.rev,
      status: draft.status,
      desk: draft.desk,
      inboxList: inboxListOf(draft),
      dialogState: draft.dialogState,
      messages,
      ...(draft.erasedMessages !== undefined && { erasesHistory: true }),
      at: now,
    });
  }

  /** The erasure itself is stored: what goes wrong here is told, and made good when the message comes again. */
  async function eraseBeside(conversationId: string): Promise<void> {
    await deps.eraseBeside?.(conversationId).catch(deps.onFailure);
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
