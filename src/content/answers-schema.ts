import { z } from 'zod';
import { ANSWER_VARIABLES, PHRASE_VARIABLES } from '../domain/answer-ids.js';
import type { ActionTemplate, AnswerTemplate } from '../domain/answers.js';
import { MOMENTS } from '../domain/form-words.js';
import { COMMANDS, type ReplyCatalogue, SITUATIONS, TOPICS } from '../domain/reply-words.js';
import { INTENTS } from '../nlu/intent-recognizer.js';

/** The schemas of answers.json, actions.json and replies.json. What only several files can tell is checked by the loaders. */

const MAX_BUBBLES = 3;
const MAX_ACTIONS = 4;
const MAX_PHRASINGS = 5;
/** A longer title is cut on a phone of 320 px. */
const MAX_TITLE = 24;

/** What people read: short, tidy, without exclamation marks. */
export const text = z
  .string({ error: 'texte attendu' })
  .max(400, { error: 'texte trop long (400 caractères au plus)' })
  .refine((value) => value.trim() !== '' && value === value.trim(), { error: "texte vide, ou entouré d'espaces" })
  .refine((value) => !value.includes('!'), { error: "un point d'exclamation est de trop" });

/** A text may name these variables in braces, and no other. */
export function naming(variables: readonly string[]): z.ZodType<string> {
  const known = variables.map((name) => `{${name}}`).join(', ') || 'aucune';
  return text.refine((value) => variablesIn(value).every((name) => variables.includes(name)), {
    error: `variable inconnue ; variables possibles : ${known}`,
  });
}

function variablesIn(value: string): readonly string[] {
  return Array.from(value.matchAll(/\{([^{}]*)\}/g), ([, name = '']) => name);
}

function answer(variables: readonly string[]): z.ZodType<AnswerTemplate> {
  const bubble = naming(variables);
  const phrasings = z.array(bubble).min(2).max(MAX_PHRASINGS);
  return z.strictObject({
    bubbles: z
      .array(z.union([bubble, phrasings], { error: 'texte avec ses seules variables, ou liste de tels textes' }))
      .min(1, { error: 'au moins une bulle attendue' })
      .max(MAX_BUBBLES, { error: `au plus ${MAX_BUBBLES} bulles` }),
    actions: z
      .array(z.string())
      .max(MAX_ACTIONS, { error: `au plus ${MAX_ACTIONS} boutons` })
      .exactOptional(),
  });
}

/** Every id that the code says must be there, and no other: a misspelt id would be two faults. */
function exactly<Entry>(
  variables: Readonly<Record<string, readonly string[]>>,
  entry: (names: readonly string[]) => z.ZodType<Entry>,
): z.ZodType<Record<string, Entry>> {
  return z.strictObject(Object.fromEntries(Object.entries(variables).map(([id, names]) => [id, entry(names)])));
}

export const answersSchema = z.strictObject({
  answers: exactly(ANSWER_VARIABLES, answer),
  phrases: exactly(PHRASE_VARIABLES, naming),
});

export const actionsSchema: z.ZodType<Record<string, ActionTemplate>> = z.record(
  z.string(),
  z.strictObject({
    title: text.max(MAX_TITLE, { error: `titre trop long (${MAX_TITLE} caractères au plus)` }),
    meaning: z.union([z.strictObject({ intent: z.enum(INTENTS) }), z.strictObject({ command: z.enum(COMMANDS) })], {
      error: 'intention ou commande connue attendue',
    }),
  }),
);

const wordList = z.array(text).min(1, { error: 'au moins un mot attendu' });

export const repliesSchema: z.ZodType<ReplyCatalogue> = z.strictObject({
  words: z.strictObject({
    yes: wordList,
    no: wordList,
    cancel: wordList,
    back: wordList,
    menu: wordList,
    'dont-know': wordList,
    callback: wordList,
    wait: wordList,
    'stop-waiting': wordList,
    skip: wordList,
    send: wordList,
    change: wordList,
    resume: wordList,
  }),
  positions: z.array(wordList).length(3, { error: 'trois listes attendues' }),
  both: wordList,
  situations: z.record(z.enum(SITUATIONS), wordList),
  followUps: z.strictObject({ openers: wordList, topics: z.record(z.enum(TOPICS), wordList) }),
  moments: z.strictObject({ whole: z.record(z.enum(MOMENTS), wordList), words: wordList, exceptions: wordList }),
  callback: wordList,
  names: z.strictObject({ openers: wordList, others: wordList }),
  polite: wordList,
});
