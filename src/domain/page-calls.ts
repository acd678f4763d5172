/**
 * Calls by which delegates' pages show that they are still there. A balancer brings them to any process, and not always to the
 * one that holds the page's stream.
 */
export interface PageCalls {
  /** The session's page has called this process. */
  heard(sessionId: string): void;
  /** Told of a call to any process, to others within seconds. Returns the function that ends it. */
  listen(listener: (sessionId: string) => void): () => void;
}

/** For a process that is the only one: listeners are told at once. */
export function createPageCalls(): PageCalls {
  const listeners = new Set<(sessionId: string) => void>();
  return {
    heard(sessionId) {
      for (const listener of [...listeners]) listener(sessionId);
    },
    listen(listener) {
      const own = (sessionId: string): void => listener(sessionId);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
