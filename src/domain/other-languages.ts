import type { Answers } from './answers.js';
import type { Facts } from './facts.js';
import { fillWords } from './fill-words.js';
import { ALWAYS_SHOWN, helpNumber } from './help-numbers.js';
import type { Card, Content, Link } from './message.js';

/** What people who write in another language are told, in it. `{17}`, `{112}` and `{114}` stand for the numbers. */
export interface LanguageNotice {
  /** The language's own name. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** That this assistant speaks French; then the numbers to call in a danger. */
  readonly lines: readonly [string, string];
  /** What the button to reach a person says. */
  readonly person: string;
  /** Titles of the numbers; `{number}` stands for one. */
  readonly card: { readonly title: string; readonly call: string; readonly sms: string };
}

export interface LanguageAnswerDependencies {
  readonly answers: Answers;
  readonly facts: Facts;
  /** By ISO 639-1 code. */
  readonly otherLanguages: Readonly<Record<string, LanguageNotice>>;
}

const PERSON = 'handoff.request';
const RIGHT_TO_LEFT_MARK = '\u200f';
const RIGHT_TO_LEFT_ISOLATE = '\u2067';
const END_OF_ISOLATE = '\u2069';

/** Two bubbles in the language, the numbers as links, and a button in both languages that means the French one. */
export function createLanguageAnswer({
  answers,
  facts,
  otherLanguages,
}: LanguageAnswerDependencies): (language: string) => readonly Content[] {
  const displays = Object.fromEntries(facts.helpNumbers.map(({ id, display }) => [id, display]));

  function numbersCard({ card, direction }: LanguageNotice): Card {
    const links = ALWAYS_SHOWN.map((id): Link => {
      const { display, href } = helpNumber(facts, id);
      const title = fillWords(href.startsWith('sms:') ? card.sms : card.call, { number: display });
      return { title: directed(title, direction), url: href };
    });
    return { title: directed(card.title, direction), links };
  }

  return (language) => {
    const notice = otherLanguages[language];
    if (!notice) throw new Error(`No words for the language "${language}"`);
    const [speaksFrench, numbers] = notice.lines.map((line) => directed(fillWords(line, displays), notice.direction));
    const title = answers.titleOf(PERSON);
    const person = directed(notice.person, notice.direction);
    const button = { title: answers.phrase('person.bilingual', { person, title }), value: title };
    return [
      { kind: 'text', text: speaksFrench ?? '' },
      { kind: 'text', text: numbers ?? '', card: numbersCard(notice), actions: [button] },
    ];
  };
}

/**
 * Plain text that reads from right to left wherever it is put: the mark tells a client that looks for the first strong
 * character, the isolate keeps numbers and full stops in place for one that does not (Unicode Standard Annex 9).
 */
function directed(text: string, direction: LanguageNotice['direction']): string {
  if (direction === 'ltr') return text;
  return `${RIGHT_TO_LEFT_MARK}${RIGHT_TO_LEFT_ISOLATE}${text}${END_OF_ISOLATE}`;
}
