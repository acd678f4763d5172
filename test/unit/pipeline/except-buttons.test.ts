import { expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { exceptButtons } from '../../../src/pipeline/except-buttons.js';

const catalogue = loadAnswers(new URL('../../../corpus/fr/', import.meta.url));
const alarmist = { assess: async () => ({ level: 2, kinds: ['fire'] }) as const };

test('no button is taken for a danger, and all else is looked at', async () => {
  const detector = exceptButtons(alarmist, createAnswers(catalogue));
  const titles = Object.values(catalogue.actions).map(({ title }) => title);
  expect(titles.length).toBeGreaterThan(10);
  for (const title of titles) expect(await detector.assess(title)).toBeUndefined();
  expect(await detector.assess('y a le feu')).toEqual({ level: 2, kinds: ['fire'] });
});
