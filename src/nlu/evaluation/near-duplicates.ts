/** Texts that share most of their letter triples say the same in nearly the same words. */
export interface NearPair {
  readonly first: number;
  readonly second: number;
  /** Of their triples, the share that both have (Jaccard). */
  readonly likeness: number;
}

/** All pairs at least that alike, by place. Takes time in proportion to the texts that share their rarer triples. */
export function findNearPairs(texts: readonly string[], atLeast: number): readonly NearPair[] {
  const sets = texts.map(triples);
  const holders = new Map<string, number[]>();
  const pairs: NearPair[] = [];
  sets.forEach((set, second) => {
    const shared = new Map<number, number>();
    for (const triple of set) {
      for (const first of holders.get(triple) ?? []) shared.set(first, (shared.get(first) ?? 0) + 1);
      const list = holders.get(triple);
      if (list) list.push(second);
      else holders.set(triple, [second]);
    }
    for (const [first, common] of shared) {
      const likeness = common / (set.size + (sets[first]?.size ?? 0) - common);
      if (likeness >= atLeast) pairs.push({ first, second, likeness });
    }
  });
  return pairs;
}

/** A fold for each text; near-duplicates, and what is near to them, are in the same one. */
export function foldsByPhrasing(texts: readonly string[], folds: number, atLeast = 0.6): readonly number[] {
  const leaders = Array.from(texts.keys());
  const leaderOf = (at: number): number => {
    let leader = at;
    while (leaders[leader] !== leader) leader = leaders[leader] ?? leader;
    return leader;
  };
  for (const { first, second } of findNearPairs(texts, atLeast)) leaders[leaderOf(second)] = leaderOf(first);
  return texts.map((_, at) => leaderOf(at) % folds);
}

function triples(text: string): ReadonlySet<string> {
  const padded = `  ${text} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, start) => padded.slice(start, start + 3)));
}
