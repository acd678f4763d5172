import type { Example } from '../classifier.js';
import { assembleNlu } from '../create-nlu.js';
import { crossValidate, foldsByVoice } from '../cross-validate.js';
import { loadLexicons } from '../load-lexicons.js';
import { createNormaliser } from '../normalise.js';
import { loadTeacher } from '../train.js';
import { type JudgedLine, judgeLines, type TestLine } from './judged-line.js';
import { foldsByPhrasing } from './near-duplicates.js';

const FOLDS = 5;

/** Each line of the corpus by a whole recogniser that has not learnt it, nor what is nearly the same or of its author. */
export async function judgeByFolds(
  examples: readonly Example[],
  by: 'phrasing' | 'author',
  corpusDir: URL,
  prepare: (lines: readonly TestLine[]) => readonly TestLine[],
): Promise<readonly JudgedLine[]> {
  const lexicons = loadLexicons(corpusDir);
  const normalise = createNormaliser(lexicons.normaliser);
  const texts = examples.map(({ text }) => normalise(text));
  const folds = by === 'author' ? foldsByVoice(examples) : foldsByPhrasing(texts, FOLDS);
  const judged: JudgedLine[] = [];
  await crossValidate(examples, folds, loadTeacher(corpusDir), async (model, heldOut) => {
    const calibrated = { ...model, temperature: lexicons.decision.temperature };
    const lines = prepare(heldOut.map(({ text, label }) => ({ text, intent: label })));
    judged.push(...(await judgeLines(assembleNlu(calibrated, corpusDir, lexicons), lines)));
  });
  return judged;
}
