import { Refusal } from '../http/refusal.js';

const TEXT_LIMIT = 4000;

/**
 * What a message activity says: its text, or the string that a postBack or messageBack button sends as `value`.
 * @throws Refusal `EmptyMessage`, `MessageTooLong`, `InvalidText` (a null character, which no keyboard types).
 */
export function readText({
  text,
  value,
}: {
  readonly text?: string | null | undefined;
  readonly value?: unknown;
}): string {
  const said = text?.trim() || (typeof value === 'string' ? value.trim() : '');
  if (said === '') throw new Refusal('EmptyMessage');
  if (said.length > TEXT_LIMIT) throw new Refusal('MessageTooLong');
  if (said.includes('\0')) throw new Refusal('InvalidText');
  return said.toWellFormed();
}
