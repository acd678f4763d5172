import type { z } from 'zod';
import { ACTIONS_BY_ID } from '../domain/answer-ids.js';
import { type ActionTemplate, type AnswerCatalogue, type AnswerTemplate, foldText } from '../domain/answers.js';
import { INTENTS } from '../nlu/intent-recognizer.js';
import { actionsSchema, answersSchema } from './answers-schema.js';
import { ContentError, readJson } from './read-json.js';

/**
 * Everything that the assistant says, and its buttons.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of both files.
 */
export function loadAnswers(corpusDir: URL): AnswerCatalogue {
  const faults: string[] = [];

  function read<Output>(name: string, schema: z.ZodType<Output>): Output | undefined {
    try {
      return readJson(new URL(name, corpusDir.href.replace(/\/?$/, '/')), schema);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  }

  const said = read('answers.json', answersSchema);
  const actions = read('actions.json', actionsSchema);
  if (actions) faults.push(...missingActions(actions), ...ambiguousTitles(actions));
  if (said && actions) faults.push(...unknownActions(said.answers, actions));
  if (faults.length > 0 || !said || !actions) throw new ContentError(faults);
  return { ...said, actions };
}

/** Each intent needs a title to be offered under, in « Vouliez-vous dire ». */
function missingActions(actions: Readonly<Record<string, ActionTemplate>>): string[] {
  return [...INTENTS, ...ACTIONS_BY_ID]
    .filter((id) => !Object.hasOwn(actions, id))
    .map((id) => `corpus/fr/actions.json : ${id} : bouton attendu`);
}

/** A press comes in as plain words: the same words cannot mean two things. */
function ambiguousTitles(actions: Readonly<Record<string, ActionTemplate>>): string[] {
  const seen = new Set<string>();
  return Object.entries(actions).flatMap(([id, { title }]) => {
    const folded = foldText(title);
    const isTaken = seen.has(folded);
    seen.add(folded);
    return isTaken ? [`corpus/fr/actions.json : ${id}.title : un autre bouton dit déjà ces mots`] : [];
  });
}

function unknownActions(
  answers: Readonly<Record<string, AnswerTemplate>>,
  actions: Readonly<Record<string, ActionTemplate>>,
): string[] {
  return Object.entries(answers).flatMap(([id, { actions: named = [] }]) =>
    named
      .filter((action) => !Object.hasOwn(actions, action))
      .map((action) => `corpus/fr/answers.json : answers.${id}.actions : bouton « ${action} » inconnu`),
  );
}
