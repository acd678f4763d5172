import { Refusal } from '../http/refusal.js';
import type { LiveLimits } from './live-limits.js';
import type { LiveStream } from './live-stream.js';
import type { WaitingCounts } from './live-waiting.js';

/** An open response, as far as its session matters. */
export interface OpenStream {
  readonly sessionId: string;
  /** Its person lacks the second factor that they must have. */
  readonly isRestricted: boolean;
  /** Of a usable session. */
  readonly full?: LiveStream;
  /** Of a locked one: all that its page is told. */
  readonly tellWaiting?: (counts: WaitingCounts) => void;
  send(frame: string): void;
  /** Ends it, after one last event when there is one. */
  leave(lastFrame?: string): void;
  /** Its page is there. */
  heard(): void;
  /** For how long its page has not been heard of, in ms. */
  quietFor(): number;
  /** Ends it at once: nobody is at the other end. */
  cut(): void;
}

/** The open streams of this process. */
export interface LiveStreams {
  readonly all: ReadonlySet<OpenStream>;
  /** Those of usable sessions. */
  full(): readonly LiveStream[];
  watchersOf(conversationId: string): readonly LiveStream[];
  watchedIds(): readonly string[];
  /**
   * Makes room for one; it counts from now on. Returns the function that gives the room back.
   * @throws Refusal `TooManyStreams`.
   */
  admit(accountId: string): () => void;
  /** Nobody has room, nor asks for it. */
  isEmpty(): boolean;
  add(stream: OpenStream): void;
  remove(stream: OpenStream): void;
}

export function createLiveStreams(limits: Pick<LiveLimits, 'streams' | 'streamsPerAccount'>): LiveStreams {
  const all = new Set<OpenStream>();
  const admitted = new Map<string, number>();
  let total = 0;

  const full = (): readonly LiveStream[] => [...all].flatMap((stream) => stream.full ?? []);

  return {
    all,
    full,
    watchersOf: (conversationId) => full().filter(({ watchedId }) => watchedId === conversationId),
    watchedIds: () => [...new Set(full().flatMap(({ watchedId }) => watchedId ?? []))],
    admit(accountId) {
      const own = admitted.get(accountId) ?? 0;
      if (own >= limits.streamsPerAccount || total >= limits.streams) throw new Refusal('TooManyStreams');
      admitted.set(accountId, own + 1);
      total += 1;
      let isGiven = true;
      return () => {
        if (!isGiven) return;
        isGiven = false;
        total -= 1;
        const left = (admitted.get(accountId) ?? 1) - 1;
        if (left > 0) admitted.set(accountId, left);
        else admitted.delete(accountId);
      };
    },
    isEmpty: () => total === 0,
    add: (stream) => void all.add(stream),
    remove: (stream) => void all.delete(stream),
  };
}
