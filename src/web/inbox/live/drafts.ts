import type { Timers } from '../../shared/timers.js';
import { type Failure, isPassing, readFailure } from './failure.js';

/** Keeps drafts on the server: some time after the last key, at once when asked, again when the network was away. */
export interface Drafts {
  /** What the server has, as it was opened. */
  adopt(conversationId: string, text: string): void;
  set(conversationId: string, text: string): void;
  /** Saves now; `isLeaving`: by a call that outlives the page. */
  flush(isLeaving?: boolean): void;
  /** Nothing is left to be saved. */
  isSettled(): boolean;
}

export interface DraftDependencies {
  readonly save: (conversationId: string, text: string, isLeaving: boolean) => Promise<unknown>;
  readonly timers: Timers;
}

const DEBOUNCE_MS = 800;
const RETRY_MS = 4_000;

interface Entry {
  text: string;
  saved: string;
  isSaving: boolean;
  pause: AbortController;
}

export function createDrafts({ save, timers }: DraftDependencies): Drafts {
  const entries = new Map<string, Entry>();

  function entryOf(id: string): Entry {
    const entry = entries.get(id) ?? { text: '', saved: '', isSaving: false, pause: new AbortController() };
    entries.set(id, entry);
    return entry;
  }

  function schedule(id: string, entry: Entry, ms: number): void {
    entry.pause.abort();
    const pause = new AbortController();
    entry.pause = pause;
    void timers.wait(ms, pause.signal).then(() => {
      if (!pause.signal.aborted) void push(id, entry, false);
    });
  }

  /** One at a time for each conversation, so that an older text never comes after a newer one. */
  async function push(id: string, entry: Entry, isLeaving: boolean): Promise<void> {
    if (entry.text === entry.saved || (entry.isSaving && !isLeaving)) return;
    entry.isSaving = true;
    const { text } = entry;
    const failure = await attempt(id, text, isLeaving);
    entry.isSaving = false;
    if (!failure || !isPassing(failure)) entry.saved = text;
    if (entry.text !== entry.saved) schedule(id, entry, failure ? RETRY_MS : 0);
  }

  async function attempt(id: string, text: string, isLeaving: boolean): Promise<Failure | undefined> {
    try {
      await save(id, text, isLeaving);
      return undefined;
    } catch (error) {
      return readFailure(error);
    }
  }

  return {
    adopt(id, text) {
      const entry = entryOf(id);
      if (entry.text === entry.saved) entry.text = text;
      entry.saved = text;
    },
    set(id, text) {
      const entry = entryOf(id);
      if (entry.text === text) return;
      entry.text = text;
      schedule(id, entry, DEBOUNCE_MS);
    },
    flush(isLeaving = false) {
      for (const [id, entry] of entries) {
        entry.pause.abort();
        void push(id, entry, isLeaving);
      }
    },
    isSettled: () => [...entries.values()].every(({ text, saved }) => text === saved),
  };
}
