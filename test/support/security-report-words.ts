/** Stands in every canary, and nowhere else in any database, log or page. */
const MARK = 'Kestrelzqv';

/** What people type in the course of reports, a word for each place that it is typed at. */
export const REPORT_WORDS = {
  story: 'KestrelzqvHistoire',
  whatOfQueue: 'KestrelzqvFile',
  category: 'KestrelzqvSujet',
  where: 'KestrelzqvLieu',
  when: 'KestrelzqvMoment',
  what: 'KestrelzqvFaits',
  question: 'KestrelzqvQuestion',
  danger: 'KestrelzqvDanger',
  afterDanger: 'KestrelzqvApres',
  more: 'KestrelzqvDetail',
  firstName: 'Kestrelzqvprenom',
  email: 'kestrelzqvcourriel@exemple.fr',
  phone: '06 47 31 85 29',
  change: 'KestrelzqvChange',
  abandoned: 'KestrelzqvLaisse',
  cancelled: 'KestrelzqvAnnule',
  offered: 'KestrelzqvRefuse',
  addition: 'KestrelzqvAjout',
  unaskedAddition: 'KestrelzqvSpontane',
  reply: 'KestrelzqvReponse',
  note: 'KestrelzqvNote',
  status: 'KestrelzqvStatut',
} as const;

export type ReportWord = keyof typeof REPORT_WORDS;

const DIGITS = REPORT_WORDS.phone.replaceAll(' ', '').slice(1);
const GROUPED = /(?:06|\+33\s?6)[\s.-]?47[\s.-]?31[\s.-]?85[\s.-]?29/;

/**
 * The words whose text stands in the bytes, whether in clear or in an encoding that hides nothing: upper or lower case,
 * UTF-8 and UTF-16, base64 wherever it starts, hexadecimal, percent-encoding. The accents of what surrounds them do not
 * matter, as the words are ASCII.
 */
export function wordsIn(bytes: Buffer | string, others: readonly string[] = []): readonly string[] {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const isThere = (text: string): boolean => encodingsOf(text).some((form) => buffer.includes(form));
  const found = others.filter(isThere);
  if (isThere(DIGITS) || GROUPED.test(buffer.toString('latin1'))) found.push('phone');
  if (!isThere(MARK)) return found;
  const named = Object.entries(REPORT_WORDS).filter(([, word]) => isThere(word));
  return [...found, MARK, ...named.map(([name]) => name)];
}

/** How often each stands in a text, in clear. */
export function countWords(text: string): Readonly<Record<ReportWord, number>> {
  const count = (word: string): number => text.split(word).length - 1;
  const counted = Object.entries(REPORT_WORDS).map(([name, word]) => [name, count(word)]);
  return { ...(Object.fromEntries(counted) as Record<ReportWord, number>), phone: count(DIGITS) };
}

function encodingsOf(text: string): readonly Buffer[] {
  return [...new Set([text, text.toLowerCase(), text.toUpperCase()])].flatMap((cased) => {
    const utf8 = Buffer.from(cased);
    const hex = utf8.toString('hex');
    const utf16 = Buffer.from(cased, 'utf16le');
    const percent = hex.replace(/../g, '%$&');
    const texts = [hex, hex.toUpperCase(), percent, percent.toUpperCase(), ...[0, 1, 2].flatMap(base64From(utf8))];
    return [utf8, utf16, Buffer.from(utf16).swap16(), ...texts.map((form) => Buffer.from(form))];
  });
}

/** Base64 shows bytes in one of three ways, by where they start; the characters at both ends depend on the neighbours. */
function base64From(bytes: Buffer): (shift: number) => readonly string[] {
  return (shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const start = shift === 0 ? 0 : 4;
    const inner = (text: string): string => text.slice(start, Math.floor(shifted.length / 3) * 4);
    return [inner(shifted.toString('base64')), inner(shifted.toString('base64url'))];
  };
}
