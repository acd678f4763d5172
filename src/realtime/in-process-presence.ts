import type { Clock } from '../domain/clock.js';
import type { Presence } from '../domain/desk.js';
import type { DelegateId } from '../domain/desk-state.js';

interface Visit {
  readonly delegateId: DelegateId;
  readonly conversationId?: string;
}

/** Who is connected to this process. A listener that throws does not keep the others from being told. */
export function createInProcessPresence(clock: Clock, onListenerError: (error: unknown) => void): Presence {
  const startedAt = clock();
  const visits = new Set<Visit>();
  const lastLeft = new Map<DelegateId, Date>();
  const listeners = new Set<() => void>();

  const isConnected = (delegateId: DelegateId): boolean => [...visits].some((visit) => visit.delegateId === delegateId);

  function tell(): void {
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  return {
    enter(delegateId, conversationId) {
      const visit: Visit = { delegateId, ...(conversationId !== undefined && { conversationId }) };
      visits.add(visit);
      tell();
      return () => {
        if (!visits.delete(visit)) return;
        lastLeft.set(delegateId, clock());
        tell();
      };
    },
    isConnected,
    connected: () => [...new Set([...visits].map(({ delegateId }) => delegateId))],
    viewersOf: (conversationId) => [
      ...new Set([...visits].flatMap((visit) => (visit.conversationId === conversationId ? [visit.delegateId] : []))),
    ],
    lastSeen: (delegateId) => (isConnected(delegateId) ? clock() : (lastLeft.get(delegateId) ?? startedAt)),
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
