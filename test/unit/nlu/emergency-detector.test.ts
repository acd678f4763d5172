import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Classifier } from '../../../src/nlu/classifier.js';
import { createEmergencyDetector } from '../../../src/nlu/emergency-detector.js';
import { LABELS } from '../../../src/nlu/labels.js';
import { lexicons, normalise } from './support.js';

const lexicon = lexicons.emergency;
const byRules = createEmergencyDetector({ lexicon, normalise, longestForModel: 500 });

function withModel(emergency: number, longestForModel = 20) {
  const asked: string[] = [];
  const classifier: Classifier = {
    async classify(text) {
      asked.push(text);
      const others = (1 - emergency) / (LABELS.length - 1);
      return LABELS.map((label) => ({ label, probability: label === 'emergency' ? emergency : others }));
    },
  };
  const thresholds = { sureAbove: 0.6, riskAbove: 0.2, absurdUnder: 0.05 };
  const model = { classifier, thresholds };
  return { asked, detector: createEmergencyDetector({ lexicon, normalise, model, longestForModel }) };
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
    "quel est le numéro d'urgence ?",
    "j'ai vu un film, il a un couteau et il la tue",
    'au revoir',
    '',
    '🙂🙂',
  ])('nothing in « %s »', async (text) => {
    expect(await byRules.assess(text)).toBeUndefined();
  });

  test.each(['il y avait le feu la semaine dernière', 'incendie de voiture le mois dernier'])(
    'level 1 for what is past: « %s »',
    async (text) => {
      expect((await byRules.assess(text))?.level).toBe(1);
    },
  );

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
  test.each([
    ['bizarre', 0.6, { kinds: [], level: 2 }],
    ['bizarre', 0.59, { kinds: [], level: 1 }],
    ['bizarre', 0.19, undefined],
    // A rule speaks of danger, and the model finds it absurd.
    ['il me frappe', 0.06, { kinds: ['violence'], level: 2 }],
    ['il me frappe', 0.04, { kinds: ['violence'], level: 1 }],
    // A guard explains the rule away.
    ["j'ai vu un film, il a un couteau et il la tue", 0.5, undefined],
    ["j'ai vu un film, il a un couteau et il la tue", 0.7, { kinds: ['violence'], level: 1 }],
    // What is past is never a danger under way.
    ['il y avait le feu la semaine dernière', 0, { kinds: ['fire'], level: 1 }],
    ['il y avait le feu la semaine dernière', 1, { kinds: ['fire'], level: 1 }],
  ])('« %s », emergency at %d', async (text, probability, expected) => {
    expect(await withModel(probability, 500).detector.assess(text)).toEqual(expected);
  });

  test('is not asked about nothing', async () => {
    const { asked, detector } = withModel(1);
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
