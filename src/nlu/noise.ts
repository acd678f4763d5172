import { z } from 'zod';
import { readJson } from '../content/read-json.js';
import { seededRandom } from './linear/random.js';
import { asFolder } from './load-lexicons.js';

/** How people in a hurry shorten words, and which keys lie side by side, as data. */
const noiseSchema = z.strictObject({
  shortForms: z.record(z.string(), z.array(z.string()).min(1)),
  neighbours: z.record(z.string().length(1), z.string().min(1)),
});

export type NoiseLexicon = z.infer<typeof noiseSchema>;

/** Spoils a text as a hasty writer on a phone does: the same text and seed always alike. */
export type Degrade = (text: string, seed: number) => string;

const HEAVY = { shortened: 0.6, mistyped: 0.2, shortestMistyped: 3 } as const;

/** @throws ContentError when corpus/fr/nlu/noise.json does not hold what it must. */
export function loadNoise(corpusDir: URL): NoiseLexicon {
  return readJson(new URL('nlu/noise.json', asFolder(corpusDir)), noiseSchema);
}

/** Accents and apostrophes lost, SMS forms, and a typing error in one word of five. */
export function createHeavyNoise({ shortForms, neighbours }: NoiseLexicon): Degrade {
  const forms = new Map(Object.entries(shortForms));
  const keys = new Map(Object.entries(neighbours));
  return (text, seed) => {
    const random = seededRandom(seed ^ hash(text));
    const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
    const shortened = plain.replace(/[\p{L}'’\d-]+/gu, (word) => shorten(word, forms, random));
    const bare = shortened.replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
    return bare.replace(/\p{L}+/gu, (word) => mistype(word, keys, random));
  };
}

function shorten(word: string, forms: ReadonlyMap<string, readonly string[]>, random: () => number): string {
  const choices = forms.get(word.toLowerCase().replace('’', "'"));
  if (!choices || random() >= HEAVY.shortened) return word;
  return choices[Math.floor(random() * choices.length)] ?? word;
}

/** One letter dropped, doubled, swapped with the next, or replaced by a neighbouring key. */
function mistype(word: string, keys: ReadonlyMap<string, string>, random: () => number): string {
  if (word.length < HEAVY.shortestMistyped || random() >= HEAVY.mistyped) return word;
  const at = Math.floor(random() * word.length);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const near = keys.get(letter.toLowerCase()) ?? letter;
  const errors = [
    () => before + after,
    () => before + letter + letter + after,
    () => before + after.charAt(0) + letter + after.slice(1),
    () => before + near.charAt(Math.floor(random() * near.length)) + after,
  ];
  return (errors[Math.floor(random() * errors.length)] ?? errors[0])?.() ?? word;
}

function hash(text: string): number {
  let value = 7;
  for (let index = 0; index < text.length; index += 1) value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  return value;
}
