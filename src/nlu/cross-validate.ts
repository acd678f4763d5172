import type { Example, Ranking } from './classifier.js';
import type { Label } from './intent-recognizer.js';
import { LABELS } from './labels.js';
import { LEARNING, type LearningOptions, learn, type Teacher } from './learn.js';
import { type LinearModel, scores, softmax } from './linear/linear-model.js';

/** One line and what a model that was trained without it gives for it, before that becomes probabilities. */
export interface UnseenLine {
  readonly text: string;
  readonly label: Label;
  readonly scored: Float64Array;
}

/** Which lines are left out together: numbers from 0 on, one for each example. */
export type Folds = readonly number[];

/** Each fold by a model that learnt the others. `onModel` may look further at each one. Deterministic; some ten seconds a fold. */
export async function crossValidate(
  examples: readonly Example[],
  folds: Folds,
  teacher: Teacher,
  onModel?: (model: LinearModel, heldOut: readonly Example[]) => Promise<void>,
  options: LearningOptions = LEARNING,
): Promise<readonly UnseenLine[]> {
  const lines: UnseenLine[] = [];
  for (const fold of [...new Set(folds)].sort((a, b) => a - b)) {
    const model = learn(
      examples.filter((_, at) => folds[at] !== fold),
      LABELS,
      teacher,
      options,
    );
    const heldOut = examples.filter((_, at) => folds[at] === fold);
    for (const { text, label } of heldOut) lines.push({ text, label, scored: scores(teacher.analyse(text), model) });
    await onModel?.(model, heldOut);
  }
  return lines;
}

/** Each author apart: the nearest thing to people whom nobody has read yet. */
export function foldsByVoice(examples: readonly Example[]): Folds {
  return examples.map(({ voice }) => voice);
}

export function rank({ scored }: Pick<UnseenLine, 'scored'>, temperature: number): Ranking {
  const probabilities = softmax(scored, temperature);
  return LABELS.map((label, at) => ({ label, probability: probabilities[at] ?? 0 })).sort(
    (a, b) => b.probability - a.probability,
  );
}
