import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Classifier } from '../../../src/nlu/classifier.js';
import { createEmergencyDetector } from '../../../src/nlu/emergency-detector.js';
import { LABELS } from '../../../src/nlu/labels.js';
import { lexicons, normalise } from './support.js';

const lexicon = lexicons.emergency;
const byRules = createEmergencyDetector({ lexicon, normalise, longestForModel: 500 });

function withModel(emergency: number) {
  const asked: string[] = [];
  const classifier: Classifier = {
    async classify(normalised) {
      asked.push(normalised);
      const others = (1 - emergency) / (LABELS.length - 1);
      return LABELS.map((label) => ({ label, probability: label === 'emergency' ? emergency : others }));
    },
  };
  const model = { classifier, emergencyAbove: 0.6 };
  return { asked, detector: createEmergencyDetector({ lexicon, normalise, model, longestForModel: 20 }) };
}

describe('the rules', () => {
  test.each([
    ['jveu mourir', ['suicide']],
    ['ya le feu', ['fire']],
    ['ILS ME SUIVENT', ['violence']],
    ['mon mari me tape', ['domestic']],
    ["adieu tout le monde, c'est fini pour moi", ['suicide']],
    ['ma mère ne respire plus', ['medical']],
    ['mon beau-père me touche', ['child']],
    ['quelqu’un essaie d’entrer chez moi', ['intrusion']],
    ['au secourssss', []],
  ])('%s', async (text, kinds) => {
    const assessment = await byRules.assess(text);
    expect(assessment?.kinds).toEqual(expect.arrayContaining(kinds));
  });

  test.each([
    'bonsoir',
    'je veux signaler du bruit',
    "c'est ouvert demain ?",
    'ça me tue',
    'mort de rire',
    'il y avait le feu la semaine dernière',
    'incendie de voiture le mois dernier',
    "quel est le numéro d'urgence ?",
    "j'ai vu un film, il a un couteau et il la tue",
    'au revoir',
    '',
    '🙂🙂',
  ])('nothing in « %s »', async (text) => {
    expect(await byRules.assess(text)).toBeUndefined();
  });

  test('what is past does not hide what is under way', async () => {
    expect(await byRules.assess('hier il m’a menacée et là il est en train de défoncer ma porte')).toBeDefined();
    expect(await byRules.assess('C’était calme hier. Il me frappe !')).toBeDefined();
  });

  test('suicidal words count even as a question', async () => {
    expect(await byRules.assess('que faire si je veux mourir ?')).toBeDefined();
  });

  test('read a long message to its end', async () => {
    expect(await byRules.assess(`${'bla '.repeat(900)}. il me frappe`)).toBeDefined();
  });
});

describe('the model', () => {
  test('counts from its threshold on, without a kind', async () => {
    expect(await withModel(0.6).detector.assess('bizarre')).toEqual({ kinds: [] });
    expect(await withModel(0.59).detector.assess('bizarre')).toBeUndefined();
  });

  test('is not asked about words that a guard explains, nor about nothing', async () => {
    const { asked, detector } = withModel(1);
    expect(await detector.assess('il y avait le feu la semaine dernière')).toBeUndefined();
    expect(await detector.assess('…')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('sees the beginning of a long message only', async () => {
    const { asked, detector } = withModel(0);
    await detector.assess('une phrase bien trop longue pour lui');
    expect(asked).toEqual(['une phrase bien trop']);
  });
});

test('never fails, and takes time in proportion to the text', async () => {
  const words = [
    'il',
    'elle',
    'me',
    'a',
    'un',
    'couteau',
    'veut',
    'mourir',
    'la',
    'porte',
    'dans',
    'de',
    'est',
    'le feu',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.array(fc.constantFrom(...words), { maxLength: 400 }).map((list) => list.join(' ')),
      ),
      async (text) => {
        const assessment = await byRules.assess(text);
        expect(assessment === undefined || Array.isArray(assessment.kinds)).toBe(true);
      },
    ),
  );
});
