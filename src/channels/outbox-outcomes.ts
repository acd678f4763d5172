import { isDomainError } from '../domain/errors.js';
import type { Deliveries, Delivery } from './deliveries.js';
import type { Known } from './outbox-merge.js';

/**
 * What became of sends. Until storage has it, a process that lives knows better than the mark of a try that stands there:
 * what it knows to have arrived is in no doubt.
 */
export interface Outcomes {
  /**
   * @throws when storage does not take it; it stays known then. DomainError `revision-conflict` when another process has
   * written meanwhile: what can be is put together with that.
   */
  save(delivery: Delivery, of?: Omit<Known, 'delivery'>): Promise<void>;
  /** It is not known whether storage has the mark of a send that was never made: this takes its place when it can. */
  keep(known: Known): void;
  /** As it is known; what storage has not taken is stored first. */
  load(conversationId: string): Promise<Delivery | undefined>;
  drop(conversationId: string): void;
  /** What storage has not taken. */
  left(): readonly Known[];
}

/** @param merge stores what is known beside what another process has written. Absent: there is none. */
export function createOutcomes(
  deliveries: Pick<Deliveries, 'load' | 'save'>,
  merge?: (known: Known) => Promise<unknown>,
): Outcomes {
  const unsaved = new Map<string, Known>();

  async function store(known: Known): Promise<void> {
    const { delivery } = known;
    unsaved.set(delivery.conversationId, known);
    try {
      await deliveries.save(delivery);
    } catch (error) {
      if (!merge || !isDomainError(error, 'revision-conflict')) throw error;
      await merge(known);
      unsaved.delete(delivery.conversationId);
      throw error;
    }
    unsaved.delete(delivery.conversationId);
  }

  return {
    save: (delivery, of = {}) => store({ ...of, delivery }),
    keep: (known) => void unsaved.set(known.delivery.conversationId, known),
    async load(conversationId) {
      const known = unsaved.get(conversationId);
      if (!known) return deliveries.load(conversationId);
      try {
        await store(known);
        return known.delivery;
      } catch (error) {
        if (!isDomainError(error, 'revision-conflict')) throw error;
        return deliveries.load(conversationId);
      }
    },
    drop: (conversationId) => void unsaved.delete(conversationId),
    left: () => [...unsaved.values()],
  };
}
