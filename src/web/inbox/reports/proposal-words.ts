/** What passages that may tell who somebody is look like in French. */

export type ProposalKind = 'phone' | 'email' | 'name' | 'address' | 'plate' | 'position';

const LETTER_BEFORE = String.raw`(?<![\p{L}\d])`;
const STREET = 'rue|avenue|av\\.|boulevard|bd|place|allée|impasse|chemin|cours|passage|square|quai|route';
/** Where the name of a street ends: a mark, or a word that goes on with the sentence. */
const STREET_ENDS = String.raw`(?=[,.;:!?\n]|$| (?:à|et|où|au|le|la|les|il|elle|on|c|je|vers|depuis|pour|avec|qui|ils|dans|chez)\b)`;
const HOME = 'appartement|appart|apt|étage|porte|bâtiment|bât|immeuble|hall|entrée|escalier';

export const PATTERNS: readonly (readonly [ProposalKind, RegExp])[] = [
  ['email', /(?<![\p{L}\d.%+-])[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})+/gu],
  // What people are called on networks.
  ['name', /(?<![\p{L}\d.])@[\p{L}\d_.]{2,30}/gu],
  ['phone', /(?<![\p{L}\d+])(?:\+|00)\d{1,3}(?:[ .\u00a0\u202f()-]{0,2}\d){6,12}(?!\d)/gu],
  // Any long number: telephones, cards, papers.
  ['phone', /(?<![\p{L}\d+])\d(?:[ .\u00a0\u202f/-]?\d){8,}(?!\d)/gu],
  ['position', /(?<![\d.,])-?\d{1,2}[.,]\d{3,}\s*[;,/ ]\s*-?\d{1,3}[.,]\d{3,}(?!\d)/gu],
  ['plate', /(?<![\p{L}\d])[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}(?![\p{L}\d])/giu],
  [
    'address',
    new RegExp(
      String.raw`${LETTER_BEFORE}\d{1,4}(?:[ \u00a0]?(?:bis|ter|quater))?[ ,\u00a0]{1,2}(?:${STREET})[ \u00a0][\p{L}\d'’ -]{2,40}?${STREET_ENDS}`,
      'giu',
    ),
  ],
  [
    'address',
    new RegExp(
      String.raw`${LETTER_BEFORE}(?:${HOME})\.?[ \u00a0](?:n[°o][ \u00a0]?)?(?:\d{1,4}|[A-Z]\d{0,3})(?![\p{L}\d])`,
      'giu',
    ),
  ],
  ['address', /(?<![\p{L}\d])\d{1,2}[ \u00a0]?(?:er|e|ème|eme)[ \u00a0]étage(?!\p{L})/giu],
];

/** A word, or up to three, that begin with a capital. */
const CAPITAL = String.raw`\p{Lu}[\p{L}'’-]*`;
const CAPITALS = String.raw`${CAPITAL}(?:[ \u00a0]${CAPITAL}){0,2}`;
export const CAPITALISED = new RegExp(String.raw`(?<![\p{L}\d'’-])${CAPITALS}`, 'gu');

const TITLES = String.raw`M\.|Mr\.?|Mme|Mlle|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur|Dr\.?|[Mm]aître`;
const NAMED = "[Jj]e m['’]appelle|[Mm]on nom est|s['’]appelle|s['’]appellent|nommée?|prénommée?|surnommée?";
/** The name is the first group. */
export const AFTER_TITLE: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})(?:${TITLES})[ \u00a0](${CAPITALS})`, 'gu'),
  new RegExp(String.raw`(?<!\p{L})(?:${NAMED})[ \u00a0]+([\p{L}'’-]{2,}(?:[ \u00a0]${CAPITAL}){0,2})`, 'gu'),
];

/** A capital after it begins a sentence, and says nothing. */
export const BEGINS_SENTENCE = /(?:^|[.!?…:\n«"“(•-])\s*$/u;

/** « rue de Picardie » is a place of the district, and no person. */
export const PLACE_BEFORE =
  /(?:rue|avenue|av\.?|boulevard|bd|place|allée|impasse|chemin|cours|passage|square|quai|route|parc|tour|centre|quartier|école|collège|lycée|arrêt|station|ligne)(?: commercial| social| de santé)?(?: (?:de la|de l['’]|du|des|de|d['’]|l['’]|la|le|les))? ?$/iu;

/** In capitals, but no longer than this: an abbreviation. */
export const LONGEST_ABBREVIATION = 4;

/** Capitalised words that tell nobody apart, without case and accents. */
export const HARMLESS: ReadonlySet<string> = new Set(
  [
    'planoise besancon doubs franche-comte bourgogne france paris europe ile-de-france orchamps-vennes',
    'police nationale municipale gendarmerie mairie prefecture etat justice ville poste urgence urgent',
    'le la les un une des je on il elle ils elles ce cet cette ca ma mon mes pas tout hier demain',
    'lundi mardi mercredi jeudi vendredi samedi dimanche noel ramadan',
    'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
    'm mr mme mlle monsieur madame mademoiselle docteur dr maitre',
    'internet facebook snapchat whatsapp telegram instagram tiktok carrefour intermarche lidl aldi tram bus ginko',
  ].flatMap((line) => line.split(' ')),
);
