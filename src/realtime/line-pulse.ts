import type { Timers } from '../domain/timers.js';

/** Between two beats. */
export const PULSE_MS = 750;
/** Beats of its own in a row that a process does not hear before it takes the line for silent. */
const MOST_MISSED = 3;
/** Beats between two tries to open a silent line anew. */
const RENEW_EVERY = 7;

export interface PulseDependencies {
  readonly timers: Timers;
  /** Sends something that comes back. */
  readonly beat: () => void;
  /** Opens the line anew. */
  readonly renew: () => void;
  /** Told of each change. */
  readonly onChange: (isAlive: boolean) => void;
}

export interface Pulse {
  /** Whether the last beats came back. */
  isAlive(): boolean;
  /** So many beats were sent since the start. */
  beats(): number;
  /** An own beat came back. */
  heard(): void;
  /** The line has just opened. */
  opened(): void;
  /** The line is closed, or did not answer: it is not trusted until a beat comes back. */
  suspect(): void;
  stop(): void;
}

/**
 * Whether what is sent comes back: a connection may look open for hours after the other side went silent.
 * Time is counted in beats sent, so that a process that was itself paused does not take its own absence for a silence.
 */
export function createPulse({ timers, beat, renew, onChange }: PulseDependencies): Pulse {
  let isAlive = false;
  let missed = 0;
  let beats = 0;
  let cancel = timers.set(tick, PULSE_MS);

  function become(next: boolean): void {
    if (isAlive === next) return;
    isAlive = next;
    onChange(next);
  }

  function tick(): void {
    cancel = timers.set(tick, PULSE_MS);
    if (missed >= MOST_MISSED) become(false);
    if (missed >= MOST_MISSED && (missed - MOST_MISSED) % RENEW_EVERY === 0) renew();
    missed += 1;
    beats += 1;
    beat();
  }

  return {
    isAlive: () => isAlive,
    beats: () => beats,
    heard() {
      missed = 0;
      become(true);
    },
    opened() {
      missed = 0;
      beat();
    },
    suspect: () => become(false),
    stop: () => cancel(),
  };
}
