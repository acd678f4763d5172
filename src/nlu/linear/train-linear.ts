import { FAMILY_WEIGHTS, type FamilyWeights, type MessageForms } from './features.js';
import type { LinearModel } from './linear-model.js';
import { trainLogistic } from './logistic.js';
import { buildIndex, type FeatureIndex, vectorise } from './sparse-vector.js';
import { type TrainingItem, trainSvm, type Weights } from './svm.js';

export interface TrainingOptions {
  readonly families: FamilyWeights;
  /** Features seen in fewer examples are left out. */
  readonly minExamples: number;
  /** The most telling features that are kept. */
  readonly mostFeatures: number;
  readonly svm: { readonly penalty: number; readonly rounds: number; readonly share: number };
  readonly logistic: { readonly epochs: number; readonly learningRate: number; readonly share: number };
  readonly seed: number;
}

export const TRAINING: TrainingOptions = {
  families: FAMILY_WEIGHTS,
  minExamples: 1,
  mostFeatures: 110_000,
  svm: { penalty: 0.7, rounds: 12, share: 1 },
  logistic: { epochs: 15, learningRate: 2, share: 0 },
  seed: 20260601,
};

/** Something to learn from. `importance` is 1 for a line that somebody wrote; others add no features. */
export interface TrainingExample {
  readonly forms: MessageForms;
  readonly label: string;
  readonly importance: number;
}

/**
 * The sum of a support vector machine's and a logistic regression's weights, which is linear again. Deterministic: the same
 * examples in the same order give the same bytes.
 */
export function trainLinear(
  examples: readonly TrainingExample[],
  labels: readonly string[],
  options: TrainingOptions = TRAINING,
): LinearModel {
  const written = examples.filter(({ importance }) => importance === 1);
  const index = buildIndex(
    written.map(({ forms }) => forms),
    options.families,
    options.minExamples,
  );
  const items = prepareItems(examples, labels, index);
  const rows = index.features.length;
  const { svm, logistic, seed } = options;
  const parts: (readonly [Weights, number])[] = [];
  if (svm.share > 0) parts.push([trainSvm(items, rows, labels.length, { ...svm, seed }), svm.share]);
  if (logistic.share > 0)
    parts.push([trainLogistic(items, rows, labels.length, { ...logistic, seed }), logistic.share]);
  return compress(labels, index, addUp(parts), options.mostFeatures);
}

function prepareItems(
  examples: readonly TrainingExample[],
  labels: readonly string[],
  index: FeatureIndex,
): TrainingItem[] {
  const perLabel = new Map<string, number>();
  for (const { label } of examples) perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
  const places = new Map(labels.map((label, at) => [label, at]));
  return examples.map(({ forms, label, importance }) => {
    const balance = Math.sqrt(examples.length / (perLabel.size * (perLabel.get(label) ?? 1)));
    return {
      vector: vectorise(forms, index),
      label: places.get(label) ?? 0,
      importance: importance * Math.min(3, balance),
    };
  });
}

function addUp(parts: readonly (readonly [Weights, number])[]): Weights {
  const [first] = parts;
  if (!first) throw new Error('Nothing to train');
  const weights = new Float32Array(first[0].weights.length);
  const bias = new Float32Array(first[0].bias.length);
  for (const [part, share] of parts) {
    for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) + share * (part.weights[at] ?? 0);
    for (let at = 0; at < bias.length; at += 1) bias[at] = (bias[at] ?? 0) + share * (part.bias[at] ?? 0);
  }
  return { weights, bias };
}

/** Keeps the features that move a score the most, with a byte a weight. */
function compress(
  labels: readonly string[],
  { features, idf, families }: FeatureIndex,
  { weights, bias }: Weights,
  mostFeatures: number,
): LinearModel {
  const width = labels.length;
  const largest = Float32Array.from(features, (_, row) => largestOf(weights, row * width, width));
  const effect = largest.map((weight, row) => weight * (idf[row] ?? 0));
  const floor = effect.length > mostFeatures ? (effect.toSorted()[effect.length - mostFeatures] ?? 0) : 0;
  const kept = Int32Array.from(features.keys()).filter((row) => (effect[row] ?? 0) > floor);
  const scales = Float32Array.from(kept, (row) => (largest[row] ?? 0) / 127);
  const small = new Int8Array(kept.length * width);
  kept.forEach((row, at) => {
    for (let k = 0; k < width; k += 1) {
      small[at * width + k] = Math.round((weights[row * width + k] ?? 0) / (scales[at] ?? 1));
    }
  });
  return {
    labels,
    temperature: 1,
    index: {
      features: Int32Array.from(kept, (row) => features[row] ?? 0),
      idf: Float32Array.from([...Array.from(kept, (row) => idf[row] ?? 0), idf[features.length] ?? 0]),
      families,
    },
    weights: small,
    scales,
    bias,
  };
}

function largestOf(weights: Float32Array, start: number, width: number): number {
  let largest = 0;
  for (let at = start; at < start + width; at += 1) largest = Math.max(largest, Math.abs(weights[at] ?? 0));
  return largest;
}
