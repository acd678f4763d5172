import type { Urgency } from './picture.js';

/** One note: its pitch in hertz, when it begins and how long it sounds, in seconds; `level` is 0 to 1. */
export interface Note {
  readonly pitch: number;
  readonly at: number;
  readonly length: number;
  readonly level: number;
}

/** Two notes of a doorbell for somebody who waits; twice three, higher and louder, for a danger. */
export const TONES: Readonly<Record<Urgency, readonly Note[]>> = {
  waiting: [
    { pitch: 783.99, at: 0, length: 0.9, level: 0.45 },
    { pitch: 587.33, at: 0.38, length: 1.3, level: 0.45 },
  ],
  emergency: [0, 0.75].flatMap((at) => [
    { pitch: 880, at, length: 0.28, level: 0.9 },
    { pitch: 1108.73, at: at + 0.2, length: 0.28, level: 0.9 },
    { pitch: 1318.51, at: at + 0.4, length: 0.36, level: 0.9 },
  ]),
};
