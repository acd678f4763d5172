import type { Example } from '../classifier.js';
import { LABELS } from '../labels.js';
import { extractBlocks } from './features.js';
import { type LinearModel, type SparseVector, scores, softmax, vectorise } from './linear-model.js';

export interface TrainingOptions {
  readonly epochs: number;
  /** Of the first epoch; it falls evenly to nothing. */
  readonly learningRate: number;
  /** Features seen in fewer examples are left out. */
  readonly minExamples: number;
  readonly seed: number;
}

/** The best of some twenty settings by four-fold cross-validation on the French corpus. */
export const TRAINING: TrainingOptions = { epochs: 15, learningRate: 2, minExamples: 1, seed: 20260601 };

/** The bias learns slower than the weights, or the first examples would set it. */
const BIAS_RATE = 0.05;

/** Deterministic: the same examples in the same order give the same bytes. Labels weigh the same however many lines they have. */
export function trainLinear(examples: readonly Example[], options: TrainingOptions = TRAINING): LinearModel {
  const vocabulary = buildVocabulary(examples, options.minExamples);
  const width = LABELS.length;
  const model: LinearModel = {
    labels: LABELS,
    temperature: 1,
    ...vocabulary,
    weights: new Float32Array(vocabulary.rows.size * width),
    bias: new Float32Array(width),
  };
  const items = prepareItems(examples, model);
  const order = items.map((_, index) => index);
  const random = mulberry32(options.seed);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    const rate = options.learningRate * (1 - epoch / options.epochs);
    shuffle(order, random);
    for (const index of order) {
      const item = items[index];
      if (item) step(model, item, rate);
    }
  }
  return model;
}

interface Item {
  readonly vector: SparseVector;
  readonly label: number;
  readonly importance: number;
}

function buildVocabulary(examples: readonly Example[], minExamples: number): Pick<LinearModel, 'rows' | 'idf'> {
  const seen = new Map<number, number>();
  for (const { text } of examples) {
    for (const block of extractBlocks(text)) {
      for (const feature of block.keys()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
    }
  }
  const kept = [...seen].filter(([, times]) => times >= minExamples).sort(([a], [b]) => a - b);
  const rarity = (times: number) => Math.log((examples.length + 1) / (times + 1)) + 1;
  return {
    rows: new Map(kept.map(([feature], row) => [feature, row])),
    idf: Float32Array.from([...kept.map(([, times]) => rarity(times)), rarity(0)]),
  };
}

function prepareItems(examples: readonly Example[], model: LinearModel): Item[] {
  const perLabel = new Map<string, number>();
  for (const { label } of examples) perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
  return examples.map(({ text, label }) => ({
    vector: vectorise(text, model),
    label: LABELS.indexOf(label),
    importance: Math.min(3, Math.sqrt(examples.length / (perLabel.size * (perLabel.get(label) ?? 1)))),
  }));
}

/** One step of stochastic gradient descent on the rows that the example touches. */
function step(model: LinearModel, { vector, label, importance }: Item, rate: number): void {
  const { weights, bias } = model;
  const width = bias.length;
  const errors = softmax(scores(vector, model));
  errors[label] = (errors[label] ?? 0) - 1;
  const pace = rate * importance;
  for (let k = 0; k < width; k += 1) bias[k] = (bias[k] ?? 0) - BIAS_RATE * pace * (errors[k] ?? 0);
  for (let index = 0; index < vector.rows.length; index += 1) {
    const start = (vector.rows[index] ?? 0) * width;
    const value = (vector.values[index] ?? 0) * pace;
    for (let k = 0; k < width; k += 1) weights[start + k] = (weights[start + k] ?? 0) - value * (errors[k] ?? 0);
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** A small seeded generator (mulberry32, public domain), because Math.random would give another model each time. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
