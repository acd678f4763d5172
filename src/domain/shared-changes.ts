import type { Peers } from './peers.js';

/** What every process keeps a copy of, or shows on pages. */
export type SharedThing = 'accounts' | 'facts' | 'reports';

/** Tells other processes that something is to be read again. What gets lost is found by each one's own looks. */
export interface SharedChanges {
  tell(of: SharedThing): void;
  /** Told of changes elsewhere, and once when others are within reach again. Returns the function that ends it. */
  listen(of: SharedThing, listener: () => void): () => void;
}

export function createSharedChanges(peers: Pick<Peers, 'tell' | 'listen' | 'watch'>): SharedChanges {
  return {
    tell: (of) => peers.tell('change', { of }),
    listen(of, listener) {
      const endListening = peers.listen('change', (content) => {
        if (isChangeOf(of, content)) listener();
      });
      const endWatching = peers.watch((state) => {
        if (state === 'together') listener();
      });
      return () => {
        endListening();
        endWatching();
      };
    },
  };
}

function isChangeOf(of: SharedThing, content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'of' in content && content.of === of;
}
