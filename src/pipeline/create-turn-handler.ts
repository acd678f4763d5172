import type { Clock } from '../domain/clock.js';
import type { ConcealedWords } from '../domain/concealed-words.js';
import { type Conversation, inboxListOf } from '../domain/conversation.js';
import type { DeskWords } from '../domain/desk-words.js';
import type { EmergencyAnswer } from '../domain/emergency-answer.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import { DomainError, type ErrorCode, isDomainError } from '../domain/errors.js';
import type { HandoffOutlook } from '../domain/handoff-outlook.js';
import type { Content, Message } from '../domain/message.js';
import type { StatisticsRecorder } from '../domain/statistics.js';
import type { WakeUps } from '../domain/wake-ups.js';
import type { EmergencyDetector, IntentRecognizer } from '../nlu/intent-recognizer.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { answerEnclosed, tellRefused, tellUnread } from './answer-enclosed.js';
import { compose, type Secrecy, type Turn } from './compose.js';
import { confidentialityBy } from './conceal.js';
import { concealLate } from './conceal-late.js';
import type { Confidences } from './confidences.js';
import { countTurn } from './count-turn.js';
import { deduplicate } from './deduplicate.js';
import { dropErased } from './drop-erased.js';
import { gateHandoff } from './gate-handoff.js';
import { guardEmergency } from './guard-emergency.js';
import { dropHeld } from './held-answers.js';
import { createKeyedQueue } from './keyed-queue.js';
import { readCorrection } from './read-correction.js';
import { recognise } from './recognise.js';
import { recordInbound } from './record-inbound.js';
import type { ReportServices } from './report-effects.js';
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
  /** Stand for what is written inside a report. */
  readonly concealed: ConcealedWords;
  /** Stand for what is no text, and say what can be done instead. */
  readonly enclosed: EnclosedWords;
  readonly confidences: Confidences;
  readonly reports: ReportServices;
  /** True for the words and the button that give the resident the assistant back while a delegate holds. */
  readonly isLeaving: (text: string) => boolean;
  /** True for a text that replies to a question of ours (« oui », a button): nobody has failed to understand it. */
  readonly isReply: (text: string) => boolean;
  readonly statistics: StatisticsRecorder;
  /** Removes what is stored beside an erased conversation (notes, drafts). It may be called again for the same one. */
  readonly eraseBeside?: (conversationId: string) => Promise<unknown>;
  readonly emergencyAnswer: EmergencyAnswer;
  /** Said when a step fails, in place of an answer. */
  readonly failureAnswer: () => readonly Content[];
  /** Told of a failed step. The error may hold what the resident wrote: log its kind and place only. */
  readonly onFailure: (error: unknown) => void;
}

/** How often a turn is run again when another one has changed its conversation meanwhile. */
const MAX_ATTEMPTS = 8;

/** Errors after which the same call may be made again, since nothing was written. Any other one of the domain is a fault of a step. */
const OF_THE_WHOLE_TURN: readonly ErrorCode[] = [
  'conversation-gone',
  'duplicate',
  'revision-conflict',
  'storage-unavailable',
];

export interface DrainableTurnHandler extends TurnHandler {
  /** Resolves when no turn is under way. */
  drain(): Promise<void>;
}

/**
 * receive → deduplicate → drop what was erased → read correction → record → guard emergency → gate handoff → answer what is
 * no text → recognise → dialog → commit → deliver
 */
export function createTurnHandler(deps: TurnHandlerDependencies): DrainableTurnHandler {
  const { store, wakeUps, clock } = deps;
  const queue = createKeyedQueue();
  const isConfidential = confidentialityBy(deps.dialogs, deps.onFailure);
  const runSteps = compose([
    deduplicate(store),
    dropErased(store),
    readCorrection(deps),
    recordInbound({ ...deps, isConfidential }),
    concealLate(deps),
    guardEmergency(deps.emergency, deps.emergencyAnswer),
    tellRefused(deps.enclosed),
    tellUnread(deps.enclosed),
    gateHandoff(deps),
    answerEnclosed(deps.enclosed, deps.dialogs),
    recognise(deps.recognizer),
    runDialogs(deps.dialogs, deps),
  ]);

  async function attempt(conversationId: string, received: Inbound, secrecy: Secrecy): Promise<TurnOutcome> {
    const conversation = await store.load(conversationId);
    if (!conversation) throw new DomainError('conversation-gone', 'The conversation does not exist');
    // What an attempt that was overtaken had put into memory; unless it was stored after all.
    if (secrecy.overtaken) dropHeld(secrecy.overtaken, conversation.dialogState, deps.confidences);
    const turn = startTurn(conversation, received, clock(), secrecy);
    if (conversation.status === 'bot') wakeUps.notify(conversation.id, { kind: 'typing', author: 'bot' });
    await runSteps(turn).catch((error: unknown) => settleFailure(turn, error));
    if (turn.duplicateOf) {
      if (turn.duplicateOf.content.kind === 'erased') await eraseBeside(conversation.id);
      return { kind: 'duplicate', seq: turn.duplicateOf.seq, replies: [] };
    }
    if (turn.isDropped) return { kind: 'dropped', seq: 0, replies: [] };

    const messages = toMessages(turn, isConfidential(turn.draft.dialogState));
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
    const { inbound, status, numbers } = turn.draft;
    const isInDanger = numbers?.place === 'before';
    // Whoever is in danger does not wait for what a step could not read, if only the numbers can be stored.
    const isLeftOut = isInDanger && isDomainError(error, 'storage-unavailable');
    const isOfAll = !isLeftOut && OF_THE_WHOLE_TURN.some((code) => isDomainError(error, code));
    if (!inbound || isOfAll) throw error;
    deps.onFailure(error);
    const isSilent = status === 'assigned' || isInDanger;
    turn.draft.replies.splice(0, Number.POSITIVE_INFINITY, ...(isSilent ? [] : apologyFor(turn)));
  }

  /** What was concealed is not kept by the message: whether it was taken must be seen to. */
  function apologyFor({ secrecy }: Turn): readonly Content[] {
    return secrecy.isConcealed ? deps.concealed.failed() : deps.failureAnswer();
  }

  async function commit({ conversation, draft, now, secrecy }: Turn, messages: readonly Message[]): Promise<void> {
    secrecy.overtaken = draft.dialogState;
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
    dropHeld(conversation.dialogState, draft.dialogState, deps.confidences);
  }

  /** The erasure itself is stored: what goes wrong here is told, and made good when the message comes again. */
  async function eraseBeside(conversationId: string): Promise<void> {
    await deps.eraseBeside?.(conversationId).catch(deps.onFailure);
  }

  async function handle(conversationId: string, received: Inbound): Promise<TurnOutcome> {
    const secrecy: Secrecy = { isConcealed: false };
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(conversationId, received, secrecy);
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
