import { z } from 'zod';
import { type AnswerCatalogue, createAnswers } from '../domain/answers.js';
import type { ConcealedWords } from '../domain/concealed-words.js';
import { naming, text } from './answers-schema.js';
import { ContentError, readJson } from './read-json.js';

const words = z.strictObject({
  bubbles: z.array(naming([])).min(1, { error: 'au moins une bulle attendue' }).max(2, { error: 'au plus 2 bulles' }),
  actions: z.array(z.string()).max(3, { error: 'au plus 3 boutons' }).exactOptional(),
});

const standIn = text.max(40, { error: 'texte trop long (40 caractères au plus)' });

const schema = z.strictObject({
  answer: standIn,
  corrected: standIn,
  receipt: standIn,
  receiptShown: naming([]),
  receiptOver: naming([]),
  words: z.strictObject({ failed: words, overtaken: words, notCorrected: words, hasAnswer: words }),
});

/**
 * The words that stand for what no transcript keeps.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @param actions the buttons that there are.
 * @throws ContentError with every fault of its concealed.json.
 */
export function loadConcealed(corpusDir: URL, { actions }: Pick<AnswerCatalogue, 'actions'>): ConcealedWords {
  const file = new URL('concealed.json', corpusDir.href.replace(/\/?$/, '/'));
  const { words: templates, ...standIns } = readJson(file, schema);
  const faults = Object.entries(templates).flatMap(([id, template]) =>
    (template.actions ?? [])
      .filter((action) => !Object.hasOwn(actions, action))
      .map((action) => `corpus/fr/concealed.json : words.${id}.actions : bouton « ${action} » inconnu`),
  );
  if (faults.length > 0) throw new ContentError(faults);
  const said = createAnswers({ answers: templates, actions });
  const render = (id: keyof typeof templates) => () => said.render(id);
  return {
    ...standIns,
    failed: render('failed'),
    overtaken: render('overtaken'),
    notCorrected: render('notCorrected'),
    hasAnswer: render('hasAnswer'),
  };
}
