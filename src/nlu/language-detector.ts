import { OTHER_LANGUAGES, type OtherLanguage } from './intent-recognizer.js';
import type { LanguageLexicon } from './lexicon-schemas.js';

/** Undefined for French, and in doubt. */
export type LanguageDetector = (text: string) => OtherLanguage | undefined;

/** A script that only one of the languages uses decides from this share of the letters on. */
const SCRIPT_SHARE = 0.5;

/**
 * By script, by words, and by groups of letters that French does not have. Words that French has too speak for French, so
 * that a name, or « ok thanks pour tout », does not turn a French message into another language's.
 */
export function createLanguageDetector(lexicon: LanguageLexicon): LanguageDetector {
  const french = new Set(lexicon.french);
  const profiles = OTHER_LANGUAGES.map((language) => {
    const { words, letters, alone } = lexicon.languages[language];
    return { language, words: new Set(words), letters, alone: new Set(alone) };
  });

  function score(
    tokens: readonly string[],
    { words, letters }: { words: ReadonlySet<string>; letters: readonly string[] },
  ) {
    const known = tokens.filter((token) => words.has(token)).length;
    const alike = tokens.filter(
      (token) => !words.has(token) && !french.has(token) && letters.some((group) => ` ${token} `.includes(group)),
    );
    return known + 0.5 * alike.length;
  }

  return (text) => {
    const lowered = text.normalize('NFC').toLowerCase();
    if (isMostlyArabic(lowered)) return 'ar';
    const tokens = lowered.match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?/gu) ?? [];
    const whole = tokens.join(' ');
    const alone = profiles.find((profile) => profile.alone.has(whole));
    if (alone) return alone.language;
    const scored = profiles.map((profile) => ({ language: profile.language, score: score(tokens, profile) }));
    const [best, next] = scored.sort((a, b) => b.score - a.score);
    if (!best || best.score < lexicon.leastEvidence || best.score === next?.score) return undefined;
    const inFrench = tokens.filter((token) => french.has(token)).length;
    return best.score > inFrench * lexicon.frenchCounts && best.score >= tokens.length * lexicon.leastShare
      ? best.language
      : undefined;
  };
}

function isMostlyArabic(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  return letters > 0 && arabic / letters >= SCRIPT_SHARE;
}
