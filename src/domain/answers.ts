import type { Card, Content, SuggestedAction } from './message.js';

/** One answer: at most three bubbles; `{name}` in a text stands for a variable given at rendering. */
export interface AnswerTemplate {
  readonly bubbles: readonly string[];
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
}

export interface Answers {
  /**
   * Renders one answer. `card` goes under the last bubble.
   * @throws Error for an unknown id or a variable not given: a fault of the code, found by the tests.
   */
  render(id: string, variables?: Readonly<Record<string, string>>, options?: RenderOptions): readonly Content[];
  /** The meaning of a button's words, whatever their case, accents and spaces; undefined for other text. */
  meaningOf(text: string): ActionTemplate['meaning'] | undefined;
}

export interface RenderOptions {
  readonly card?: Card;
  /** In place of the template's own. */
  readonly actions?: readonly string[];
}

export function createAnswers({ answers, actions }: AnswerCatalogue): Answers {
  const meanings = new Map(Object.values(actions).map(({ title, meaning }) => [foldText(title), meaning]));

  function button(id: string): SuggestedAction {
    const action = actions[id];
    if (!action) throw new Error(`No action "${id}" in the catalogue`);
    return { title: action.title, value: action.title };
  }

  return {
    render(id, variables = {}, options = {}) {
      const template = answers[id];
      if (!template) throw new Error(`No answer "${id}" in the catalogue`);
      const buttons = (options.actions ?? template.actions ?? []).map(button);
      return template.bubbles.map((bubble, index): Content => {
        const text = fill(bubble, variables, id);
        if (index < template.bubbles.length - 1) return { kind: 'text', text };
        return {
          kind: 'text',
          text,
          ...(options.card && { card: options.card }),
          ...(buttons.length > 0 && { actions: buttons }),
        };
      });
    },
    meaningOf: (text) => meanings.get(foldText(text)),
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

function fill(bubble: string, variables: Readonly<Record<string, string>>, id: string): string {
  return bubble.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`Answer "${id}" needs a variable "${name}"`);
    return value;
  });
}
