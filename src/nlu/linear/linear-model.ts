import type { MessageForms } from './features.js';
import { type FeatureIndex, type SparseVector, vectorise } from './sparse-vector.js';

/** A linear classifier over hashed features; several learnt ones, summed, are one of these too. */
export interface LinearModel {
  readonly labels: readonly string[];
  /** Divides the scores before they become probabilities: 1 leaves them, more makes the model humbler. */
  readonly temperature: number;
  readonly index: FeatureIndex;
  /** `weights[row * labels.length + label]`, in units of the row's `scales`. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** Probabilities in the order of `model.labels`. */
export function predict(forms: MessageForms, model: LinearModel): Float64Array {
  return softmax(scores(forms, model), model.temperature);
}

export function scores(forms: MessageForms, { index, weights, scales, bias }: LinearModel): Float64Array {
  const vector = vectorise(forms, index);
  const values = vector.values.map((value, at) => value * (scales[vector.rows[at] ?? 0] ?? 0));
  return scoreVector({ rows: vector.rows, values }, { weights, bias });
}

export function scoreVector(
  { rows, values }: SparseVector,
  { weights, bias }: { readonly weights: Float32Array | Int8Array; readonly bias: Float32Array },
): Float64Array {
  const width = bias.length;
  const result = Float64Array.from(bias);
  for (let index = 0; index < rows.length; index += 1) {
    const start = (rows[index] ?? 0) * width;
    const value = values[index] ?? 0;
    for (let label = 0; label < width; label += 1) {
      result[label] = (result[label] ?? 0) + value * (weights[start + label] ?? 0);
    }
  }
  return result;
}

export function softmax(scored: Float64Array, temperature = 1): Float64Array {
  const highest = scored.reduce((max, score) => Math.max(max, score), Number.NEGATIVE_INFINITY);
  const exponentials = scored.map((score) => Math.exp((score - highest) / temperature));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}
