import type { Signal, WakeUps } from '../domain/wake-ups.js';

/** Wake-ups within one process. A listener that throws does not keep the others from being woken. */
export function createInProcessWakeUps(onListenerError: (error: unknown) => void): WakeUps {
  const listeners = new Map<string, Set<(signal: Signal) => void>>();

  return {
    notify(conversationId, signal) {
      for (const listener of [...(listeners.get(conversationId) ?? [])]) {
        try {
          listener(signal);
        } catch (error) {
          onListenerError(error);
        }
      }
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
  };
}
