import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadReplies } from '../../../src/content/load-replies.js';
import { loadReportWords } from '../../../src/content/load-report.js';
import { ContentError } from '../../../src/content/read-json.js';
import { createAnswers, foldText } from '../../../src/domain/answers.js';
import { REPORT_CATEGORIES, REPORT_STEPS } from '../../../src/domain/report-answers.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const answers = createAnswers(loadAnswers(CORPUS));
const replies = loadReplies(CORPUS);
const words = loadReportWords(CORPUS);

interface Data {
  places: { name: string; source: string; checkedOn: string }[];
  requests: string[];
  [part: string]: unknown;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function faultsOf(change: (data: Data) => void): readonly string[] {
  const data: Data = JSON.parse(readFileSync(new URL('report.json', CORPUS), 'utf8'));
  change(data);
  writeFileSync(join(folder, 'report.json'), JSON.stringify(data));
  try {
    loadReportWords(pathToFileURL(folder));
    return [];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
}

describe('the data', () => {
  test('is without a fault as it is shipped', () => {
    expect(faultsOf(() => undefined)).toEqual([]);
  });

  test.each<[string, (data: Data) => void, RegExp]>([
    ['a missing part', (data) => delete data.streets, /report\.json : streets/],
    ['an unknown part', (data) => (data.more = []), /report\.json/],
    ['no words', (data) => (data.requests = []), /requests : au moins un mot attendu/],
    ['too many places', (data) => data.places.push(...data.places), /places : au plus 3 lieux/],
    ['a day in words', ({ places: [place] }) => Object.assign(place ?? {}, { checkedOn: 'hier' }), /checkedOn/],
    ['no source', ({ places: [place] }) => Object.assign(place ?? {}, { source: '' }), /source/],
  ])('%s is named with its place', (_, change, expected) => {
    expect(faultsOf(change)).toContainEqual(expect.stringMatching(expected));
  });
});

describe('buttons whose words are facts', () => {
  const titles = [
    ...REPORT_CATEGORIES.map((category) => answers.phrase(`report.category.${category}`)),
    ...REPORT_STEPS.map((step) => answers.phrase(`report.title.${step}`)),
    ...words.places,
  ];

  test.each(titles)('« %s » is short, and means nothing else', (title) => {
    expect(title.length).toBeLessThanOrEqual(24);
    expect(answers.meaningOf(title)).toBeUndefined();
    expect(replies.commandOf(title)).toBeUndefined();
  });

  test('are all different', () => {
    expect(new Set(titles.map(foldText)).size).toBe(titles.length);
  });

  test.each(REPORT_STEPS)('the answer to « %s » is known by its title and otherwise', (step) => {
    const title = answers.phrase(`report.title.${step}`);
    expect([step, undefined]).toContain(words.stepIn(title));
  });
});
