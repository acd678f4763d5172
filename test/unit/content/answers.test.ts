import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadReplies } from '../../../src/content/load-replies.js';
import { ContentError } from '../../../src/content/read-json.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { INTENTS } from '../../../src/nlu/intent-recognizer.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);

type Data = Record<string, Record<string, unknown>>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function shipped(name: string): Data {
  return JSON.parse(readFileSync(new URL(name, CORPUS), 'utf8'));
}

/** The faults that loading reports when the shipped data is changed like this. */
function faultsOf(change: (data: { answers: Data; actions: Data; replies: Data }) => void): readonly string[] {
  const data = { answers: shipped('answers.json'), actions: shipped('actions.json'), replies: shipped('replies.json') };
  change(data);
  for (const [name, content] of Object.entries(data))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  return [...faultsIn(() => loadAnswers(pathToFileURL(folder))), ...faultsIn(() => loadReplies(pathToFileURL(folder)))];
}

function faultsIn(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
}

describe('the shipped data', () => {
  test('is without a fault', () => {
    expect(faultsOf(() => undefined)).toEqual([]);
  });

  test('offers every intent under a title of its own', () => {
    const answers = createAnswers(loadAnswers(CORPUS));
    const titles = INTENTS.flatMap((intent) => answers.render('disambiguate', {}, { actions: [intent] }));
    expect(
      titles.flatMap((content) => (content.kind === 'text' ? content.actions : [])).map((action) => action?.title),
    ).toHaveLength(INTENTS.length);
    const { actions } = loadAnswers(CORPUS);
    for (const intent of INTENTS) expect(answers.meaningOf(actions[intent]?.title ?? '')).toEqual({ intent });
  });

  test('welcomes in one sentence that says it is a robot, with four buttons', () => {
    expect(createAnswers(loadAnswers(CORPUS)).render('welcome')).toEqual([
      {
        kind: 'text',
        text: 'Bonjour, je suis un robot : je réponds à vos questions sur les délégués de police de Planoise.',
        actions: ['Horaires', 'Adresse', 'Signaler', 'Parler à un délégué'].map((title) => ({ title, value: title })),
      },
    ]);
  });

  test('apologises for a failed turn', () => {
    const texts = createAnswers(loadAnswers(CORPUS))
      .render('error.turn')
      .map((content) => content.kind === 'text' && content.text);
    expect(texts).toEqual([
      "J'ai un problème technique. Rien n'est perdu : réessayez dans un instant.",
      'En cas de danger, appelez le 17 ou le 112.',
    ]);
  });
});

describe('faults are named with their place', () => {
  test.each<[string, Parameters<typeof faultsOf>[0], RegExp]>([
    [
      'four bubbles',
      ({ answers }) => set(answers, 'answers', 'menu', { bubbles: ['a', 'b', 'c', 'd'] }),
      /menu\.bubbles.*3 bulles/,
    ],
    [
      'five buttons',
      ({ answers }) => set(answers, 'answers', 'menu', { bubbles: ['a'], actions: Array(5).fill('menu') }),
      /menu\.actions.*4 boutons/,
    ],
    [
      'an unknown button',
      ({ answers }) => set(answers, 'answers', 'menu', { bubbles: ['a'], actions: ['nope'] }),
      /menu\.actions.*« nope » inconnu/,
    ],
    ['a missing answer', ({ answers }) => delete answers.answers?.menu, /answers\.menu/],
    ['an unknown answer', ({ answers }) => set(answers, 'answers', 'meni', { bubbles: ['a'] }), /answers.*meni/],
    [
      'an unknown variable',
      ({ answers }) => set(answers, 'answers', 'hours.next', { bubbles: ['Le {quand}.'] }),
      /hours\.next\.bubbles\.0/,
    ],
    ['an exclamation mark', ({ answers }) => set(answers, 'phrases', 'at', 'Venez !'), /phrases\.at.*exclamation/],
    ['spaces around', ({ answers }) => set(answers, 'phrases', 'at', ' {address}'), /phrases\.at.*espaces/],
    [
      'a long title',
      ({ actions }) => setTitle(actions, 'menu', 'Voir tout ce que je sais faire'),
      /menu\.title.*24 caractères/,
    ],
    ['the same words twice', ({ actions }) => setTitle(actions, 'menu', 'voir l’ADRESSE'), /title : un autre bouton/],
    ['an intent without a button', ({ actions }) => delete actions['station.new'], /station\.new : bouton attendu/],
    [
      'an unknown meaning',
      ({ actions }) => set(actions, 'menu', 'meaning', { command: 'fly' }),
      /menu\.meaning.*commande connue/,
    ],
    [
      'a word with two meanings',
      ({ replies }) => set(replies, 'words', 'no', ['OUI']),
      /words\.no : « OUI » est déjà dans yes/,
    ],
  ])('%s', (_, change, expected) => {
    expect(faultsOf(change)).toContainEqual(expect.stringMatching(expected));
  });

  test('all at once', () => {
    const faults = faultsOf(({ answers, actions }) => {
      set(answers, 'phrases', 'at', 'Venez !');
      set(answers, 'answers', 'menu', { bubbles: [] });
      setTitle(actions, 'menu', '');
    });
    expect(faults).toHaveLength(3);
  });
});

describe('rendering', () => {
  const answers = createAnswers({
    answers: {
      two: { bubbles: [['Un.', 'Autre.'], 'Le {day} {more}.'], actions: ['go'] },
      hollow: { bubbles: ['{more}', 'Reste.'] },
    },
    actions: { go: { title: 'Voir l’adresse', meaning: { intent: 'permanence.location' } } },
    phrases: { at: 'Adresse : {address}.' },
  });

  test('takes the phrasing asked for, over and over', () => {
    const first = [0, 1, 2].map((phrasing) => answers.render('two', { day: '2', more: '' }, { phrasing })[0]);
    expect(first.map((content) => content?.kind === 'text' && content.text)).toEqual(['Un.', 'Autre.', 'Un.']);
  });

  test('leaves no trace of empty variables', () => {
    expect(answers.render('two', { day: '2', more: '' })[1]).toMatchObject({ text: 'Le 2.' });
    expect(answers.render('hollow', { more: '' })).toEqual([{ kind: 'text', text: 'Reste.' }]);
  });

  test('refuses what the catalogue does not hold', () => {
    expect(() => answers.render('constructor')).toThrow('No answer "constructor"');
    expect(() => answers.render('two', {}, { actions: ['nope'] })).toThrow();
    expect(() => answers.render('two', { day: '2' })).toThrow('variable "more"');
    expect(() => answers.phrase('nope')).toThrow('No phrase "nope"');
  });

  test('knows a button by its words, however they are typed', () => {
    expect(answers.meaningOf("  VOIR l'adresse. ")).toEqual({ intent: 'permanence.location' });
    expect(answers.meaningOf('voir')).toBeUndefined();
  });
});

describe('reply words', () => {
  const replies = loadReplies(CORPUS);

  test.each([
    ['OUI', 'yes'],
    ['oui merci', 'yes'],
    ['d’accord', 'yes'],
    ['Non, merci.', 'no'],
    ['annule svp', 'cancel'],
    ['retour', 'back'],
    ['le menu s’il vous plaît', 'menu'],
    ['JE SAIS PAS', 'dont-know'],
    ['oui mais non', undefined],
    ['merci', undefined],
    ['', undefined],
  ])('« %s » is %s', (text, command) => {
    expect(replies.commandOf(text)).toBe(command);
  });

  test('erases by its button only', () => {
    expect(Object.keys(shipped('replies.json').words ?? {})).not.toContain('erase');
  });

  test.each([
    ['Rappelez-moi !', 'callback'],
    ["je veux qu'on me rappelle svp", 'callback'],
    ['ok j’attends', 'wait'],
    ["il y a quelqu'un ?", 'wait'],
    ["Je n'attends plus", 'stop-waiting'],
    ['je passe', 'skip'],
    ["oui c'est bon", 'send'],
    ['Je me suis trompée', 'change'],
    ['Voir le menu', 'menu'],
  ])('« %s » is %s', (text, command) => {
    expect(replies.commandOf(text)).toBe(command);
  });

  test.each([
    ['Le matin', 'morning'],
    ["plutôt l'aprèm", 'afternoon'],
    ['en fin de journée', 'evening'],
    ["n'importe quand", 'any'],
    ['demain', undefined],
  ])('« %s » is the moment %s', (text, moment) => {
    expect(replies.momentOf(text)).toBe(moment);
  });

  test.each([
    ['demain matin', 'only'],
    ['plutôt mercredi vers 14h30 svp', 'only'],
    ["aujourd'hui après 18 h", 'only'],
    ["c'est ouvert demain ?", 'partly'],
    ['pas le matin', 'except'],
    ['tous les jours sauf mercredi', 'except'],
  ])('the moment in « %s »: %s', (text, scope) => {
    expect(replies.momentScope(text)).toBe(scope);
  });

  test.each([
    ['vous pouvez me rapeler demain', true],
    ['un délégué svp', false],
  ])('« %s » asks to be called back: %s', (text, isAsked) => {
    expect(replies.asksForCallback(text)).toBe(isAsked);
  });

  test.each([
    ['marie', 'Marie', false],
    ['FATIMA', 'FATIMA', false],
    ['jean-marc dupont', 'Jean-Marc Dupont', false],
    ["je m'appelle Aïcha.", 'Aïcha', true],
    ["moi c'est noël", 'Noël', true],
    ['Prénom : Éloïse', 'Éloïse', true],
  ])('the name in « %s » is %s', (text, name, isIntroduced) => {
    expect(replies.nameIn(text)).toEqual({ name, isIntroduced });
  });

  test.each([
    '',
    'pourquoi',
    'demain',
    'euh bah',
    '06 12',
    'marie@exemple.fr',
    'je ne vous le dirai pas',
    'x'.repeat(41),
  ])('there is no name in « %s »', (text) => {
    expect(replies.nameIn(text)).toBeUndefined();
  });

  test('tells the first from the second', () => {
    expect(['1', 'le premier', 'la 2e', 'le deuxième', 'le troisième'].map(replies.positionOf)).toEqual([
      0, 0, 1, 1, 2,
    ]);
  });

  test.each([
    ['LES DEUX', true],
    ['les 2 svp', true],
    ['deux', false],
    ['le premier', false],
  ])('« %s » means both: %s', (text, isBoth) => {
    expect(replies.meansBoth(text)).toBe(isBoth);
  });

  test.each([
    ['là maintenant', 'happening'],
    ["c'était hier", 'over'],
    ['Je suis à l’abri', 'safe'],
    ['je ne suis pas en sécurité', 'unsafe'],
    ['oui', undefined],
    ['demain', undefined],
  ])('« %s » tells that the danger is %s', (text, situation) => {
    expect(replies.situationOf(text)).toBe(situation);
  });

  test.each([
    ['et jeudi ?', []],
    ["ET L'ADRESSE ?", ['place']],
    ['et pour les comissaires', ['commissioners']],
    ['et à quelle heure la permanence ?', ['time', 'delegates']],
    ["et l'adresse e-mail ?", ['place', 'mail']],
    ["l'adresse ?", undefined],
    ['et hier soir il y avait encore du bruit devant chez moi', undefined],
  ])('« %s » goes on about %j', (text, topics) => {
    expect(replies.followUpOf(text)).toEqual(topics);
  });
});

function set(data: Data, part: string, key: string, value: unknown): void {
  data[part] = { ...data[part], [key]: value };
}

function setTitle(actions: Data, id: string, title: string): void {
  set(actions, id, 'title', title);
}
