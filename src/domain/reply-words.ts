import { foldText } from './answers.js';
import { createFormWords, type FormCatalogue, type FormWords } from './form-words.js';

/** What a resident may say to a dialog rather than ask. From `erase` on they are said by their buttons only. */
export const COMMANDS = [
  'yes',
  'no',
  'cancel',
  'back',
  'menu',
  'dont-know',
  'callback',
  'wait',
  'stop-waiting',
  'skip',
  'send',
  'change',
  'resume',
  'erase',
  'happening',
  'over',
  'safe',
  'unsafe',
  'morning',
  'afternoon',
  'evening',
  'any',
  'consent',
  'restart',
  'discard',
  'keep-going',
  'inform',
  'stop-informing',
  'add',
  'finish',
  'lost-code',
  'unshare',
] as const;
export type Command = (typeof COMMANDS)[number];

/** What a resident may say of a danger, when asked. */
export const SITUATIONS = ['happening', 'over', 'safe', 'unsafe'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** What a follow-up such as « et l'adresse ? » may name. */
export const TOPICS = ['place', 'time', 'mail', 'commissioners', 'delegates'] as const;
export type Topic = (typeof TOPICS)[number];

export interface ReplyCatalogue extends FormCatalogue {
  /** Whole messages that mean the command. */
  readonly words: Readonly<Partial<Record<Command, readonly string[]>>>;
  /** Whole messages that mean the first of the choices, the second, and the third, which is « Autre chose ». */
  readonly positions: readonly (readonly string[])[];
  /** Whole messages that mean both choices. */
  readonly both: readonly string[];
  /** Whole messages that tell of a danger, in reply to the question about it. */
  readonly situations: Readonly<Record<Situation, readonly string[]>>;
  /** « et jeudi ? »: words that go on from the last answer, and the words that name what it is about. */
  readonly followUps: {
    readonly openers: readonly string[];
    readonly topics: Readonly<Record<Topic, readonly string[]>>;
  };
  /** Polite words that may stand at either end: « oui merci », « bonjour, menu s'il vous plaît ». */
  readonly polite: readonly string[];
}

export interface ReplyWords extends FormWords {
  /** The command that the whole text says, whatever its case, accents and polite words; undefined for other text. */
  commandOf(text: string): Command | undefined;
  /** 0 for « le premier », 1 for « la deuxième », 2 for « le troisième »; undefined for other text. */
  positionOf(text: string): number | undefined;
  /** True for « les deux ». */
  meansBoth(text: string): boolean;
  /** What the whole text tells of a danger: « c'était hier », « je suis à l'abri »; undefined for other text. */
  situationOf(text: string): Situation | undefined;
  /** What a short text that goes on from the last answer is about, perhaps nothing named; undefined for other text. */
  followUpOf(text: string): readonly Topic[] | undefined;
}

/** A longer message says by itself what it is about. */
const LONGEST_FOLLOW_UP = 8;

export function createReplyWords({
  words,
  positions,
  both,
  situations,
  followUps,
  polite,
  ...forms
}: ReplyCatalogue): ReplyWords {
  const commands = meaningsOf(COMMANDS.map((command) => [command, words[command] ?? []]));
  const places = meaningsOf(positions.map((list, index) => [index, list]));
  const told = meaningsOf(SITUATIONS.map((situation) => [situation, situations[situation]]));
  const boths = meaningsOf([[true, both]]);
  const politeWords = polite.map(foldText);
  const openers = followUps.openers.map((opener) => `${foldText(opener)} `);
  const topics = TOPICS.map((topic) => ({ topic, words: new Set(followUps.topics[topic].map(foldText)) }));

  function find<Meaning>(meanings: ReadonlyMap<string, Meaning>, text: string): Meaning | undefined {
    const folded = foldText(text);
    return meanings.get(folded) ?? meanings.get(withoutPoliteness(folded, politeWords));
  }

  return {
    commandOf: (text) => find(commands, text),
    positionOf: (text) => find(places, text),
    meansBoth: (text) => find(boths, text) ?? false,
    situationOf: (text) => find(told, text),
    followUpOf(text) {
      const folded = foldText(text);
      const said = folded.split(/[ ']/);
      if (said.length > LONGEST_FOLLOW_UP || !openers.some((opener) => folded.startsWith(opener))) return undefined;
      return topics.filter((entry) => said.some((word) => entry.words.has(word))).map(({ topic }) => topic);
    },
    ...createFormWords(forms, (text) => withoutPoliteness(foldText(text), politeWords)),
  };
}

function meaningsOf<Meaning>(lists: readonly (readonly [Meaning, readonly string[]])[]): ReadonlyMap<string, Meaning> {
  return new Map(lists.flatMap(([meaning, list]) => list.map((word) => [foldText(word), meaning] as const)));
}

function withoutPoliteness(folded: string, polite: readonly string[]): string {
  let rest = folded;
  for (const word of polite) {
    if (rest.startsWith(`${word} `)) rest = rest.slice(word.length + 1);
    if (rest.endsWith(` ${word}`)) rest = rest.slice(0, -word.length - 1);
  }
  return rest;
}

export function isCommand(text: string): text is Command {
  return COMMANDS.some((command) => command === text);
}
