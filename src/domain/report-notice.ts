import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Clock } from './clock.js';
import type { ConcealedWords } from './concealed-words.js';
import { isDomainError } from './errors.js';
import type { Message } from './message.js';
import type { Report } from './report.js';
import type { WakeUps } from './wake-ups.js';

/**
 * Tells in a conversation that there is an answer to a report, and nothing of it. False when the conversation is gone.
 * @throws DomainError `storage-unavailable`, or `revision-conflict` when others keep coming first.
 */
export type TellAuthor = (conversationId: string) => Promise<boolean>;

export interface TellAuthorDependencies {
  readonly store: Pick<ConversationStore, 'load' | 'commit'>;
  readonly wakeUps: Pick<WakeUps, 'notify'>;
  readonly clock: Clock;
  readonly words: Pick<ConcealedWords, 'hasAnswer'>;
}

const MAX_TRIES = 20;

export function createTellAuthor({ store, wakeUps, clock, words }: TellAuthorDependencies): TellAuthor {
  async function attempt(id: string): Promise<boolean> {
    const conversation = await store.load(id);
    if (!conversation) return false;
    const at = clock();
    const { rev, lastSeq, status, desk, inboxList, dialogState } = conversation;
    const messages = words.hasAnswer().map((content, index): Message => {
      const seq = lastSeq + 1 + index;
      return { seq, externalId: `out:${seq}`, author: 'system', at, content };
    });
    await store.commit({ id, expectedRev: rev, status, desk, inboxList, dialogState, messages, at });
    wakeUps.notify(id, { kind: 'changed' });
    return true;
  }

  return async (id) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(id);
      } catch (error) {
        if (isDomainError(error, 'conversation-gone')) return false;
        const wasOvertaken = isDomainError(error, 'revision-conflict') || isDomainError(error, 'duplicate');
        if (!wasOvertaken || tries === MAX_TRIES) throw error;
      }
    }
  };
}

/** The report whose author is told of answers there, or nowhere; undefined when that is so already. */
export function withNotice({ notifies, ...report }: Report, conversationId: string | undefined): Report | undefined {
  if (notifies === conversationId) return undefined;
  return { ...report, ...(conversationId !== undefined && { notifies: conversationId }) };
}
