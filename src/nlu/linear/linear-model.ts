import { z } from 'zod';
import type { Label } from '../intent-recognizer.js';
import { LABELS } from '../labels.js';
import { BLOCK_WEIGHTS, extractBlocks, type FeatureBlock } from './features.js';

/** A multinomial logistic regression over hashed features. */
export interface LinearModel {
  readonly labels: readonly Label[];
  /** Divides the scores before they become probabilities: 1 leaves them, more makes the model humbler. */
  readonly temperature: number;
  /** Row of each known feature. */
  readonly rows: ReadonlyMap<number, number>;
  /** Inverse document frequency by row; the last one is for features never seen. */
  readonly idf: Float32Array;
  /** `weights[row * labels.length + label]`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** A text as a sparse vector: rows and their values, side by side. */
export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

export const serialisedModelSchema = z.strictObject({
  labels: z.array(z.enum(LABELS)),
  temperature: z.number().positive(),
  features: z.base64(),
  idf: z.base64(),
  weights: z.base64(),
  bias: z.base64(),
});

export type SerialisedModel = z.infer<typeof serialisedModelSchema>;

/** Unknown features count for the length of the vector, so that a text made of unknown words stays uncertain. */
export function vectorise(text: string, model: Pick<LinearModel, 'rows' | 'idf'>): SparseVector {
  const rows: number[] = [];
  const values: number[] = [];
  extractBlocks(text).forEach((block, index) => {
    const scale = (BLOCK_WEIGHTS[index] ?? 0) / Math.max(blockLength(block, model), Number.MIN_VALUE);
    for (const [feature, occurrences] of block) {
      const row = model.rows.get(feature);
      if (row === undefined) continue;
      rows.push(row);
      values.push(termWeight(occurrences, model.idf[row] ?? 0) * scale);
    }
  });
  return { rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

function blockLength(block: FeatureBlock, { rows, idf }: Pick<LinearModel, 'rows' | 'idf'>): number {
  let squares = 0;
  for (const [feature, occurrences] of block) {
    squares += termWeight(occurrences, idf[rows.get(feature) ?? idf.length - 1] ?? 0) ** 2;
  }
  return Math.sqrt(squares);
}

/** Sublinear term frequency: a word said three times is not three times the evidence. */
function termWeight(occurrences: number, idf: number): number {
  return (1 + Math.log(occurrences)) * idf;
}

/** Probabilities in the order of `model.labels`. */
export function predict(text: string, model: LinearModel): Float64Array {
  return softmax(scores(vectorise(text, model), model), model.temperature);
}

export function scores(vector: SparseVector, { weights, bias }: Pick<LinearModel, 'weights' | 'bias'>): Float64Array {
  const width = bias.length;
  const result = Float64Array.from(bias);
  for (let index = 0; index < vector.rows.length; index += 1) {
    const start = (vector.rows[index] ?? 0) * width;
    const value = vector.values[index] ?? 0;
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

export function serialiseModel(model: LinearModel): SerialisedModel {
  return {
    labels: [...model.labels],
    temperature: model.temperature,
    features: toBase64(Int32Array.from(model.rows.keys())),
    idf: toBase64(model.idf),
    weights: toBase64(model.weights),
    bias: toBase64(model.bias),
  };
}

/** @throws Error when the sizes of the parts do not fit each other. */
export function deserialiseModel(serialised: SerialisedModel): LinearModel {
  const features = new Int32Array(fromBase64(serialised.features));
  const model: LinearModel = {
    labels: serialised.labels,
    temperature: serialised.temperature,
    rows: new Map(Array.from(features, (feature, row) => [feature, row])),
    idf: new Float32Array(fromBase64(serialised.idf)),
    weights: new Float32Array(fromBase64(serialised.weights)),
    bias: new Float32Array(fromBase64(serialised.bias)),
  };
  const width = model.labels.length;
  const fits =
    model.rows.size === features.length &&
    model.idf.length === features.length + 1 &&
    model.weights.length === features.length * width &&
    model.bias.length === width;
  if (!fits) throw new Error('The parts of the model do not fit each other');
  return model;
}

function toBase64(array: Float32Array | Int32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

/** A copy, because a pooled Buffer need not be aligned for typed arrays. */
function fromBase64(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer;
}
