import { beforeAll, describe, expect, test } from '@jest/globals';
import type { IntentRecognizer } from '../../../src/nlu/intent-recognizer.js';
import { createLanguageDetector } from '../../../src/nlu/language-detector.js';
import { loadCorpus } from '../../../src/nlu/load-corpus.js';
import { createNlpjsClassifier } from '../../../src/nlu/nlpjs-classifier.js';
import { createRecognizer } from '../../../src/nlu/nlpjs-recognizer.js';
import { analyse, CORPUS_DIR, lexicons, loadTestModel, normalise } from './support.js';

const NOW = new Date('2026-11-23T09:00:00Z');

let recognizer: IntentRecognizer;
beforeAll(async () => {
  recognizer = createRecognizer(createNlpjsClassifier(await loadTestModel(), analyse), lexicons);
});

describe('other languages', () => {
  const detect = createLanguageDetector(lexicons.languages);

  test.each([
    ['Where is the police station?', 'en'],
    ['do you speak English', 'en'],
    ['can you help me with a complaint', 'en'],
    ['السلام عليكم', 'ar'],
    ['أين مركز الشرطة؟', 'ar'],
    ['merhaba', 'tr'],
    ['Türkçe biliyor musunuz?', 'tr'],
    ['polis çağırın lütfen', 'tr'],
    ['¿Dónde está la comisaría?', 'es'],
    ['necesito hablar con la policía por favor', 'es'],
    ['fala português?', 'pt'],
    ['quero falar com alguém', 'pt'],
  ])('%s → %s', (text, language) => {
    expect(detect(text)).toBe(language);
  });

  test.each([
    'bonjour',
    'slt jveux savoir kan vs ete la',
    'moi pas parler bien français',
    'mon nom est Yilmaz',
    'je suis Maria da Silva',
    'ok thanks pour tout',
    'le mail svp',
    'salam aleykoum mon frère, la permanence est où',
    '06 12 34 56 78',
    '',
  ])('French: « %s »', (text) => {
    expect(detect(text)).toBeUndefined();
  });

  test('seldom where the corpus is French', () => {
    const examples = loadCorpus(CORPUS_DIR, normalise).filter(({ label }) => label !== 'None' && label !== 'emergency');
    const mistaken = examples.filter(({ text }) => detect(text) !== undefined);
    expect(mistaken.length / examples.length).toBeLessThan(0.002);
  });

  test('are told, and nothing is answered', async () => {
    const recognition = await recognizer.recognise('Where is the police station?', NOW);
    expect(recognition).toMatchObject({ language: 'en', decision: { kind: 'unsure' }, requests: [] });
  });
});

describe('several requests in one message', () => {
  test.each([
    ["c'est où et à quelle heure ?", ['permanence.location', 'permanence.hours']],
    ['vous êtes où et quels jours ?', ['permanence.location', 'permanence.hours']],
    ["il faut un rdv ? et c'est où", ['permanence.appointment', 'permanence.location']],
  ])('%s', async (text, requests) => {
    const recognition = await recognizer.recognise(text, NOW);
    expect(recognition.requests).toEqual(requests);
    expect(requests).toContain(recognition.decision.kind === 'answer' && recognition.decision.intent);
  });

  test.each([
    ['bonjour, c’est où ?', ['permanence.location']],
    ['quels sont vos horaires ?', ['permanence.hours']],
    ['azerty uiop', []],
  ])('one, or none: %s', async (text, requests) => {
    expect((await recognizer.recognise(text, NOW)).requests).toEqual(requests);
  });
});
