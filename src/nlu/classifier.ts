import type { Label, Recognition } from './intent-recognizer.js';

export type Ranking = Recognition['ranking'];

/** Ranks all labels for a text as it was typed. */
export interface Classifier {
  /** Probabilities sum to 1. Keeps no trace of the text once it resolved. */
  classify(text: string): Promise<Ranking>;
}

/** What a classifier learns from. Order matters: the same examples in the same order give the same model. */
export interface Example {
  /** As it was written. */
  readonly text: string;
  readonly label: Label;
  /** Which author wrote it, by number: what is measured on one must not have been learnt from the same one. */
  readonly voice: number;
}
