import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { DeskClient } from './desk-client.js';
import { NOTHING_WRITTEN, type Writing } from './sending.js';
import type { LiveState } from './state.js';

/** Given by `LiveProvider`. */
export const DeskContext = createContext<DeskClient | undefined>(undefined);

/** @throws Error outside of `LiveProvider`. */
export function useDesk(): DeskClient {
  const desk = use(DeskContext);
  if (!desk) throw new Error('No LiveProvider');
  return desk;
}

/** A part of what is known of the desk; `select` must give the same value while nothing has changed. */
export function useLive<Part>(select: (state: LiveState) => Part): Part {
  const { live } = useDesk();
  return useSyncExternalStore(live.subscribe, () => select(live.snapshot()));
}

/** What the delegate writes in a conversation. */
export function useWriting(conversationId: string): Writing {
  const { outbox } = useDesk();
  return useSyncExternalStore(outbox.subscribe, () => outbox.snapshot()[conversationId] ?? NOTHING_WRITTEN);
}

/** The device's clock, again every so often. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** The server's clock: every wait is counted by it, whatever the device says. */
export function useServerNow(everyMs = 1_000): number {
  const offset = useLive((state) => state.clockOffset);
  return useNow(everyMs) + offset;
}
