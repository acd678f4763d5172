import { Refusal } from '../http/refusal.js';

/** In UTF-16 units. */
const TEXT_LIMIT = 4000;

/**
 * What a message activity says: its text, or the string that a postBack or messageBack button sends as `value`.
 * @param most where the channel has a limit of its own, in UTF-16 units; `LONGEST_ANSWER` is no shorter.
 * @throws Refusal `EmptyMessage`, `MessageTooLong`, `InvalidText` (a null character, which no keyboard types).
 */
export function readText(
  {
    text,
    value,
  }: {
    readonly text?: string | null | undefined;
    readonly value?: unknown;
  },
  most = TEXT_LIMIT,
): string {
  const said = text?.trim() || (typeof value === 'string' ? value.trim() : '');
  if (said === '') throw new Refusal('EmptyMessage');
  if (said.length > most) throw new Refusal('MessageTooLong');
  if (said.includes('\0')) throw new Refusal('InvalidText');
  return said.toWellFormed();
}
