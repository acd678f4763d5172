import { z } from 'zod';
import type { LinearModel } from './linear-model.js';

const familySchema = z.number().min(0);

/** Numbers as base64: a file of words and floats in JSON would be four times as long, and slower to read. */
export const serialisedModelSchema = z.strictObject({
  labels: z.array(z.string()),
  temperature: z.number().positive(),
  families: z.strictObject({
    words: familySchema,
    letters: familySchema,
    sounds: familySchema,
    phrase: familySchema,
    typed: familySchema,
    concepts: familySchema,
  }),
  features: z.string(),
  idf: z.string(),
  weights: z.string(),
  scales: z.string(),
  bias: z.string(),
});

export type SerialisedModel = z.infer<typeof serialisedModelSchema>;

export function serialiseModel({ labels, temperature, index, weights, scales, bias }: LinearModel): SerialisedModel {
  return {
    labels: [...labels],
    temperature,
    families: { ...index.families },
    features: toBase64(index.features),
    idf: toBase64(index.idf),
    weights: toBase64(weights),
    scales: toBase64(scales),
    bias: toBase64(bias),
  };
}

/** @throws Error when the sizes of the parts do not fit each other. */
export function deserialiseModel(serialised: SerialisedModel): LinearModel {
  const model: LinearModel = {
    labels: serialised.labels,
    temperature: serialised.temperature,
    index: {
      features: new Int32Array(fromBase64(serialised.features)),
      idf: new Float32Array(fromBase64(serialised.idf)),
      families: serialised.families,
    },
    weights: new Int8Array(fromBase64(serialised.weights)),
    scales: new Float32Array(fromBase64(serialised.scales)),
    bias: new Float32Array(fromBase64(serialised.bias)),
  };
  const width = model.labels.length;
  const rows = model.index.features.length;
  const fits =
    model.index.idf.length === rows + 1 &&
    model.scales.length === rows &&
    model.weights.length === rows * width &&
    model.bias.length === width;
  if (!fits) throw new Error('The parts of the model do not fit each other');
  return model;
}

function toBase64(array: Float32Array | Int32Array | Int8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

/** A copy, because a pooled Buffer need not be aligned for typed arrays. */
function fromBase64(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer;
}
