import type { ConversationStatus } from '../../src/domain/conversation.js';
import type { Content, HandoffContent, Message } from '../../src/domain/message.js';
import type { EchoBot, EchoData } from './directline-echo.js';

/** What delegates and the desk do to a conversation, as its channels see it. */
export interface TestDesk {
  /** A delegate's message; the conversation is theirs from then on. */
  say(id: string, text: string, name?: string): Promise<void>;
  /** Who speaks changes: the event, and what people read about it. */
  change(id: string, status: ConversationStatus, event: HandoffContent, words?: string): Promise<void>;
  /** A delegate takes it: they sign the event. */
  take(id: string, name?: string): Promise<void>;
  /** Messages as the pipeline stores them. */
  store(id: string, ...said: readonly Said[]): Promise<void>;
}

export const JEAN = 'Jean';
export const INITIATE: HandoffContent = { kind: 'handoff', event: 'initiate' };
export const ACCEPTED: HandoffContent = { kind: 'handoff', event: 'status', state: 'accepted' };
export const COMPLETED: HandoffContent = { kind: 'handoff', event: 'status', state: 'completed' };

type Said = Pick<Message, 'author' | 'signature' | 'content' | 'clientId'>;

export function createTestDesk({ store, clock }: EchoData, { wakeUps }: Pick<EchoBot, 'wakeUps'>): TestDesk {
  async function append(id: string, status: ConversationStatus, said: readonly Said[]): Promise<void> {
    const conversation = await store.load(id);
    if (!conversation) throw new Error('No such conversation');
    const { rev, lastSeq, dialogState, desk, inboxList } = conversation;
    const at = clock();
    const messages = said.map((one, index): Message => {
      const seq = lastSeq + 1 + index;
      return { seq, externalId: `out:${seq}`, at, ...one };
    });
    await store.commit({ id, expectedRev: rev, status, dialogState, desk, inboxList, messages, at });
    wakeUps.notify(id, { kind: 'changed' });
  }

  return {
    store: (id, ...said) => append(id, 'bot', said),
    say: (id, text, name = JEAN) =>
      append(id, 'assigned', [
        { author: 'delegate', signature: { delegateId: `d-${name}`, name }, content: { kind: 'text', text } },
      ]),
    take: (id, name = JEAN) =>
      append(id, 'assigned', [
        { author: 'system', signature: { delegateId: `d-${name}`, name }, content: ACCEPTED },
        { author: 'system', content: { kind: 'text', text: 'Vous parlez maintenant avec un délégué.' } },
      ]),
    change: (id, status, event, words) => {
      const contents: Content[] = [event, ...(words === undefined ? [] : [{ kind: 'text', text: words } as const])];
      return append(
        id,
        status,
        contents.map((content) => ({ author: 'system', content })),
      );
    },
  };
}
