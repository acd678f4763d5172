import type { Clock } from '../../src/domain/clock.js';
import { type Conversations, createConversations } from '../../src/domain/conversations.js';
import { DomainError, isDomainError } from '../../src/domain/errors.js';
import type { Content, Message } from '../../src/domain/message.js';
import type { WakeUps } from '../../src/domain/wake-ups.js';
import type { TurnHandler, TurnOutcome } from '../../src/pipeline/turn.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { createMemoryStore } from './storage-memory.js';

export interface EchoData {
  readonly store: ConversationStore;
  readonly clock: Clock;
}

/**
 * A bot that repeats, with a button and, on « carte », a card; « efface » erases the history. It is silent while a delegate
 * holds the conversation.
 */
export interface EchoBot {
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly wakeUps: WakeUps;
}

export const WELCOME: Content = {
  kind: 'text',
  text: 'Bonjour, je suis un robot.',
  actions: [{ title: 'Les horaires', value: 'Les horaires' }],
};

export function createEchoData(clock: Clock): EchoData {
  return { store: createMemoryStore(), clock };
}

export function createEchoBot({ store, clock }: EchoData): EchoBot {
  const wakeUps = createInProcessWakeUps((error) => {
    throw error;
  });
  const conversations = createConversations({ store, wakeUps, clock, welcome: () => [WELCOME] });

  async function handleOnce(id: string, inbound: Parameters<TurnHandler['handle']>[1]): Promise<TurnOutcome> {
    const conversation = await store.load(id);
    if (!conversation) throw new DomainError('conversation-gone', 'gone');
    const earlier = await store.findMessage(id, inbound.externalId);
    if (earlier) return { kind: 'duplicate', seq: earlier.seq, replies: [] };
    const seq = conversation.lastSeq + 1;
    const question: Message = {
      seq,
      externalId: inbound.externalId,
      ...(inbound.clientId !== undefined && { clientId: inbound.clientId }),
      author: 'resident',
      at: clock(),
      content: { kind: 'text', text: inbound.text },
    };
    const erasesHistory = inbound.text === 'efface';
    const reply: Message = {
      seq: seq + 1,
      externalId: `out:${seq + 1}`,
      replyTo: seq,
      author: 'bot',
      at: clock(),
      content: answerTo(inbound.text),
    };
    // The mark takes the place of the question, and refers to a message that is gone with the others.
    const mark: Message = {
      ...question,
      author: 'system',
      replyTo: seq - 1,
      content: { kind: 'erased', erasedMessages: seq },
    };
    const isHeld = conversation.status === 'assigned';
    const replies = erasesHistory || isHeld ? [] : [reply];
    const messages = erasesHistory ? [mark] : [question, ...replies];
    const { status, desk, inboxList } = conversation;
    await store.commit({
      id,
      expectedRev: conversation.rev,
      status,
      desk,
      inboxList,
      dialogState: {},
      messages,
      erasesHistory,
      at: clock(),
    });
    wakeUps.notify(id, { kind: 'changed' });
    return { kind: 'committed', seq, replies };
  }

  async function handle(id: string, inbound: Parameters<TurnHandler['handle']>[1]): Promise<TurnOutcome> {
    try {
      return await handleOnce(id, inbound);
    } catch (error) {
      if (!isDomainError(error, 'revision-conflict')) throw error;
      return handle(id, inbound);
    }
  }

  return { conversations, turns: { handle }, wakeUps };
}

function answerTo(text: string): Content {
  const actions = [{ title: 'Oui', value: 'Oui' }];
  if (text !== 'carte') return { kind: 'text', text: `Vous avez écrit : ${text}`, actions };
  const card = {
    title: 'La permanence',
    text: 'Sur place',
    links: [
      { title: 'Calendrier', url: '/permanences.ics' },
      { title: 'Appeler le 17', url: 'tel:17' },
    ],
  };
  return { kind: 'text', text: 'Voici.', actions, card };
}
