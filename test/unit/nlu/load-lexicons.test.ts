import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { ContentError } from '../../../src/content/read-json.js';
import { loadLexicons } from '../../../src/nlu/load-lexicons.js';
import { CORPUS_DIR } from './support.js';

function faultsAfter(change: (read: (name: string) => Record<string, unknown>) => Record<string, unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'lexicons-'));
  cpSync(fileURLToPath(new URL('nlu', CORPUS_DIR)), join(folder, 'nlu'), { recursive: true });
  const path = (name: string) => join(folder, 'nlu', `${name}.json`);
  const changed = change((name) => JSON.parse(readFileSync(path(name), 'utf8')));
  for (const [name, content] of Object.entries(changed)) writeFileSync(path(name), JSON.stringify(content));
  try {
    loadLexicons(pathToFileURL(folder));
    return [];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
}

test('the shipped lexicons hold what they must', () => {
  expect(faultsAfter(() => ({}))).toEqual([]);
});

test('the faults of all files come together, in French, with their place', () => {
  const faults = faultsAfter((read) => ({
    normaliser: { ...read('normaliser'), words: { Été: 'x' } },
    sectors: { sectors: [], never: [] },
    dates: { ...read('dates'), feasts: { noel: '25 décembre' } },
    decision: { ...read('decision'), answerAbove: 2 },
    emergency: {
      ...read('emergency'),
      rules: [{ id: 'x', kinds: ['fire'], patterns: ['@nowhere'], unless: ['nothing'] }],
    },
  })).join('\n');
  expect(faults).toMatch(/normaliser\.json : words/);
  expect(faults).toMatch(/sectors\.json : sectors : un secteur manque/);
  expect(faults).toMatch(/dates\.json : feasts\.noel : le jour d’une fête s’écrit MM-JJ/);
  expect(faults).toMatch(/decision\.json : answerAbove : entre 0 et 1/);
  expect(faults).toMatch(/motif illisible : @nowhere/);
  expect(faults).toMatch(/garde inconnue : nothing/);
});
