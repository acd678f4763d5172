import { foldText } from './answers.js';
import type { CallbackMoment } from './desk-state.js';

/** When a resident may want to be called back. */
export const MOMENTS = ['morning', 'afternoon', 'evening', 'any'] as const satisfies CallbackMoment['part'][];
export type Moment = (typeof MOMENTS)[number];

export interface FormCatalogue {
  /** « le matin », « n'importe quand »: whole messages, and words that a reply about a day or an hour is made of. */
  readonly moments: {
    readonly whole: Readonly<Record<Moment, readonly string[]>>;
    readonly words: readonly string[];
    /** « pas », « sauf »: the day or the hour beside it is not the one that is meant. */
    readonly exceptions: readonly string[];
  };
  /** Beginnings of words that ask to be called back: « rappel ». */
  readonly callback: readonly string[];
  /** « je m'appelle », and words that are nobody's first name. */
  readonly names: { readonly openers: readonly string[]; readonly others: readonly string[] };
}

/** What a reply to a question of a form says, whatever its case and accents. */
export interface FormWords {
  /** The part of the day that the whole text names, or any; undefined for other text. */
  momentOf(text: string): Moment | undefined;
  /**
   * Whether the days and hours in the text are what it says (`only`: « plutôt mercredi vers 14 h »), a part of it
   * (`partly`: « ouvert mercredi »), or the opposite of it (`except`: « pas le matin »).
   */
  momentScope(text: string): 'only' | 'partly' | 'except';
  /** True when a word of it is about calling back. */
  asksForCallback(text: string): boolean;
  /**
   * The first name that the text says, with a capital letter, perhaps more names after it; undefined for other text.
   * `isIntroduced`: by words that leave no doubt, as in « je m'appelle Marie ».
   */
  nameIn(text: string): { readonly name: string; readonly isIntroduced: boolean } | undefined;
}

const MOST_NAMES = 3;
const LONGEST_NAME = 40;
const NAME = /^\p{L}[\p{L}\p{M}'’.-]*$/u;

/** @param plain the text folded, without its polite words. */
export function createFormWords(
  { moments, callback, names }: FormCatalogue,
  plain: (text: string) => string,
): FormWords {
  const parts = new Map(
    MOMENTS.flatMap((moment) => moments.whole[moment].map((words) => [foldText(words), moment] as const)),
  );
  const momentWords = new Set(moments.words.map(foldText));
  const exceptions = new Set(moments.exceptions.map(foldText));
  const stems = callback.map(foldText);

  return {
    momentOf: (text) => parts.get(foldText(text)) ?? parts.get(plain(text)),
    momentScope(text) {
      const words = wordsOf(plain(text));
      if (words.some((word) => exceptions.has(word))) return 'except';
      return words.every((word) => /^\d+h?\d*$/.test(word) || momentWords.has(word)) ? 'only' : 'partly';
    },
    asksForCallback: (text) => wordsOf(foldText(text)).some((word) => stems.some((stem) => word.startsWith(stem))),
    nameIn: createNameReader(names, momentWords),
  };
}

function createNameReader(
  { openers, others }: FormCatalogue['names'],
  momentWords: ReadonlySet<string>,
): FormWords['nameIn'] {
  const foldedOpeners = openers.map(foldText);
  const noNames = new Set(others.map(foldText));

  return (text) => {
    const said = text.trim().replace(/[\s.,;]+$/, '');
    const words = withoutOpener(said, foldedOpeners);
    const name = words.join(' ');
    const isIntroduced = name !== said;
    const isOther = (folded: string) => noNames.has(folded) || (!isIntroduced && momentWords.has(folded));
    const isName = words.every((word) => NAME.test(word) && !isOther(foldText(word)));
    if (!isName || words.length > MOST_NAMES || name.length > LONGEST_NAME) return undefined;
    return { name: name.replace(/(?<=^|[ -])\p{L}/gu, (letter) => letter.toLocaleUpperCase('fr')), isIntroduced };
  };
}

/** The longest opener counts: « moi c'est » before « moi ». */
function withoutOpener(text: string, openers: readonly string[]): readonly string[] {
  const words = text.split(/\s+/);
  for (let count = words.length - 1; count > 0; count -= 1) {
    if (openers.includes(foldText(words.slice(0, count).join(' ')))) return words.slice(count);
  }
  return words;
}

function wordsOf(folded: string): readonly string[] {
  return folded.split(/[ ']/);
}
