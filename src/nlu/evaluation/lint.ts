import type { Example } from '../classifier.js';
import { LABELS } from '../labels.js';
import type { Normaliser } from '../normalise.js';
import { findNearPairs } from './near-duplicates.js';

export interface LintReport {
  readonly lines: number;
  /** The same words under one label by one author. */
  readonly duplicates: readonly string[];
  /** Nearly the same words under one label: they teach little. */
  readonly nearDuplicates: readonly { readonly label: string; readonly texts: readonly [string, string] }[];
  /** Nearly the same words under two labels, or a line whose nearest ones all carry another label. */
  readonly conflicts: readonly { readonly text: string; readonly label: string; readonly others: readonly string[] }[];
  /** Labels with too few lines, in all or by one author. */
  readonly thinSpots: readonly { readonly label: string; readonly lines: number; readonly fewestByAuthor: number }[];
}

const NEAR = 0.8;
const NEIGHBOUR = 0.5;
const FEWEST_NEIGHBOURS = 3;
const FEWEST = { intent: 100, None: 300, byAuthor: 25 } as const;

/** The first ones wrote for all labels; who came later filled gaps. */
const GENERAL_AUTHORS = 4;

/** What a person should look at in the corpus. */
export function lintCorpus(examples: readonly Example[], normalise: Normaliser): LintReport {
  const texts = examples.map(({ text }) => normalise(text));
  const pairs = findNearPairs(texts, NEIGHBOUR);
  const near = pairs.flatMap(({ first, second, likeness }) => {
    const [one, other] = [examples[first], examples[second]];
    return one && other ? [{ one, other, likeness }] : [];
  });
  return {
    lines: examples.length,
    duplicates: near
      .filter(({ one, other, likeness }) => likeness === 1 && one.label === other.label && one.voice === other.voice)
      .map(({ other }) => other.text),
    nearDuplicates: near
      .filter(({ one, other, likeness }) => likeness >= NEAR && likeness < 1 && one.label === other.label)
      .map(({ one, other }) => ({ label: one.label, texts: [one.text, other.text] })),
    conflicts: findConflicts(examples, near),
    thinSpots: findThinSpots(examples),
  };
}

interface Near {
  readonly one: Example;
  readonly other: Example;
  readonly likeness: number;
}

function findConflicts(examples: readonly Example[], near: readonly Near[]): LintReport['conflicts'] {
  const neighbours = new Map<Example, { example: Example; likeness: number }[]>();
  const note = (example: Example, other: Example, likeness: number) => {
    neighbours.set(example, [...(neighbours.get(example) ?? []), { example: other, likeness }]);
  };
  for (const { one, other, likeness } of near) {
    note(one, other, likeness);
    note(other, one, likeness);
  }
  return examples.flatMap((example) => {
    const around = neighbours.get(example) ?? [];
    const isTwin = around.some((near) => near.likeness >= NEAR && near.example.label !== example.label);
    const isAlone = around.length >= FEWEST_NEIGHBOURS && around.every((near) => near.example.label !== example.label);
    if (!isTwin && !isAlone) return [];
    const others = around.filter((near) => near.example.label !== example.label);
    return [
      {
        text: example.text,
        label: example.label,
        others: others.map((near) => `${near.example.text} (${near.example.label})`),
      },
    ];
  });
}

function findThinSpots(examples: readonly Example[]): LintReport['thinSpots'] {
  const voices = [...new Set(examples.map(({ voice }) => voice))].sort((a, b) => a - b);
  return LABELS.flatMap((label) => {
    const ofLabel = examples.filter((example) => example.label === label);
    const byVoice = voices.map((voice) => ofLabel.filter((example) => example.voice === voice).length);
    const fewestByAuthor = Math.min(...byVoice.slice(0, GENERAL_AUTHORS));
    const isThin =
      ofLabel.length < (label === 'None' ? FEWEST.None : FEWEST.intent) || fewestByAuthor < FEWEST.byAuthor;
    return isThin ? [{ label, lines: ofLabel.length, fewestByAuthor }] : [];
  });
}
