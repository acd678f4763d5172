import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { ContentError } from '../../../src/content/read-json.js';
import { LABELS } from '../../../src/nlu/labels.js';
import { loadCorpus } from '../../../src/nlu/load-corpus.js';
import { CORPUS_DIR, normalise } from './support.js';

/** A faultless corpus but for what `change` does to it. */
function writeCorpus(change: (utterances: Record<string, string[]>) => void = () => undefined): URL {
  const corpus = Object.fromEntries(
    LABELS.map((label, at) => [label, Array.from({ length: 30 }, (_, line) => `phrase numéro ${at * 30 + line}`)]),
  );
  change(corpus);
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  mkdirSync(join(folder, 'intents'));
  for (const [intent, utterances] of Object.entries(corpus)) {
    const file = { name: intent, locale: 'fr-FR', data: [{ intent, utterances }] };
    writeFileSync(join(folder, 'intents', `${intent}.json`), JSON.stringify(file));
  }
  return pathToFileURL(folder);
}

function faultsOf(corpusDir: URL): readonly string[] {
  try {
    loadCorpus(corpusDir, normalise);
    return [];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
}

describe('the corpus', () => {
  test('that is shipped holds every label', () => {
    const labels = new Set(loadCorpus(CORPUS_DIR, normalise).map(({ label }) => label));
    expect([...labels].sort()).toEqual([...LABELS].sort());
  });

  test('is read in one order', () => {
    const examples = loadCorpus(writeCorpus(), normalise);
    expect(examples).toHaveLength(LABELS.length * 30);
    expect(examples[0]).toEqual({ text: `phrase numéro ${LABELS.indexOf('None') * 30}`, label: 'None', voice: 0 });
  });

  test('may hold spellings that the normaliser makes one: they are learnt once', () => {
    const corpusDir = writeCorpus((corpus) => corpus['smalltalk.greeting']?.push('Salut !', 'slt'));
    expect(loadCorpus(corpusDir, normalise).filter(({ text }) => normalise(text) === 'salut')).toHaveLength(1);
  });

  test('shows all its faults at once', () => {
    const faults = faultsOf(
      writeCorpus((corpus) => {
        corpus['bot.help'] = ['phrase seule'];
        corpus['smalltalk.thanks']?.push('Grand merci', 'grand merci', '!!!');
        corpus['smalltalk.abuse']?.push('grand mci');
        corpus['hors.contrat'] = ['phrase de trop'];
      }),
    );
    expect(faults).toHaveLength(5);
    expect(faults.join('\n')).toMatch(/bot\.help a 1 phrases, il en faut au moins 30/);
    expect(faults.join('\n')).toMatch(/« grand merci » est deux fois sous smalltalk\.thanks/);
    expect(faults.join('\n')).toMatch(/« !!! » \(smalltalk\.thanks\) ne contient aucun mot/);
    expect(faults.join('\n')).toMatch(/est sous smalltalk\.abuse et sous smalltalk\.thanks/);
    expect(faults.join('\n')).toMatch(/hors\.contrat\.json.*intention inconnue/);
  });

  test('that is missing is a fault, not a crash', () => {
    expect(faultsOf(pathToFileURL(join(tmpdir(), 'nowhere')))).toEqual([
      'corpus/fr/intents : dossier illisible (ENOENT)',
    ]);
  });
});
