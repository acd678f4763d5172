import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadOtherLanguages } from '../../../src/content/load-other-languages.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { createLanguageAnswer } from '../../../src/domain/other-languages.js';
import { OTHER_LANGUAGES } from '../../../src/nlu/intent-recognizer.js';
import { FACTS } from '../../support/transcript.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);

type Data = Record<string, Record<string, unknown>>;

/** Loads the shipped data after a change to it. */
function loadChanged(change: (data: Data) => void): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'languages-'));
  const data: Data = JSON.parse(readFileSync(new URL('other-languages.json', CORPUS), 'utf8'));
  change(data);
  writeFileSync(join(folder, 'other-languages.json'), JSON.stringify(data));
  try {
    return loadOtherLanguages(pathToFileURL(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the words in other languages', () => {
  test('are there for each language that is recognised', () => {
    expect(Object.keys(loadOtherLanguages(CORPUS)).sort()).toEqual([...OTHER_LANGUAGES].sort());
  });

  test.each(OTHER_LANGUAGES)(
    '%s: two bubbles, the three numbers in words and as links, a person in both languages',
    (language) => {
      const answers = createAnswers(loadAnswers(CORPUS));
      const answer = createLanguageAnswer({ answers, facts: FACTS, otherLanguages: loadOtherLanguages(CORPUS) });
      const [, numbers, ...others] = answer(language);
      expect(others).toEqual([]);
      if (numbers?.kind !== 'text') throw new Error('A text was expected');
      for (const number of ['17', '112', '114']) expect(numbers.text).toMatch(new RegExp(`(?<!\\d)${number}(?!\\d)`));
      expect(numbers.card?.links.map(({ url }) => url)).toEqual(['tel:17', 'tel:112', 'sms:114']);
      expect(numbers.actions).toEqual([
        { title: expect.stringMatching(/ · Parler à un délégué$/), value: 'Parler à un délégué' },
      ]);
    },
  );

  test('Arabic begins with the mark and is isolated, whatever surrounds it', () => {
    const answers = createAnswers(loadAnswers(CORPUS));
    const answer = createLanguageAnswer({ answers, facts: FACTS, otherLanguages: loadOtherLanguages(CORPUS) });
    for (const content of answer('ar')) {
      expect(content).toMatchObject({ text: expect.stringMatching(/^\u200f\u2067[^\u2066-\u2069]+\u2069$/) });
    }
  });

  test('a language without words is a fault of the code', () => {
    const answers = createAnswers(loadAnswers(CORPUS));
    expect(() => createLanguageAnswer({ answers, facts: FACTS, otherLanguages: {} })('en')).toThrow('"en"');
  });
});

describe('faults are named with their place', () => {
  test.each<[string, (data: Data) => void, RegExp]>([
    ['a missing language', (data) => delete data.ar, /ar/],
    ['an unknown language', (data) => Object.assign(data, { xx: data.en }), /xx|langue/],
    [
      'a number left out',
      ({ en }) => Object.assign(en ?? {}, { lines: ['A', 'Call {17} or {112}.'] }),
      /en\.lines\.1.*\{114\}/,
    ],
    ['one line', ({ en }) => Object.assign(en ?? {}, { lines: ['A'] }), /en\.lines/],
    [
      'an exclamation mark',
      ({ es }) => Object.assign(es ?? {}, { lines: ['¡Hola!', '{17} {112} {114}'] }),
      /es\.lines\.0.*exclamation/,
    ],
    ['another direction', ({ ar }) => Object.assign(ar ?? {}, { direction: 'up' }), /ar\.direction.*rtl/],
  ])('%s', (_, change, expected) => {
    expect(() => loadChanged(change)).toThrow(expected);
  });
});
