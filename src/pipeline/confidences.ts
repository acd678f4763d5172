import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/clock.js';

/** Words shown to a resident that are stored nowhere: in this process's memory only, and for half an hour. */
export interface Confidences {
  /** Keeps them, and gives the unguessable name by which they are found. */
  keep(conversationId: string, text: string): string;
  /** The same under a name that is known already. */
  keepAs(name: string, conversationId: string, text: string): void;
  /** Undefined once they are gone. */
  find(name: string): string | undefined;
  drop(name: string): void;
  /** Drops what was kept for one conversation. */
  forget(conversationId: string): void;
  /** Drops what is over. */
  sweep(): void;
  clear(): void;
}

interface Confidence {
  readonly conversationId: string;
  readonly text: string;
  readonly until: number;
}

const KEPT_MS = 30 * 60_000;
/** Of characters in all: beyond, the words kept longest ago go first. */
const MOST_CHARACTERS = 8_000_000;
const NAME_BYTES = 16;

export function createConfidences(clock: Clock, mostCharacters = MOST_CHARACTERS): Confidences {
  /** All are kept for the same time, so that the first one is the first to go. */
  const kept = new Map<string, Confidence>();
  let characters = 0;

  function drop(name: string): void {
    characters -= kept.get(name)?.text.length ?? 0;
    kept.delete(name);
  }

  function sweep(): void {
    const now = clock().getTime();
    for (const [name, { until }] of kept) {
      if (until > now && characters <= mostCharacters) return;
      drop(name);
    }
  }

  function keepAs(name: string, conversationId: string, text: string): void {
    drop(name);
    kept.set(name, { conversationId, text, until: clock().getTime() + KEPT_MS });
    characters += text.length;
    sweep();
  }

  return {
    keepAs,
    drop,
    sweep,
    keep(conversationId, text) {
      const name = `words:${randomBytes(NAME_BYTES).toString('base64url')}`;
      keepAs(name, conversationId, text);
      return name;
    },
    find(name) {
      sweep();
      return kept.get(name)?.text;
    },
    forget(conversationId) {
      for (const [name, confidence] of kept) if (confidence.conversationId === conversationId) drop(name);
    },
    clear() {
      kept.clear();
      characters = 0;
    },
  };
}
