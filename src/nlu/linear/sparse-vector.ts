import {
  extractBlocks,
  type FamilyWeights,
  type FeatureBlock,
  familyWeightList,
  type MessageForms,
} from './features.js';

/** The features that a model knows. */
export interface FeatureIndex {
  /** Hashes, ascending; the place of a feature here is its row. */
  readonly features: Int32Array;
  /** Inverse document frequency by row; the last one is for features never seen. */
  readonly idf: Float32Array;
  readonly families: FamilyWeights;
}

/** A text as a sparse vector: rows and their values, side by side. */
export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Features in fewer than `minExamples` texts are left out. */
export function buildIndex(texts: readonly MessageForms[], families: FamilyWeights, minExamples: number): FeatureIndex {
  const seen = new Map<number, number>();
  for (const forms of texts) {
    for (const block of extractBlocks(forms, families)) {
      for (const feature of block.keys()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
    }
  }
  const features = Int32Array.from(
    [...seen].filter(([, times]) => times >= minExamples).map(([feature]) => feature),
  ).sort();
  const rarity = (times: number) => Math.log((texts.length + 1) / (times + 1)) + 1;
  const idf = new Float32Array(features.length + 1).fill(rarity(0));
  features.forEach((feature, row) => {
    idf[row] = rarity(seen.get(feature) ?? 0);
  });
  return { features, idf, families };
}

/** Unknown features count for the length of the vector, so that a text made of unknown words stays uncertain. */
export function vectorise(forms: MessageForms, index: FeatureIndex): SparseVector {
  const weights = familyWeightList(index.families);
  const rows: number[] = [];
  const values: number[] = [];
  extractBlocks(forms, index.families).forEach((block, family) => {
    const start = rows.length;
    const length = pushTerms(block, index, rows, values);
    const scale = (weights[family] ?? 0) / Math.max(length, Number.MIN_VALUE);
    for (let at = start; at < values.length; at += 1) values[at] = (values[at] ?? 0) * scale;
  });
  return { rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

/** Adds the known terms of a block, and gives the length of all its terms. */
function pushTerms(block: FeatureBlock, { features, idf }: FeatureIndex, rows: number[], values: number[]): number {
  const unknown = idf[features.length] ?? 0;
  let squares = 0;
  for (const [feature, occurrences] of block) {
    const row = findRow(features, feature);
    // Sublinear term frequency: a word said three times is not three times the evidence.
    const value = (1 + Math.log(occurrences)) * (row < 0 ? unknown : (idf[row] ?? 0));
    squares += value * value;
    if (row >= 0) {
      rows.push(row);
      values.push(value);
    }
  }
  return Math.sqrt(squares);
}

/** Binary search; -1 when the feature is not known. */
export function findRow(features: Int32Array, feature: number): number {
  let low = 0;
  let high = features.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = features[middle] ?? 0;
    if (found === feature) return middle;
    if (found < feature) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
