import { useMemo, useState } from 'react';
import type { Block } from './document.js';
import { addMask, type Mask, removeMask } from './masks.js';
import { fold, occurrencesOf } from './occurrences.js';
import type { ProposalKind } from './proposal-words.js';
import { isTelling, proposeMasks } from './proposals.js';

/** The same words, proposed wherever they stand. */
export interface ProposedWords {
  readonly key: string;
  readonly kind: ProposalKind;
  readonly words: string;
  readonly places: readonly (Mask & { readonly blockId: string })[];
}

export type Masks = Readonly<Record<string, readonly Mask[]>>;

export interface Redaction {
  readonly masks: Masks;
  readonly proposals: readonly ProposedWords[];
  readonly isHidden: (proposed: ProposedWords) => boolean;
  readonly toggle: (proposed: ProposedWords, isHidden: boolean) => void;
  readonly hide: (blockId: string, mask: Mask) => void;
  readonly show: (blockId: string, mask: Mask) => void;
  /** Hides a word wherever it stands; how many times that is. */
  readonly hideWord: (word: string) => number;
}

const NO_MASKS: readonly Mask[] = [];

/**
 * What is hidden of each part of a report. All that is proposed is hidden at first: to forget something shows too little
 * rather than too much.
 * @param known names that its author has left.
 */
export function useRedaction(blocks: readonly Block[], known: readonly string[]): Redaction {
  const proposals = useMemo(() => proposalsOf(blocks, known), [blocks, known]);
  const [masks, setMasks] = useState<Masks>(() => masksOf(proposals));

  const change = (blockId: string, by: (before: readonly Mask[]) => readonly Mask[]): void =>
    setMasks((all) => ({ ...all, [blockId]: by(all[blockId] ?? NO_MASKS) }));
  const isCovered = (blockId: string, { start, end }: Mask): boolean =>
    (masks[blockId] ?? NO_MASKS).some((mask) => mask.start <= start && mask.end >= end);

  return {
    masks,
    proposals,
    isHidden: ({ places }) => places.every((place) => isCovered(place.blockId, place)),
    toggle({ places }, isHidden) {
      for (const place of places) {
        change(place.blockId, (before) => (isHidden ? addMask(before, place) : removeMask(before, place)));
      }
    },
    hide: (blockId, mask) => change(blockId, (before) => addMask(before, mask)),
    show: (blockId, mask) => change(blockId, (before) => removeMask(before, mask)),
    hideWord(word) {
      const found = blocks.map(({ id, text }) => ({ id, places: occurrencesOf(text, word) }));
      for (const { id, places } of found) change(id, (before) => places.reduce(addMask, before));
      return found.reduce((sum, { places }) => sum + places.length, 0);
    },
  };
}

/** Exported for tests. */
export function proposalsOf(blocks: readonly Block[], known: readonly string[]): readonly ProposedWords[] {
  const names = [...known, ...blocks.flatMap(({ text }) => namesIn(text, known))];
  const found = blocks.flatMap(({ id, text }) =>
    proposeMasks(text, names).map(({ kind, start, end }) => ({
      kind,
      words: text.slice(start, end),
      place: { blockId: id, start, end },
    })),
  );
  return [...Map.groupBy(found, ({ kind, words }) => `${kind} ${fold(words)}`)].map(([key, same]) => ({
    key,
    kind: same[0]?.kind ?? 'name',
    words: same[0]?.words ?? '',
    places: same.map(({ place }) => place),
  }));
}

/** A name that was found once is one wherever it stands, and so is each of its words. */
function namesIn(text: string, known: readonly string[]): readonly string[] {
  const names = proposeMasks(text, known).filter(({ kind }) => kind === 'name');
  const words = names.map(({ start, end }) => text.slice(start, end));
  return [...words, ...words.flatMap((each) => each.split(/[ \u00a0-]/)).filter(isTelling)];
}

function masksOf(proposals: readonly ProposedWords[]): Masks {
  const masks: Record<string, readonly Mask[]> = {};
  for (const { places } of proposals) {
    for (const place of places) masks[place.blockId] = addMask(masks[place.blockId] ?? NO_MASKS, onlyMask(place));
  }
  return masks;
}

function onlyMask({ start, end }: Mask): Mask {
  return { start, end };
}
