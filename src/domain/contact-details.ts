/** How a resident can be reached, read from what they typed. Pure: nothing is kept. */

export type ContactReading =
  /** E.164: `+33612345678`. */
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'email'; readonly email: string }
  /** It was meant as one of the two, and cannot be used. */
  | { readonly kind: 'fault'; readonly fault: ContactFault };

export type ContactFault =
  | 'phone-too-short'
  | 'phone-too-long'
  /** Of another country, or of a range that nobody can be called back on, such as 08. */
  | 'phone-not-usable'
  /** Incomplete, or with characters that no address of today has. */
  | 'email';

/** Beyond this no address is stored; RFC 5321 allows a little more. */
const MAX_EMAIL = 200;
/** Fewer digits are an age, an hour, a street number. */
const FEWEST_DIGITS = 6;
const NATIONAL_DIGITS = 9;

/** Of the five departments overseas: their numbers have ten digits, 0 included, and a country code of their own. */
const OVERSEAS_CODES = ['262', '590', '594', '596'] as const;

/**
 * The country code of national numbers that are not under +33, by their first digits without the 0 (the French
 * numbering plan, ARCEP decision 2018-0881; ITU-T E.164 for the codes).
 */
const OVERSEAS_RANGES: Readonly<Record<string, (typeof OVERSEAS_CODES)[number]>> = {
  262: '262',
  263: '262',
  269: '262',
  639: '262',
  692: '262',
  693: '262',
  590: '590',
  690: '590',
  691: '590',
  594: '594',
  694: '594',
  596: '596',
  696: '596',
  697: '596',
};

/** Collectivities with plans of their own: digits after the code. */
const TERRITORIES: Readonly<Record<string, number>> = { '508': 6, '681': 6, '687': 6, '689': 8 };

/** Digits with what people put between them; a no-break space of any kind is `\s`. */
const PHONE_LIKE = /\+?\s?(?:\(\s?\+?)?\d(?:[\s.\-‐-―_/\\()]*\d)*/gu;
/** Not a letter of the alphabet: a zero typed as one, beside digits. */
const LETTER_FOR_ZERO = /(?<![\p{L}\p{N}])[oO](?=[\s.-]?\d)/gu;
const EMAIL_LIKE = /[^\s<>()[\],;:"]+\s?@\s?[^\s<>()[\],;:"]*/u;
const EMAIL =
  /^[A-Za-z0-9_+'-]+(?:\.[A-Za-z0-9_+'-]+)*(?<!')@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;

/**
 * The first usable e-mail address or French telephone number of the text, or else what is wrong with the first that is
 * not. Undefined when the text has nothing of the kind.
 */
export function readContact(text: string): ContactReading | undefined {
  return (findEmail(text) ?? findPhone(toPlain(text)))?.reading;
}

/** Both ways to reach somebody, as far as the text has them. */
export interface ContactDetails {
  /** E.164. */
  readonly phone?: string;
  readonly email?: string;
  /** The address cannot be used, or there is none and the number cannot. */
  readonly fault?: ContactFault;
  /** What else the text says: a comma stands where each was. */
  readonly rest: string;
}

/** The first usable e-mail address of the text, and the first usable French telephone number besides. */
export function readContactDetails(text: string): ContactDetails {
  const address = findEmail(text);
  const withoutEmail = address ? text.replace(address.found, ',') : text;
  if (address?.reading.kind === 'fault') return { fault: address.reading.fault, rest: withoutEmail };
  const plain = toPlain(withoutEmail);
  const number = findPhone(plain);
  const email = address?.reading.kind === 'email' && { email: address.reading.email };
  if (number?.reading.kind === 'phone') {
    return { ...email, phone: number.reading.phone, rest: plain.replace(number.found, ',') };
  }
  const fault = !email && number?.reading.kind === 'fault' && { fault: number.reading.fault };
  return { ...email, ...fault, rest: withoutEmail };
}

/** « 06 12 34 56 78 », « 0692 12 34 56 », « +687 12 34 56 »: as people say it. Expects what `readContact` gave. */
export function phoneInGroups(phone: string): string {
  const overseas = OVERSEAS_CODES.find((code) => phone.startsWith(`+${code}`) && phone.length === 13);
  if (overseas) return inPairs(phone.slice(4), (first) => `0${first}`, 3);
  if (phone.startsWith('+33')) return inPairs(phone.slice(3), (first) => `0${first}`, 1);
  return `${phone.slice(0, 4)} ${inPairs(phone.slice(4), (first) => first, 2)}`;
}

interface Found {
  /** As the text has it. */
  readonly found: string;
  readonly reading: ContactReading;
}

function findEmail(text: string): Found | undefined {
  const found = text.match(EMAIL_LIKE)?.[0];
  if (found === undefined) return undefined;
  const typed = found.replace(/\s/gu, '').replace(/^[.'«]+|[.'»!?]+$/gu, '');
  const [name = '', domain = ''] = typed.split('@');
  const email = `${name}@${domain.toLowerCase()}`;
  const isUsable = EMAIL.test(email) && email.length <= MAX_EMAIL && typed.split('@').length === 2;
  return { found, reading: isUsable ? { kind: 'email', email } : fault('email') };
}

/** @param plain see `toPlain`. */
function findPhone(plain: string): Found | undefined {
  const readings = Array.from(plain.matchAll(PHONE_LIKE), ([found]) => found)
    .filter((found) => found.replace(/\D/g, '').length >= FEWEST_DIGITS)
    .map((found) => ({ found, reading: toReading(found) }));
  return readings.find(({ reading }) => reading.kind === 'phone') ?? readings[0];
}

function toPlain(text: string): string {
  return toAsciiDigits(text.normalize('NFKC')).replace(LETTER_FOR_ZERO, '0');
}

function toReading(found: string): ContactReading {
  const digits = found.replace(/\D/g, '');
  const isInternational = /^[\s(]*\+/.test(found) || digits.startsWith('00');
  return isInternational ? fromInternational(digits.replace(/^00/, '')) : fromNational(digits);
}

function fromNational(digits: string): ContactReading {
  // « 33 6 12 34 56 78 »: the plus is often left out.
  if (/^33[1-9]/.test(digits) && digits.length === NATIONAL_DIGITS + 2) return fromInternational(digits);
  const isWithoutZero = /^[67]/.test(digits) && digits.length === NATIONAL_DIGITS;
  if (!digits.startsWith('0') && !isWithoutZero) {
    return fault(digits.length > NATIONAL_DIGITS ? 'phone-not-usable' : 'phone-too-short');
  }
  return fromSignificant(digits.replace(/^0/, ''));
}

function fromInternational(digits: string): ContactReading {
  const overseas = OVERSEAS_CODES.find((code) => digits.startsWith(code));
  // « +33 (0)6 … »
  if (overseas) return fromSignificant(digits.slice(3).replace(/^0/, ''), overseas);
  if (digits.startsWith('33')) return fromSignificant(digits.slice(2).replace(/^0/, ''));
  const code = digits.slice(0, 3);
  const length = TERRITORIES[code];
  if (length === undefined) return fault('phone-not-usable');
  return ofLength(digits.slice(3), length) ?? { kind: 'phone', phone: `+${digits}` };
}

/** A number of nine digits, without the 0. */
function fromSignificant(digits: string, overseas?: string): ContactReading {
  const wrongLength = ofLength(digits, NATIONAL_DIGITS);
  if (wrongLength) return wrongLength;
  // 08 is of services, some of them dear to call; there is no 00.
  if (/^[08]/.test(digits)) return fault('phone-not-usable');
  const code = overseas ?? OVERSEAS_RANGES[digits.slice(0, 3)] ?? '33';
  return { kind: 'phone', phone: `+${code}${digits}` };
}

function ofLength(digits: string, length: number): ContactReading | undefined {
  if (digits.length === length) return undefined;
  return fault(digits.length < length ? 'phone-too-short' : 'phone-too-long');
}

function fault(kind: ContactFault): ContactReading {
  return { kind: 'fault', fault: kind };
}

/** Arabic-Indic and Persian digits, which some keyboards write. */
function toAsciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

function inPairs(digits: string, lead: (first: string) => string, firstLength: number): string {
  const rest = digits.slice(firstLength).match(/\d{1,2}/g) ?? [];
  return [lead(digits.slice(0, firstLength)), ...rest].join(' ');
}
