/** A stretch of a text, in UTF-16 units; `end` is not part of it. */
export interface Mask {
  readonly start: number;
  readonly end: number;
}

/** In order, joined where they touch. An empty one changes nothing. */
export function addMask(masks: readonly Mask[], added: Mask): readonly Mask[] {
  if (added.end <= added.start) return masks;
  const apart = masks.filter(({ start, end }) => end < added.start || start > added.end);
  const touching = masks.filter((mask) => !apart.includes(mask));
  const joined = {
    start: Math.min(added.start, ...touching.map(({ start }) => start)),
    end: Math.max(added.end, ...touching.map(({ end }) => end)),
  };
  return [...apart, joined].toSorted((one, other) => one.start - other.start);
}

/** Shows a stretch again. */
export function removeMask(masks: readonly Mask[], shown: Mask): readonly Mask[] {
  return masks.flatMap(({ start, end }) =>
    [
      { start, end: Math.min(end, shown.start) },
      { start: Math.max(start, shown.end), end },
    ].filter((rest) => rest.end > rest.start),
  );
}

/** What is shared: a mask says nothing, not even how long what it hides is. */
export function redact(text: string, masks: readonly Mask[], word: string): string {
  let at = 0;
  let redacted = '';
  for (const { start, end } of masks) {
    redacted += text.slice(at, start) + word;
    at = end;
  }
  return redacted + text.slice(at);
}

/** The same text with blocks in place of what is masked: of the same length, so that places in it stay right. */
export function blackOut(text: string, masks: readonly Mask[]): string {
  let black = text;
  for (const { start, end } of masks) {
    black = black.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, '█') + black.slice(end);
  }
  return black;
}
