import type { Label, Recognition } from './intent-recognizer.js';

export type Ranking = Recognition['ranking'];

/** Ranks all labels for a text that the normaliser has been over; it never sees an empty one. */
export interface Classifier {
  /** Probabilities sum to 1. Keeps no trace of the text once it resolved. */
  classify(normalised: string): Promise<Ranking>;
}

/** What a classifier learns from. Order matters: the same examples in the same order give the same model. */
export interface Example {
  readonly text: string;
  readonly label: Label;
}
