import type { Clock } from '../domain/clock.js';
import type { Conversations } from '../domain/conversations.js';
import type { Deliveries, Delivery } from './deliveries.js';
import type { DeliveryFailureCode } from './delivery-failures.js';

/** Whether a resident can be reached, as the channel has learnt it in another way than by sending. */
export type News = Extract<DeliveryFailureCode, 'blocked'> | 'reachable';

export interface NewsBox {
  put(conversationId: string, news: News): void;
  has(conversationId: string): boolean;
  drop(conversationId: string): void;
  /**
   * Stores what was put, and takes it out.
   * @returns the delivery as it is then; undefined when nothing is to be sent now.
   */
  hear(delivery: Delivery): Promise<Delivery | undefined>;
}

export interface NewsDependencies {
  readonly deliveries: Pick<Deliveries, 'save'>;
  readonly conversations: Pick<Conversations, 'signal'>;
  readonly clock: Clock;
}

export function createNewsBox({ deliveries, conversations, clock }: NewsDependencies): NewsBox {
  const box = new Map<string, News>();

  async function hear(delivery: Delivery): Promise<Delivery | undefined> {
    const { conversationId: id, failure } = delivery;
    const news = box.get(id);
    const wasBlocked = failure?.code === 'blocked';
    if (news === undefined || (news === 'reachable' && !wasBlocked)) {
      box.delete(id);
      return delivery;
    }
    const blocked = { code: 'blocked', at: clock().getTime(), attempts: 0 };
    const changed = news === 'blocked' ? { ...delivery, failure: blocked } : withoutFailure(delivery);
    await deliveries.save(changed);
    box.delete(id);
    conversations.signal(id, { kind: 'desk' });
    return news === 'blocked' ? undefined : changed;
  }

  return {
    put: (id, news) => void box.set(id, news),
    has: (id) => box.has(id),
    drop: (id) => void box.delete(id),
    hear,
  };
}

export function withoutFailure({ failure: _, ...delivery }: Delivery): Delivery {
  return delivery;
}
