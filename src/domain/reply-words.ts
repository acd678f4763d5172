import { foldText } from './answers.js';

/** What a resident may say to a dialog rather than ask. */
export const COMMANDS = ['yes', 'no', 'cancel', 'back', 'menu', 'dont-know', 'erase'] as const;
export type Command = (typeof COMMANDS)[number];

export interface ReplyCatalogue {
  /** Whole messages that mean the command; `erase` has none, as only its button may say it. */
  readonly words: Readonly<Partial<Record<Command, readonly string[]>>>;
  /** Whole messages that mean the first of two choices, and those that mean the second. */
  readonly positions: readonly (readonly string[])[];
  /** Polite words that may stand at either end: « oui merci », « bonjour, menu s'il vous plaît ». */
  readonly polite: readonly string[];
}

export interface ReplyWords {
  /** The command that the whole text says, whatever its case, accents and polite words; undefined for other text. */
  commandOf(text: string): Command | undefined;
  /** 0 for « le premier », 1 for « la deuxième »; undefined for other text. */
  positionOf(text: string): number | undefined;
}

export function createReplyWords({ words, positions, polite }: ReplyCatalogue): ReplyWords {
  const commands = new Map<string, Command>();
  for (const command of COMMANDS) {
    for (const word of words[command] ?? []) commands.set(foldText(word), command);
  }
  const places = new Map(positions.flatMap((list, index) => list.map((word) => [foldText(word), index])));
  const politeWords = polite.map(foldText);

  function find<Meaning>(meanings: ReadonlyMap<string, Meaning>, text: string): Meaning | undefined {
    const folded = foldText(text);
    return meanings.get(folded) ?? meanings.get(withoutPoliteness(folded, politeWords));
  }

  return {
    commandOf: (text) => find(commands, text),
    positionOf: (text) => find(places, text),
  };
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
