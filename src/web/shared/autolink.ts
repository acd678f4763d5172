/** A stretch of text; with `href` it is a link. The pieces joined give the text back, unchanged. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

const PATTERNS = [
  String.raw`(?<url>https?://[^\s<>"«»]+)`,
  String.raw`(?<email>(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)`,
  String.raw`(?<phone>(?<![\d+])(?:\+33|0)[ .\u00a0\u202f]?[1-9](?:[ .\u00a0\u202f-]?\d{2}){4}(?!\d))`,
  String.raw`(?<service>(?<![\d,.])(?:3919|3114|3018|3133|116[ \u00a0\u202f]?006)(?!,?\d))`,
  String.raw`(?<emergency>(?<![\d,.°º/:-])(?:112|114|119|15|17|18)(?!,?\d|[/%€°]|[ \u00a0\u202f]?(?:h|heures|ans|rue|bis|euros|%|€)\b|:\d))`,
];
const ANY = new RegExp(PATTERNS.join('|'), 'giu');
const DATE_BEFORE = /(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|n[°o])[  ]?$/iu;
const DATE_AFTER =
  /^(?:er)?[  ]?(?:à[  ]\d|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)/iu;
const CALL_WORD = /appel|compos|faites|télépho|contact|joign|sms|urgence|danger/iu;
const NEAR = 120;
const TITLE_AFTER = /^[  ]?[:–—]/u;
const TRAILING = /[).,;:!?'’…]+$/u;

/** Finds addresses, e-mails, telephone numbers; and the short emergency numbers where the words show that one calls them. */
export function autolink(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ANY)) {
    const link = readLink(match, text);
    if (!link) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push(link);
    end = match.index + link.text.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The address made absolute, or undefined unless it is one of http, https, mailto, tel and sms. */
export function safeHref(address: string, base?: string): string | undefined {
  try {
    const url = new URL(address, base);
    return ['http:', 'https:', 'mailto:', 'tel:', 'sms:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function readLink(match: RegExpExecArray, whole: string): Piece | undefined {
  const { url, email, phone, service, emergency } = match.groups ?? {};
  if (url) return linkTo(trimUrl(url), (text) => text);
  if (email) return linkTo(email, (text) => `mailto:${text}`);
  if (phone) return linkTo(phone, (text) => `tel:${text.replace(/[^\d+]/g, '')}`);
  if (service) return linkTo(service, (text) => `tel:${text.replace(/\D/g, '')}`);
  if (emergency && isCalled(emergency, match.index, whole)) {
    return linkTo(emergency, (text) => (text === '114' ? 'sms:114' : `tel:${text}`));
  }
  return undefined;
}

function linkTo(text: string, address: (text: string) => string): Piece | undefined {
  const href = safeHref(address(text));
  return href === undefined ? undefined : { text, href };
}

/** « le 17 novembre », « de 15 à 25 » and « 112 rue » are no calls for help; « appelez le 17 » is. */
function isCalled(number: string, index: number, whole: string): boolean {
  // The words near it tell; looking further would cost the square of a long text.
  const before = whole.slice(Math.max(0, index - NEAR), index);
  const after = whole.slice(index + number.length, index + number.length + NEAR);
  if (DATE_BEFORE.test(before) || DATE_AFTER.test(after)) return false;
  const isTitle = (index === 0 || /\n[-•  ]*$/u.test(before)) && TITLE_AFTER.test(after);
  const sentence = before.slice(Math.max(...['.', '!', '?', '\n'].map((end) => before.lastIndexOf(end))) + 1);
  return isTitle || CALL_WORD.test(sentence);
}

/** A full stop after an address ends the sentence; a closing bracket belongs to it when it was opened within. */
function trimUrl(url: string): string {
  const trimmed = url.replace(TRAILING, '');
  const isBracketed = trimmed.includes('(') && !trimmed.includes(')') && url.charAt(trimmed.length) === ')';
  return isBracketed ? `${trimmed})` : trimmed;
}
