import { fillWords } from './fill-words.js';
import type { Card, Content, SuggestedAction } from './message.js';

/** One bubble, or several phrasings of it to vary what people read often. */
export type Bubble = string | readonly string[];

/** One answer: at most three bubbles; `{name}` in a text stands for a variable given at rendering. */
export interface AnswerTemplate {
  readonly bubbles: readonly Bubble[];
  /** Ids of the buttons under the last bubble, at most four. */
  readonly actions?: readonly string[];
}

export interface ActionTemplate {
  /** What the button says; pressing it sends the same words. */
  readonly title: string;
  /** What the press means: an intent, or a command of the dialogs (`menu`, `yes`, `no` …). */
  readonly meaning: { readonly intent: string } | { readonly command: string };
}

export interface AnswerCatalogue {
  readonly answers: Readonly<Record<string, AnswerTemplate>>;
  readonly actions: Readonly<Record<string, ActionTemplate>>;
  /** Parts of sentences and titles of links, to be used inside answers. */
  readonly phrases?: Readonly<Record<string, string>>;
}

export type Variables = Readonly<Record<string, string>>;

export interface Answers {
  /**
   * Renders one answer. `card` goes under the last bubble. A bubble that its variables leave empty is left out.
   * @throws Error for an unknown id or a variable not given: a fault of the code, found by the tests.
   */
  render(id: string, variables?: Variables, options?: RenderOptions): readonly Content[];
  /** One phrase, filled in. @throws Error as `render` does. */
  phrase(id: string, variables?: Variables): string;
  /** The meaning of a button's words, whatever their case, accents and spaces; undefined for other text. */
  meaningOf(text: string): ActionTemplate['meaning'] | undefined;
  /** The id of what is said instead on this channel: `<id>.<channel>`, where the catalogue has it. */
  inChannel(id: string, channel: string): string;
  /** What the button of this id says. @throws Error as `render` does. */
  titleOf(id: string): string;
}

export interface RenderOptions {
  readonly card?: Card | undefined;
  /** In place of the template's own. */
  readonly actions?: readonly string[] | undefined;
  /** Buttons whose titles are facts, put before the other ones. */
  readonly choices?: readonly string[] | undefined;
  /** Which phrasing to take where there are several; taken modulo their number, 0 unless given. */
  readonly phrasing?: number | undefined;
}

export function createAnswers({ answers, actions, phrases = {} }: AnswerCatalogue): Answers {
  const meanings = new Map(Object.values(actions).map(({ title, meaning }) => [foldText(title), meaning]));

  function button(id: string): SuggestedAction {
    const { title } = entryOf(actions, id, 'action');
    return { title, value: title };
  }

  return {
    render(id, variables = {}, { card, actions: replaced, choices = [], phrasing = 0 } = {}) {
      const template = entryOf(answers, id, 'answer');
      const chosen = choices.map((title) => ({ title, value: title }));
      const buttons = [...chosen, ...(replaced ?? template.actions ?? []).map(button)];
      const texts = template.bubbles.map((bubble) => tidy(fillWords(phrasingOf(bubble, phrasing), variables)));
      const bubbles = texts.filter((text) => text !== '');
      return bubbles.map((text, index): Content => {
        if (index < bubbles.length - 1) return { kind: 'text', text };
        return { kind: 'text', text, ...(card && { card }), ...(buttons.length > 0 && { actions: buttons }) };
      });
    },
    phrase: (id, variables = {}) => tidy(fillWords(entryOf(phrases, id, 'phrase'), variables)),
    meaningOf: (text) => meanings.get(foldText(text)),
    inChannel(id, channel) {
      const own = `${id}.${channel}`;
      return Object.hasOwn(answers, own) || Object.hasOwn(phrases, own) ? own : id;
    },
    titleOf: (id) => button(id).title,
  };
}

/** Case, accents, typographic apostrophes and spaces folded, so that words can be compared. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’ʼ`]/g, "'")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}

function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, id: string, kind: string): Entry {
  const entry = Object.hasOwn(entries, id) ? entries[id] : undefined;
  if (entry === undefined) throw new Error(`No ${kind} "${id}" in the catalogue`);
  return entry;
}

function phrasingOf(bubble: Bubble, phrasing: number): string {
  if (typeof bubble === 'string') return bubble;
  return bubble[phrasing % bubble.length] ?? '';
}

/** Variables may be empty: no stray spaces may remain of them. No-break spaces stay. */
function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ +(?=[.,])/g, '')
    .replace(/^ +| +$/gm, '')
    .trim();
}
