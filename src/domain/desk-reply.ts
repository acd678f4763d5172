import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Conversation } from './conversation.js';
import { unchanged } from './conversation-transitions.js';
import type { Actor, ReplyToSend } from './desk.js';
import type { ChangeConversation, DeskPlan } from './desk-change.js';
import type { Millis } from './desk-state.js';
import { acknowledge, takeByReply } from './desk-transitions.js';
import { DomainError } from './errors.js';
import type { Message } from './message.js';

const PAGE = 200;

/** See `Desk.reply`. */
export function createReply(store: ConversationStore, change: ChangeConversation) {
  return async (
    id: string,
    by: Actor,
    reply: ReplyToSend,
  ): Promise<{ readonly conversation: Conversation; readonly message: Message }> => {
    const externalId = `d:${reply.clientId}`;
    let earlier: Message | undefined;

    async function plan(conversation: Conversation, now: Millis): Promise<DeskPlan> {
      earlier = await store.findMessage(id, externalId);
      if (earlier) return { transition: unchanged(conversation) };
      const taken = takeByReply(conversation, by.delegateId, now);
      // Read after the conversation was loaded: what is missing here was not stored at its rev.
      const unseen = await allAfter(store, id, reply.seenSeq);
      if (unseen.some((message) => isByColleague(message, by)))
        throw new DomainError('colleague-wrote', 'A colleague wrote after the last message seen');
      const { desk } = unseen.some(({ author }) => author === 'resident') ? taken : acknowledge(taken);
      return {
        transition: { ...taken, desk },
        by,
        reply: {
          externalId,
          clientId: reply.clientId,
          author: 'delegate',
          signature: { delegateId: by.delegateId, name: by.name },
          content: { kind: 'text', text: reply.text },
        },
      };
    }

    const { conversation, messages } = await change(id, plan);
    const message = earlier ?? messages.at(-1);
    if (!message) throw new Error('A reply is stored, or was stored before');
    return { conversation, message };
  };
}

async function allAfter(store: ConversationStore, id: string, seq: number): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (;;) {
    const page = await store.messagesAfter(id, all.at(-1)?.seq ?? seq, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

function isByColleague({ author, signature }: Message, reader: Actor): boolean {
  return author === 'delegate' && signature?.delegateId !== reader.delegateId;
}
