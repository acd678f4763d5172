import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Clock } from './clock.js';
import { type Conversation, inboxListOf } from './conversation.js';
import { changesNothing, contentsOf, type Transition } from './conversation-transitions.js';
import type { Millis } from './desk-state.js';
import type { DeskWords } from './desk-words.js';
import { DomainError, isDomainError } from './errors.js';
import type { Content, Message, Signature } from './message.js';
import type { StatisticsRecorder } from './statistics.js';
import type { WakeUps } from './wake-ups.js';

export interface DeskDependencies {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly words: DeskWords;
  readonly statistics: StatisticsRecorder;
}

/** What to make of a conversation as it is loaded. */
export interface DeskPlan {
  readonly transition: Transition;
  /** The delegate who does it: it signs the event that tells of a taking. */
  readonly by?: Signature;
  /** What the delegate writes, after the words of the transition. */
  readonly reply?: Pick<Message, 'externalId' | 'clientId' | 'author' | 'signature' | 'content'>;
}

export interface DeskChange {
  readonly conversation: Conversation;
  /** What was stored with it, in order; the reply is the last one. */
  readonly messages: readonly Message[];
  /** False when there was nothing to store. */
  readonly isStored: boolean;
}

/**
 * Loads the conversation, plans, and stores the plan if nothing has changed meanwhile; else all of it again.
 * @throws what `plan` throws; DomainError `conversation-gone`, `revision-conflict`, `storage-unavailable`.
 */
export type ChangeConversation = (
  id: string,
  plan: (conversation: Conversation, now: Millis) => DeskPlan | Promise<DeskPlan>,
) => Promise<DeskChange>;

/** How often a change is planned again when a turn or a colleague came first. */
const MAX_ATTEMPTS = 8;

export function createChangeConversation(deps: DeskDependencies): ChangeConversation {
  const { store, wakeUps, clock, words, statistics } = deps;

  async function attempt(id: string, plan: Parameters<ChangeConversation>[1]): Promise<DeskChange> {
    const conversation = await store.load(id);
    if (!conversation) throw new DomainError('conversation-gone', 'The conversation does not exist');
    const at = clock();
    const planned = await plan(conversation, at.getTime());
    const { transition, reply } = planned;
    if (!reply && changesNothing(conversation, transition)) return { conversation, messages: [], isStored: false };

    const messages = toMessages(conversation.lastSeq, at, planned, words);
    const changed = changeOf(conversation, transition, messages);
    const { status, desk, inboxList, dialogState } = changed;
    await store.commit({ id, expectedRev: conversation.rev, status, desk, inboxList, dialogState, messages, at });
    wakeUps.notify(id, { kind: 'changed' });
    for (const name of transition.counts) statistics.count(name);
    return { conversation: changed, messages, isStored: true };
  }

  return async (id, plan) => {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(id, plan);
      } catch (error) {
        const wasOvertaken = isDomainError(error, 'revision-conflict') || isDomainError(error, 'duplicate');
        if (!wasOvertaken || attempts === MAX_ATTEMPTS) throw error;
      }
    }
  };
}

function toMessages(
  lastSeq: number,
  at: Date,
  { transition, by, reply }: DeskPlan,
  words: DeskWords,
): readonly Message[] {
  const said = contentsOf(transition, words).map((content, index): Message => {
    const seq = lastSeq + 1 + index;
    const signature = by && isTaking(content) ? { signature: { delegateId: by.delegateId, name: by.name } } : {};
    return { seq, externalId: `out:${seq}`, author: 'system', ...signature, at, content };
  });
  return reply ? [...said, { ...reply, seq: lastSeq + said.length + 1, at }] : said;
}

function isTaking(content: Content): boolean {
  return content.kind === 'handoff' && content.event === 'status' && content.state === 'accepted';
}

/** The conversation as it is once the change is stored. */
function changeOf(conversation: Conversation, standing: Transition, messages: readonly Message[]): Conversation {
  const { status, desk } = standing;
  return {
    ...conversation,
    rev: conversation.rev + 1,
    lastSeq: conversation.lastSeq + messages.length,
    lastMessageAt: messages.at(-1)?.at ?? conversation.lastMessageAt,
    status,
    desk,
    // What the assistant had asked is asked no more: after the delegate, it begins anew.
    dialogState: status === 'assigned' && conversation.status !== 'assigned' ? {} : conversation.dialogState,
    inboxList: inboxListOf(standing),
  };
}
