import type { Deliveries, Delivery } from './deliveries.js';

/**
 * What became of sends. Until storage has it, a process that lives knows better than the mark of a try that stands there:
 * what it knows to have arrived is in no doubt.
 */
export interface Outcomes {
  /** @throws when storage does not take it; it stays known then. */
  save(delivery: Delivery): Promise<void>;
  /** As it is known; what storage has not taken is stored first. */
  load(conversationId: string): Promise<Delivery | undefined>;
  drop(conversationId: string): void;
}

export function createOutcomes(deliveries: Pick<Deliveries, 'load' | 'save'>): Outcomes {
  const unsaved = new Map<string, Delivery>();

  async function save(delivery: Delivery): Promise<void> {
    const { conversationId } = delivery;
    unsaved.set(conversationId, delivery);
    await deliveries.save(delivery);
    unsaved.delete(conversationId);
  }

  return {
    save,
    async load(conversationId) {
      const known = unsaved.get(conversationId);
      if (!known) return deliveries.load(conversationId);
      await save(known);
      return known;
    },
    drop: (conversationId) => void unsaved.delete(conversationId),
  };
}
