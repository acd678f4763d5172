import type { Entities } from '../intent-recognizer.js';
import type { DateLexicon } from '../lexicon-schemas.js';
import { foldWords } from '../normalise.js';

const DIGITS = /(?<![\p{L}\p{N}/.])([01]?\d|2[0-3])\s?(?:h|heures?|:)\s?([0-5]\d)?(?![\p{L}\p{N}/])/iu;
const MINUTES = /^(?:et )?(quart|demie?|quinze|trente|quarante cinq)\b/;
const MINUTES_OF: Readonly<Record<string, number>> = {
  quart: 15,
  demi: 30,
  demie: 30,
  quinze: 15,
  trente: 30,
  'quarante cinq': 45,
};

/** The hour that a message names, or else the part of the day; the first one of each. */
export function createTimeFinder({ dayParts, numbers }: DateLexicon): (typed: string) => Entities['time'] {
  const parts = byLength(Object.keys(dayParts));
  const part = new RegExp(`(?<= )(${parts.join('|')})(?= )`, 'u');
  const spoken = new RegExp(`(?<= )(${byLength(Object.keys(numbers)).join('|')}) heures?(?= )`, 'u');

  function spokenHour(text: string): Entities['time'] {
    const match = text.match(spoken);
    const hour = match?.[1] && numbers[match[1]];
    if (!match || !hour || hour > 23) return undefined;
    const rest = text.slice((match.index ?? 0) + match[0].length).trimStart();
    return exactly(hour, MINUTES_OF[rest.match(MINUTES)?.[1] ?? ''] ?? 0);
  }

  return (typed) => {
    const digits = typed.match(DIGITS);
    if (digits && (digits[2] || !/:\s?$/.test(digits[0]))) return exactly(Number(digits[1]), Number(digits[2] ?? 0));
    const folded = ` ${foldWords(typed).join(' ')} `;
    const named = folded.match(part)?.[1];
    const [from, to] = (named && dayParts[named]) || [];
    return spokenHour(folded) ?? (from && to ? { from, to } : undefined);
  };
}

function byLength(words: readonly string[]): readonly string[] {
  return [...words].sort((a, b) => b.length - a.length);
}

function exactly(hour: number, minutes: number): Entities['time'] {
  const time = `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return { from: time, to: time };
}
