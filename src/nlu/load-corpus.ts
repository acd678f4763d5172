import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { ContentError, readJson } from '../content/read-json.js';
import type { Example } from './classifier.js';
import type { Label } from './intent-recognizer.js';
import { LABELS } from './labels.js';
import { asFolder } from './load-lexicons.js';
import type { Normaliser } from './normalise.js';

/** A label with fewer lines is not learnt, only memorised. */
const FEWEST_UTTERANCES = 30;

const corpusFileSchema = z.strictObject({
  name: z.string(),
  locale: z.literal('fr-FR', 'la langue est « fr-FR »'),
  data: z.array(
    z.strictObject({
      intent: z.enum(LABELS, 'intention inconnue'),
      utterances: z.array(z.string().trim().min(1, 'une phrase est vide')),
    }),
  ),
});

/**
 * Reads corpus/fr/intents/*.json, in a fixed order. « slt » and « bjr » may both stand beside « salut » and « bonjour »:
 * variants that the normaliser makes one are learnt once an author; what several authors wrote counts as often.
 * @throws ContentError with every fault at once: a missing or poor label, the same words twice, a phrase that is under
 * two labels once normalised.
 */
export function loadCorpus(corpusDir: URL, normalise: Normaliser): readonly Example[] {
  const folder = new URL('intents/', asFolder(corpusDir));
  const faults: string[] = [];
  const lines = listFiles(folder).flatMap((name) => {
    try {
      return readLines(new URL(name, folder));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  faults.push(
    ...emptyLines(lines, normalise),
    ...poorLabels(lines),
    ...repeatedLines(lines),
    ...contested(lines, normalise),
  );
  if (faults.length > 0) throw new ContentError([...new Set(faults)]);
  return [...new Map(lines.map((line) => [`${line.voice} ${normalise(line.text)}`, line])).values()];
}

/** Each entry of a file's `data` is an author's, in the same order in all files. */
function readLines(file: URL): readonly Example[] {
  const { data } = readJson(file, corpusFileSchema);
  return data.flatMap(({ intent, utterances }, voice) => utterances.map((text) => ({ text, label: intent, voice })));
}

function listFiles(folder: URL): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    throw new ContentError([`corpus/fr/intents : dossier illisible (${(error as NodeJS.ErrnoException).code})`]);
  }
}

function emptyLines(lines: readonly Example[], normalise: Normaliser): readonly string[] {
  return lines
    .filter(({ text }) => normalise(text) === '')
    .map(({ text, label }) => `corpus/fr/intents : « ${text} » (${label}) ne contient aucun mot`);
}

function poorLabels(lines: readonly Example[]): readonly string[] {
  return LABELS.flatMap((label) => {
    const count = lines.filter((line) => line.label === label).length;
    if (count >= FEWEST_UTTERANCES) return [];
    return [`corpus/fr/intents : ${label} a ${count} phrases, il en faut au moins ${FEWEST_UTTERANCES}`];
  });
}

function repeatedLines(lines: readonly Example[]): readonly string[] {
  const seen = new Set<string>();
  return lines.flatMap(({ text, label, voice }) => {
    const key = `${label} ${voice} ${text.toLocaleLowerCase('fr')}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [`corpus/fr/intents : « ${text} » est deux fois sous ${label}`] : [];
  });
}

function contested(lines: readonly Example[], normalise: Normaliser): readonly string[] {
  const labelOf = new Map<string, Label>();
  return lines.flatMap((line) => {
    const text = normalise(line.text);
    const first = labelOf.get(text) ?? line.label;
    labelOf.set(text, first);
    if (first === line.label) return [];
    return [`corpus/fr/intents : « ${text} » (normalisé) est sous ${first} et sous ${line.label}`];
  });
}
