import { describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../src/content/load-answers.js';
import { createNlu } from '../../src/nlu/create-nlu.js';

const CORPUS = new URL('../../corpus/fr/', import.meta.url);
const MODEL = new URL('../../dist/model/fr.json', import.meta.url);

describe('buttons', () => {
  test('none of them is taken for a danger, or its press would be answered with numbers over and over', async () => {
    const { emergency } = await createNlu({ corpusDir: CORPUS, modelFile: MODEL });
    const titles = Object.values(loadAnswers(CORPUS).actions).map(({ title }) => title);
    const found = await Promise.all(titles.map((title) => emergency.assess(title)));
    expect(titles.filter((_, index) => found[index])).toEqual([]);
  });
});
