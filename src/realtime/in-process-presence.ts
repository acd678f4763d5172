import type { Clock } from '../domain/clock.js';
import type { Presence } from '../domain/desk.js';
import type { DelegateId } from '../domain/desk-state.js';
import type { Visit } from '../storage/ports/process-store.js';

/** What other processes are told of this one. */
export interface InProcessPresence extends Presence {
  /** Each page by itself. */
  visits(): readonly Visit[];
  /** Who has left, and when; those who came back since are among them. */
  left(): ReadonlyMap<DelegateId, Date>;
}

/** Who is connected to this process. A listener that throws does not keep the others from being told. */
export function createInProcessPresence(clock: Clock, onListenerError: (error: unknown) => void): InProcessPresence {
  const startedAt = clock();
  const visits = new Set<Visit>();
  const lastLeft = new Map<DelegateId, Date>();
  const listeners = createListeners(onListenerError);

  const isConnected = (delegateId: DelegateId): boolean => [...visits].some((visit) => visit.delegateId === delegateId);

  return {
    enter(delegateId, conversationId) {
      const visit: Visit = { delegateId, ...(conversationId !== undefined && { conversationId }) };
      visits.add(visit);
      listeners.tell();
      return () => {
        if (!visits.delete(visit)) return;
        lastLeft.set(delegateId, clock());
        listeners.tell();
      };
    },
    isConnected,
    connected: () => delegatesOf(visits),
    viewersOf: (conversationId) => viewersAmong(visits, conversationId),
    lastSeen: (delegateId) => (isConnected(delegateId) ? clock() : (lastLeft.get(delegateId) ?? startedAt)),
    subscribe: listeners.subscribe,
    visits: () => [...visits],
    left: () => lastLeft,
  };
}

export function delegatesOf(visits: Iterable<Visit>): readonly DelegateId[] {
  return [...new Set([...visits].map(({ delegateId }) => delegateId))];
}

export function viewersAmong(visits: Iterable<Visit>, conversationId: string): readonly DelegateId[] {
  return delegatesOf([...visits].filter((visit) => visit.conversationId === conversationId));
}

export function createListeners(onListenerError: (error: unknown) => void) {
  const listeners = new Set<() => void>();
  return {
    tell(): void {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(listener: () => void): () => void {
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
