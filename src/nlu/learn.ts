import type { LinearModel } from './linear/linear-model.js';
import { TRAINING, type TrainingOptions, trainLinear } from './linear/train-linear.js';
import type { Analyse } from './message-forms.js';
import type { Degrade } from './noise.js';

/** A line with its label, whatever the labels are. */
export interface Utterance {
  readonly text: string;
  readonly label: string;
}

export interface Teacher {
  readonly analyse: Analyse;
  /** Spoils copies of the lines, so that the model learns what misspelled words mean. */
  readonly degrade: Degrade;
}

export interface LearningOptions extends TrainingOptions {
  /** How many spoiled copies of each line are learnt beside it, and what one counts for. */
  readonly spoiled: { readonly copies: number; readonly importance: number };
}

export const LEARNING: LearningOptions = { ...TRAINING, spoiled: { copies: 2, importance: 0.3 } };

/** Deterministic: the same utterances in the same order give the same model. */
export function learn(
  utterances: readonly Utterance[],
  labels: readonly string[],
  { analyse, degrade }: Teacher,
  options: LearningOptions = LEARNING,
): LinearModel {
  const { copies, importance } = options.spoiled;
  const written = utterances.map(({ text, label }) => ({ forms: analyse(text), label, importance: 1 }));
  const spoiled = Array.from({ length: copies }, (_, copy) =>
    utterances.map(({ text, label }) => ({ forms: analyse(degrade(text, options.seed + copy)), label, importance })),
  ).flat();
  return trainLinear([...written, ...spoiled], labels, options);
}
