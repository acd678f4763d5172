import { describe, expect, test } from '@jest/globals';
import { loadReportWords } from '../../../src/content/load-report.js';

const words = loadReportWords(new URL('../../../corpus/fr/', import.meta.url));

describe('the category that words betray', () => {
  test.each([
    ['bruit', 'noise'],
    ['mon voisin met la musique à fond', 'noise'],
    ['des RODÉOS', 'traffic'],
    ['motos sans casque', 'traffic'],
    ['ca deal dans mon hall', 'dealing'],
    ['des seringues dans le bac à sable', 'dealing'],
    ['tags sur tout l’immeuble', 'damage'],
    ['ils ont brûlé des poubelles', 'damage'],
    ["j'ai peur de rentrer", 'unsafe'],
    ['ma fille se fait siffler', 'unsafe'],
    ['un keuf m’a mal parlé pendant un contrôle', 'police'],
    ['un autre sujet', undefined],
    ['autre chose', 'other'],
    ['constructor', undefined],
    ['', undefined],
  ])('« %s » → %s', (text, category) => {
    expect(words.categoryIn(text)).toBe(category);
  });
});

describe('the place that a story names', () => {
  test.each([
    ['y a des rodéos rue de Picardie tous les soirs', 'rue de Picardie'],
    ['rue de picardie cette semaine', 'rue de picardie'],
    ['au 12 rue de Savoie, 3e étage', '12 rue de Savoie'],
    ["avenue de l'Île-de-France devant le kebab", "avenue de l'Île-de-France"],
    ['avenue ile de france', 'avenue ile de france'],
    ['au niveau de la place cassin', 'place cassin'],
    ['Rue René Char hier', 'Rue René Char'],
    ['rue de la gare', 'rue de la gare'],
    ['allée du parc', 'allée du parc'],
    ['à Époisses derrière la tour', 'Époisses'],
    ['vers epoisses', 'Époisses'],
  ])('« %s » → « %s »', (text, place) => {
    expect(words.placeIn(text)).toBe(place);
  });

  test.each([
    'dans ma rue la nuit',
    'ils cassent tout dans la rue',
    'une place de parking',
    'sur place des gens crient',
    'en bas de chez moi',
    'je prends la rue tous les soirs',
    '',
  ])('none in « %s »', (text) => {
    expect(words.placeIn(text)).toBeUndefined();
  });
});

describe('a story', () => {
  test.each([
    'ca deal dans mon hall',
    'du bruit la nuit sous ma fenêtre',
    "je veux vous dire qu'il y a des rats dans la cave",
    'they sell drugs here',
  ])('is told by « %s »', (text) => {
    expect(words.tellsStory(text)).toBe(true);
  });

  test.each([
    'je veux faire un signalement',
    'Bonjour, je voudrais signaler un problème dans mon quartier svp',
    'comment on fait pour signaler quelque chose à la police',
    'rodéo',
    'nuisances sonores',
    '',
  ])('is not told by « %s »', (text) => {
    expect(words.tellsStory(text)).toBe(false);
  });
});

test.each([
  ["Non, rien d'autre. Merci !", true],
  ['C TOUT', true],
  ['rien ne va', false],
])('« %s » says nothing: %s', (text, saysNothing) => {
  expect(words.saysNothing(text)).toBe(saysNothing);
});

test.each([
  ['…', true],
  ['hein ?', true],
  ['rue', false],
])('« %s » answers no question: %s', (text, isUnclear) => {
  expect(words.isUnclear(text)).toBe(isUnclear);
});

test.each([
  ["c'est anonyme", true],
  ['qui lit', true],
  ['ça marche comment ?', true],
  ['mon voisin crie', false],
  [`c'est ${'un long récit '.repeat(8)} ?`, false],
])('« %s » is put as a question: %s', (text, isQuestion) => {
  expect(words.isQuestion(text)).toBe(isQuestion);
});

test.each([
  ['en bas de chez moi', true],
  ["devant l'école", true],
  ['chez moi il y a le feu', false],
])('« %s » names a place and nothing else: %s', (text, isOnlyPlace) => {
  expect(words.isOnlyPlace(text)).toBe(isOnlyPlace);
});
