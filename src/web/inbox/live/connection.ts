import { backoffMs } from '../../shared/backoff.js';
import type { Timers } from '../../shared/timers.js';
import { createEventParser, type StreamEvent } from './event-stream.js';
import type { LiveEvent } from './wire.js';

/**
 * The line to the server's event stream, read by `fetch` and not by `EventSource`: that one hides the status of a refusal
 * (a session that has ended looks like a network that is down), chooses its own pauses, cannot be told to hurry when the
 * network is back, and does not show the comments that tell a silent line from a dead one.
 */
export interface LiveLine {
  start(): void;
  /** Ends it for good. */
  stop(): void;
  /** Takes it up again at another address, without calling that a cut. */
  restart(): void;
  /** Does not wait for the next try, and looks whether a line that seems open still is. */
  hurry(): void;
  /** The device says that there is no network. */
  cut(): void;
}

export interface LineDependencies {
  readonly fetch: (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;
  readonly url: () => string;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onLive: () => void;
  /** Something came, a comment at least. */
  readonly onHeard?: () => void;
  /** `since`: when the server was last heard of, by the device's clock. */
  readonly onCut: (since: number) => void;
  /** There is no session any more. */
  readonly onRefused: () => void;
}

/** The server sends a comment at least every 15 s. */
const SILENCE_MS = 35_000;
/** When a page comes back into sight, a line that was silent for so long is taken up anew. */
const DOUBTFUL_MS = 18_000;

/** There are a few delegates, and a resident may be waiting for one of them. */
const LONGEST_PAUSE_MS = 6_000;

type End = 'broken' | 'refused';

export function createLine(deps: LineDependencies): LiveLine {
  const { timers } = deps;
  let life = new AbortController();
  /** Ends the present stream. */
  let turn = new AbortController();
  /** Ends the wait for the next one. */
  let pause = new AbortController();
  let heardAt = timers.now();
  let isRestarting = false;

  async function run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      turn = new AbortController();
      isRestarting = false;
      const end = await follow(turn.signal, () => {
        attempt = 0;
      });
      if (signal.aborted) return;
      if (end === 'refused') return deps.onRefused();
      if (isRestarting) continue;
      deps.onCut(heardAt);
      pause = new AbortController();
      await timers.wait(backoffMs(attempt, deps.random(), LONGEST_PAUSE_MS), pause.signal);
    }
  }

  async function follow(signal: AbortSignal, onHeard: () => void): Promise<End> {
    const watch = watchSilence(signal);
    try {
      const response = await deps.fetch(deps.url(), { signal });
      if (response.status === 401) return 'refused';
      if (!response.ok || !response.body) return 'broken';
      await read(response.body, signal, onHeard);
      return 'broken';
    } catch {
      return 'broken';
    } finally {
      watch.abort();
      turn.abort();
    }
  }

  async function read(body: ReadableStream<Uint8Array>, signal: AbortSignal, onHeard: () => void): Promise<void> {
    const parse = createEventParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      heardAt = timers.now();
      deps.onHeard?.();
      const events = parse(decoder.decode(value, { stream: true }));
      if (events.length > 0) {
        onHeard();
        deps.onLive();
      }
      handOver(events, signal);
    }
  }

  function handOver(events: readonly StreamEvent[], signal: AbortSignal): void {
    for (const { name, data } of events) {
      const event = signal.aborted ? undefined : readEvent(name, data);
      if (event) deps.onEvent(event);
    }
  }

  function watchSilence(signal: AbortSignal): AbortController {
    const watch = new AbortController();
    const opened = timers.now();
    const look = async (): Promise<void> => {
      for (;;) {
        const left = Math.max(heardAt, opened) + SILENCE_MS - timers.now();
        if (left <= 0) return void turn.abort();
        await timers.wait(left, watch.signal);
        if (watch.signal.aborted || signal.aborted) return;
      }
    };
    void look();
    return watch;
  }

  return {
    start() {
      heardAt = timers.now();
      void run(life.signal);
    },
    stop() {
      for (const controller of [life, turn, pause]) controller.abort();
      life = new AbortController();
    },
    restart() {
      isRestarting = true;
      turn.abort();
      pause.abort();
    },
    hurry() {
      pause.abort();
      if (timers.now() - heardAt > DOUBTFUL_MS) turn.abort();
    },
    cut: () => turn.abort(),
  };
}

/** What cannot be read is passed over: a newer server may know events that this page does not. */
function readEvent(name: string, data: string): LiveEvent | undefined {
  try {
    // The page and the server are one release: its shape is that of `EVENTS`.
    return { name, data: JSON.parse(data) } as LiveEvent;
  } catch {
    return undefined;
  }
}
