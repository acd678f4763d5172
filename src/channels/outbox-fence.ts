import { DomainError } from '../domain/errors.js';
import type { Deliveries, DeliveryShelf } from './deliveries.js';

/** Deliveries as one holder of the right to send writes them. */
export interface Fence extends Deliveries {
  /** What was read is out of date: nothing is written over it before it is read again. */
  forget(conversationId: string): void;
}

/** Conversations that are read and not yet written; beyond, the one read longest ago has to be read again. */
const MOST_KNOWN = 10_000;

/**
 * Writes over nothing but what this holder has read itself: one that was overtaken, however late it wakes up, changes
 * nothing. One conversation is written by one run at a time (`createKeyedRuns`), so that what was read last is what a run
 * began with.
 */
export function createFence(shelf: DeliveryShelf): Fence {
  const revs = new Map<string, number | undefined>();

  function remember(id: string, rev: number | undefined): void {
    revs.delete(id);
    revs.set(id, rev);
    const [oldest] = revs.size > MOST_KNOWN ? revs.keys() : [];
    if (oldest !== undefined) revs.delete(oldest);
  }

  return {
    async load(id) {
      const stored = await shelf.load(id);
      remember(id, stored?.rev);
      return stored && withoutRev(stored);
    },
    async save(delivery) {
      const { conversationId: id } = delivery;
      if (!revs.has(id)) throw new DomainError('revision-conflict', 'It is to be read first');
      remember(id, await shelf.save(delivery, revs.get(id)));
    },
    listFailed: (limit, after) => shelf.listFailed(limit, after),
    remove(id) {
      revs.delete(id);
      return shelf.remove(id);
    },
    forget: (id) => void revs.delete(id),
  };
}

export function withoutRev<Value extends { readonly rev: number }>({ rev: _, ...value }: Value): Omit<Value, 'rev'> {
  return value;
}
