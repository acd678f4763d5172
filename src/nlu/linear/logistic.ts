import { scoreVector, softmax } from './linear-model.js';
import { seededRandom, shuffle } from './random.js';
import type { TrainingItem, Weights } from './svm.js';

export interface LogisticOptions {
  readonly epochs: number;
  /** Of the first epoch; it falls evenly to nothing. */
  readonly learningRate: number;
  readonly seed: number;
}

/** The bias learns slower than the weights, or the first examples would set it. */
const BIAS_RATE = 0.05;

/** Multinomial logistic regression by stochastic gradient descent; few epochs are its only regularisation. Deterministic. */
export function trainLogistic(
  items: readonly TrainingItem[],
  rows: number,
  width: number,
  { epochs, learningRate, seed }: LogisticOptions,
): Weights {
  const model = { weights: new Float32Array(rows * width), bias: new Float32Array(width) };
  const order = Int32Array.from(items.keys());
  const random = seededRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const rate = learningRate * (1 - epoch / epochs);
    shuffle(order, random);
    for (const at of order) {
      const item = items[at];
      if (item) step(model, item, rate);
    }
  }
  return model;
}

/** On the rows that the example touches. */
function step(model: Weights, { vector, label, importance }: TrainingItem, rate: number): void {
  const { weights, bias } = model;
  const width = bias.length;
  const errors = softmax(scoreVector(vector, model));
  errors[label] = (errors[label] ?? 0) - 1;
  const pace = rate * importance;
  for (let k = 0; k < width; k += 1) bias[k] = (bias[k] ?? 0) - BIAS_RATE * pace * (errors[k] ?? 0);
  for (let index = 0; index < vector.rows.length; index += 1) {
    const start = (vector.rows[index] ?? 0) * width;
    const value = (vector.values[index] ?? 0) * pace;
    for (let k = 0; k < width; k += 1) weights[start + k] = (weights[start + k] ?? 0) - value * (errors[k] ?? 0);
  }
}
