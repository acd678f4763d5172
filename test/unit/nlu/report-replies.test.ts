import { beforeAll, expect, test } from '@jest/globals';
import { assembleNlu, type Nlu } from '../../../src/nlu/create-nlu.js';
import { CORPUS_DIR, lexicons, loadTestModel } from './support.js';

let nlu: Nlu;
beforeAll(async () => {
  nlu = assembleNlu(await loadTestModel(), CORPUS_DIR, lexicons);
}, 120_000);

// Delegates would be called for each of these, and the numbers shown under every question.
test.each([
  'chez moi',
  'en bas de chez moi',
  'chez les voisins du 3e',
  'place Cassin',
  '12 rue de Dole',
  'devant le collège',
  'ds ma cage descalier',
  'attention il y a un chien',
  'des enfants jouent à côté',
])('a place, or what to know before coming, is no danger by itself: « %s »', async (text) => {
  expect(await nlu.emergency.assess(text)).toBeUndefined();
});

test.each([
  'il est chez moi',
  'police vite rue de Dole',
  'ils sont place Cassin avec des barres',
  'un chien attaque un enfant',
  'il y a un bébé tout seul dans la voiture',
])('a danger in the same place still is one: « %s »', async (text) => {
  expect(await nlu.emergency.assess(text)).toMatchObject({ level: 2 });
});
