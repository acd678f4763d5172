/**
 * Text with its formatting beside it (https://core.telegram.org/bots/api#messageentity): whatever people type, no character
 * of it is read as markup. `offset` and `length` count UTF-16 units, as strings do here.
 */
export interface StyledText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

export interface Entity {
  readonly type: 'bold' | 'code';
  readonly offset: number;
  readonly length: number;
}

export const plain = (text: string): StyledText => ({ text, entities: [] });
export const bold = (text: string): StyledText => styled('bold', text);
/** Copied at a tap. */
export const code = (text: string): StyledText => styled('code', text);

export function join(parts: readonly StyledText[], separator: string): StyledText {
  return concat(parts.flatMap((part, index) => (index === 0 ? [part] : [plain(separator), part])));
}

export function concat(parts: readonly StyledText[]): StyledText {
  const entities: Entity[] = [];
  let text = '';
  for (const part of parts) {
    entities.push(...part.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += part.text;
  }
  return { text, entities };
}

/** The part of it from `start` to `end`, with what of the formatting lies there. */
export function cut({ text, entities }: StyledText, start: number, end: number): StyledText {
  return {
    text: text.slice(start, end),
    entities: entities.flatMap(({ type, offset, length }) => {
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, end);
      return from < to ? [{ type, offset: from - start, length: to - from }] : [];
    }),
  };
}

function styled(type: Entity['type'], text: string): StyledText {
  return { text, entities: text === '' ? [] : [{ type, offset: 0, length: text.length }] };
}
