import { seededRandom, shuffle } from './random.js';
import type { SparseVector } from './sparse-vector.js';

export interface TrainingItem {
  readonly vector: SparseVector;
  /** Place of its label. */
  readonly label: number;
  /** How much it counts: above 1 for rare labels, below for lines made by machine. */
  readonly importance: number;
}

/** `weights[row * width + label]`, and one bias a label. */
export interface Weights {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface SvmOptions {
  /** Penalty of an error: more fits the examples closer. */
  readonly penalty: number;
  readonly rounds: number;
  readonly seed: number;
}

/**
 * One linear support vector machine for each label against the others, with squared hinge loss, by dual coordinate descent
 * (Hsieh et al., ICML 2008). Deterministic.
 */
export function trainSvm(items: readonly TrainingItem[], rows: number, width: number, options: SvmOptions): Weights {
  const weights = new Float32Array(rows * width);
  const bias = new Float32Array(width);
  const squares = items.map(({ vector }) => 1 + vector.values.reduce((sum, value) => sum + value * value, 0));
  for (let label = 0; label < width; label += 1) {
    const column = separate(items, squares, rows, label, options);
    for (let row = 0; row < rows; row += 1) weights[row * width + label] = column[row] ?? 0;
    bias[label] = column[rows] ?? 0;
  }
  return { weights, bias };
}

/** The weights of one label; the last one is the bias. */
function separate(
  items: readonly TrainingItem[],
  squares: readonly number[],
  rows: number,
  label: number,
  { penalty, rounds, seed }: SvmOptions,
): Float64Array {
  const column = new Float64Array(rows + 1);
  const alpha = new Float64Array(items.length);
  const order = Int32Array.from(items.keys());
  const random = seededRandom(seed + label);
  const positives = items.filter((item) => item.label === label).length;
  const boost = Math.min(4, Math.sqrt(items.length / (2 * Math.max(positives, 1))));

  function descend(at: number, { vector, label: own, importance }: TrainingItem): void {
    const sign = own === label ? 1 : -1;
    const slack = 1 / (2 * penalty * importance * (sign > 0 ? boost : 1));
    const old = alpha[at] ?? 0;
    const gradient = sign * dot(vector, column, rows) - 1 + slack * old;
    const next = Math.max(0, old - gradient / ((squares[at] ?? 1) + slack));
    if (next === old) return;
    alpha[at] = next;
    add(vector, column, rows, (next - old) * sign);
  }

  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const at of order) {
      const item = items[at];
      if (item) descend(at, item);
    }
  }
  return column;
}

function dot({ rows, values }: SparseVector, column: Float64Array, bias: number): number {
  let sum = column[bias] ?? 0;
  for (let index = 0; index < rows.length; index += 1) sum += (values[index] ?? 0) * (column[rows[index] ?? 0] ?? 0);
  return sum;
}

function add({ rows, values }: SparseVector, column: Float64Array, bias: number, step: number): void {
  column[bias] = (column[bias] ?? 0) + step;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    column[row] = (column[row] ?? 0) + step * (values[index] ?? 0);
  }
}
