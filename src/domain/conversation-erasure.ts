import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Clock } from './clock.js';
import { inboxListOf } from './conversation.js';
import { forget } from './conversation-transitions.js';
import { isDomainError } from './errors.js';
import type { Content, Message } from './message.js';
import type { WakeUps } from './wake-ups.js';

export interface ErasureDependencies {
  readonly store: Pick<ConversationStore, 'load' | 'messagesAfter' | 'countMessages' | 'commit'>;
  readonly wakeUps: Pick<WakeUps, 'notify'>;
  readonly clock: Clock;
}

/** How often it is begun again when a turn or a delegate came first. */
const MAX_ATTEMPTS = 8;

/**
 * Erases all that was said, as a resident may have it done in words; what delegates decided about them stays. Nothing when
 * that is all there is.
 * @param writtenAt when it was asked for, by the channel's clock.
 * @throws DomainError `revision-conflict`, `storage-unavailable`.
 */
export function createEraseHistory({ store, wakeUps, clock }: ErasureDependencies) {
  async function attempt(id: string, writtenAt: Date): Promise<void> {
    const conversation = await store.load(id);
    if (!conversation || (await isErased(id, conversation.lastSeq))) return;
    const at = clock();
    const { status, desk, events } = forget(conversation);
    const erased = {
      kind: 'erased',
      erasedMessages: await store.countMessages(id),
      writtenAt: writtenAt.getTime(),
    } as const;
    const messages = [erased, ...events].map((content: Content, index): Message => {
      const seq = conversation.lastSeq + 1 + index;
      return { seq, externalId: `out:${seq}`, author: 'system', at, content };
    });
    await store.commit({
      id,
      expectedRev: conversation.rev,
      status,
      desk,
      inboxList: inboxListOf({ status, desk }),
      dialogState: {},
      messages,
      erasesHistory: true,
      at,
    });
    wakeUps.notify(id, { kind: 'changed' });
  }

  async function isErased(id: string, lastSeq: number): Promise<boolean> {
    const [first] = await store.messagesAfter(id, 0, 1);
    return first?.content.kind === 'erased' && first.seq === lastSeq;
  }

  return async (id: string, writtenAt: Date): Promise<void> => {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(id, writtenAt);
      } catch (error) {
        if (!isDomainError(error, 'revision-conflict') || attempts === MAX_ATTEMPTS) throw error;
      }
    }
  };
}
