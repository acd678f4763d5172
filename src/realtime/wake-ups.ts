import type { Peers } from '../domain/peers.js';
import type { Signal, WakeUps } from '../domain/wake-ups.js';
import { readSignal } from './read-signal.js';

/** Wakes the readers of all processes: those of this one, within the call, are `local`'s. */
export function createSharedWakeUps(local: WakeUps, peers: Pick<Peers, 'tell' | 'listen'>): WakeUps {
  peers.listen('signal', (content) => {
    const told = readSignal(content);
    if (told) local.notify(told.id, told.signal);
  });
  return {
    ...local,
    notify(id, signal) {
      local.notify(id, signal);
      peers.tell('signal', { id, signal });
    },
  };
}

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
