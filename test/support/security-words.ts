import type { DayWords } from './security-day.js';
import { formsOf } from './storage-canary.js';

/** A word for each field that stands nowhere else: wherever « canari » turns up, it says where it came from. */
export const CANARIES: DayWords = {
  login: 'canari.identifiant',
  displayName: 'CanariNomAffiche',
  invitationName: 'CanariInvitation',
  email: 'canari.courriel@exemple.fr',
  message: 'CanariMessage du voisin',
  firstName: 'Canariprenom',
  phone: '07 43 17 43 19',
  reply: 'CanariReponse à vous',
  note: 'CanariNotePrivee',
  label: 'CanariEtiquette',
  blockReason: 'CanariMotif',
  draft: 'CanariBrouillon',
  search: 'CanariRecherche',
  openingReason: 'CanariFermeture',
  factsText: 'CanariInformation',
  factsEmail: 'canari.secteur@exemple.fr',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0 CanariNavigateur',
  pushEndpoint: 'https://fcm.googleapis.com/fcm/send/CanariAppareil',
};

/** What only delegates may read. */
export const PRIVATE_WORDS: readonly string[] = [
  CANARIES.login,
  CANARIES.email,
  CANARIES.note,
  CANARIES.label,
  CANARIES.blockReason,
  CANARIES.draft,
  CANARIES.search,
  CANARIES.invitationName,
  CANARIES.openingReason,
  'CanariAppareil',
  'CanariNavigateur',
];

/** The canaries and their parts that stand in the bytes, in clear or in an encoding that hides nothing. */
export function canariesIn(bytes: Buffer, others: readonly string[] = []): readonly string[] {
  const digits = CANARIES.phone.replaceAll(' ', '').slice(1);
  return [...Object.values(CANARIES), 'CanariAppareil', 'CanariNavigateur', digits, ...others].filter((word) =>
    formsOf(word).some((form) => bytes.includes(form)),
  );
}

const LONG = 'é'.repeat(4000);

/** Each would do harm somewhere, if some place took it for more than text. `alarm` is what the page must not get. */
export const HOSTILE: readonly string[] = [
  '<script>window.piege=1</script>',
  '<img src=x onerror="window.piege=1">',
  '<svg onload=window.piege=1><use href="data:,x#x"/></svg>',
  '"><svg/onload=window.piege=1>',
  "' onfocus=window.piege=1 autofocus x='",
  '</textarea></title></style></script><script>window.piege=1</script>',
  '<iframe srcdoc="<script>parent.piege=1</script>"></iframe><base href=//mechant.example><meta http-equiv=refresh content=0>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.piege=1&gt;">',
  'javascript:window.piege=1',
  '[lien](javascript:window.piege=1) ![x](https://mechant.example/x.png) <https://mechant.example>',
  'https://mechant.example/"onmouseover="window.piege=1',
  'data:text/html,<script>window.piege=1</script> vbscript:x jAvAsCrIpT:window.piege=1',
  '*gras* _italique_ `code` ~barré~ <b>x</b> [x](tg://user?id=1) @everyone #x',
  '{{constructor.constructor("window.piege=1")()}} #{window.piege=1} <%= 1 %> {17} {x} $& $1',
  '=HYPERLINK("https://mechant.example";"x")',
  "+33-1+cmd|' /C calc'!A0",
  '-2+3+cmd',
  '@SUM(1+1)',
  '\u202Etxet desrever \u2066x\u2069 \u202Bx',
  'a\u200B\u200C\u200D\u2060\uFEFFb\u00AD',
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇫🇷'.repeat(8),
  'Z̷̡̢̛̳̲̹̮̱̬͔̀́̂̃̄̅à̸̢̛̳̲̹̮̱̬͔́̂̃̄̅l̷̡̢̛̳̲̹g̷̡̢̛̳̲o',
  'ﷺ𒐫꧅⸻',
  'لا إله عربي מה שלומך',
  `Set-Cookie: permanence=x; Location: https://mechant.example`,
  "'; DROP TABLE records; --",
  '../../../../etc/passwd\\..\\..\\x',
  '__proto__ constructor toString',
  '%0d%0aSet-Cookie:%20permanence=x',
  LONG,
  'https://mechant.example/'.concat('a'.repeat(3900)),
];

/** With what cannot be in one line, or in no text at all. */
export const HOSTILE_CONTROLS: readonly string[] = [
  'un\r\nSet-Cookie: permanence=x\r\n\r\n<script>window.piege=1</script>',
  'un\ndeux\n\n9 h 05  Délégué Jean\n    faux',
  'un\u2028deux\u2029trois\u0085quatre',
  '\u001b[2J\u001b[31mrouge\u001b[0m\u0007',
  'un\u0000deux',
  'un\u0001\u0008\u007fdeux',
  '\ud800 seul \udfff',
];

/** As much of it as the field takes: what makes it hostile stands at the beginning. */
export const cut = (text: string, max: number): string => [...text].join('').slice(0, max).toWellFormed().trim();
