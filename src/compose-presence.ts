import type { Logger } from 'pino';
import type { Clock } from './domain/clock.js';
import { createPageCalls } from './domain/page-calls.js';
import type { Peers } from './domain/peers.js';
import { realTimers } from './domain/timers.js';
import { faultOf } from './http/error-handler.js';
import { createInProcessPresence } from './realtime/in-process-presence.js';
import { openSharedPresence, type SharedPresence } from './realtime/shared-presence.js';
import type { ProcessStore } from './storage/ports/process-store.js';

export interface PresenceParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly processes: ProcessStore;
  readonly peers: Peers;
}

/** Who is connected: to this process where there can be no other, else to any. */
export async function openPresence({ clock, log, processes, peers }: PresenceParts): Promise<SharedPresence> {
  const onListenerError = (error: unknown): void => log.error(faultOf(error), 'A reader could not be woken');
  if (peers.state() === 'sole') {
    return {
      presence: createInProcessPresence(clock, onListenerError),
      pageCalls: createPageCalls(),
      close: () => Promise.resolve(),
    };
  }
  return openSharedPresence({
    store: processes,
    peers,
    clock,
    timers: realTimers,
    elapsed: () => performance.now(),
    onListenerError,
    onFault: (error) => log.warn(faultOf(error), 'Who is connected to other processes is not known for the moment'),
  });
}
