export interface Run {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** More words than this are told as one replacement: the comparison takes their product in steps. */
const MOST_WORDS = 600;

/** What of a text was added and removed, in runs of whole words; the `same` and `added` ones together are `after`. */
export function wordChanges(before: string, after: string): readonly Run[] {
  if (before === after) return after === '' ? [] : [{ kind: 'same', text: after }];
  const [old, fresh] = [split(before), split(after)];
  if (old.length > MOST_WORDS || fresh.length > MOST_WORDS) {
    return joined([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  }
  return joined(walk(old, fresh));
}

/** Words, each with the white space that follows it. */
function split(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

/** The longest common subsequence, read from its beginning. */
function walk(old: readonly string[], fresh: readonly string[]): readonly Run[] {
  const lengths = commonLengths(old, fresh);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [removed = '', added = ''] = [old[i], fresh[j]];
    if (i < old.length && j < fresh.length && isSameWord(removed, added)) {
      runs.push({ kind: 'same', text: added });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) {
      runs.push({ kind: 'removed', text: removed });
      i += 1;
    } else {
      runs.push({ kind: 'added', text: added });
      j += 1;
    }
  }
  return runs;
}

function commonLengths(old: readonly string[], fresh: readonly string[]): readonly (readonly number[])[] {
  const lengths: number[][] = Array.from({ length: old.length + 1 }, () => []);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [lengths[i] ?? [], lengths[i + 1] ?? []];
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      row[j] = isSameWord(old[i] ?? '', fresh[j] ?? '')
        ? (below[j + 1] ?? 0) + 1
        : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function isSameWord(one: string, other: string): boolean {
  return one.trimEnd() === other.trimEnd();
}

function joined(runs: readonly Run[]): readonly Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last?.kind === run.kind) out[out.length - 1] = { kind: run.kind, text: last.text + run.text };
    else if (run.text !== '') out.push(run);
  }
  return out;
}
