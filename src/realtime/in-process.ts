import type { Signal, WakeUps } from '../domain/wake-ups.js';

/** Wake-ups within one process. A listener that throws does not keep the others from being woken. */
export function createInProcessWakeUps(onListenerError: (error: unknown) => void): WakeUps {
  const listeners = new Map<string, Set<(signal: Signal) => void>>();
  const listenersToAll = new Set<(conversationId: string, signal: Signal) => void>();

  function call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      onListenerError(error);
    }
  }

  return {
    notify(conversationId, signal) {
      for (const listener of [...(listeners.get(conversationId) ?? [])]) call(() => listener(signal));
      for (const listener of [...listenersToAll]) call(() => listener(conversationId, signal));
    },
    subscribe(conversationId, listener) {
      const own = (signal: Signal): void => listener(signal);
      const group = listeners.get(conversationId) ?? new Set();
      listeners.set(conversationId, group.add(own));
      return () => {
        group.delete(own);
        if (group.size === 0 && listeners.get(conversationId) === group) listeners.delete(conversationId);
      };
    },
    subscribeAll(listener) {
      const own = (conversationId: string, signal: Signal): void => listener(conversationId, signal);
      listenersToAll.add(own);
      return () => listenersToAll.delete(own);
    },
  };
}
