import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadReplies } from '../../../src/content/load-replies.js';
import { loadReportWords } from '../../../src/content/load-report.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { COMMANDS, type Command } from '../../../src/domain/reply-words.js';
import {
  LONGEST_ANSWER,
  REPORT_CATEGORIES,
  REPORT_STEPS,
  type ReportAnswer,
  type ReportStep,
} from '../../../src/domain/report-answers.js';
import { createReportFlow } from '../../../src/domain/report-flow.js';
import { createMomentReader } from '../../../src/domain/report-moment.js';
import {
  nextPlace,
  passOver,
  placeBefore,
  progressOf,
  recapOf,
  type WalkDraft,
  type WalkReply,
} from '../../../src/domain/report-walk.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const answers = createAnswers(loadAnswers(CORPUS));
const words = loadReportWords(CORPUS);
const flow = createReportFlow({
  words,
  moments: createMomentReader({ answers, dates: loadDateWords(CORPUS), words }),
  contacts: loadReplies(CORPUS),
  titleOf: (category) => answers.phrase(`report.category.${category}`),
  sharedPlace: 'Position partagée',
});

const NOW = new Date('2026-11-23T09:00:00Z');
const NOTHING: WalkDraft = { answered: [], known: {} };

function reply(text: string, more: Partial<WalkReply> = {}): WalkReply {
  return { text, now: NOW, ...more };
}

function draftOf(...given: readonly ReportAnswer[]): WalkDraft {
  return {
    answered: REPORT_STEPS.filter((step) => given.some((answer) => answer.step === step)),
    known: Object.fromEntries(given.map((answer) => [answer.step, answer])),
  };
}

describe('the order of the walk', () => {
  test('is of seven steps, each of which says where it is', () => {
    expect([...REPORT_STEPS, 'recap' as const].map(progressOf)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((step) => ({ step, of: 7 })),
    );
  });

  test('goes to the first question without an answer, and then to the recap', () => {
    expect(nextPlace([])).toBe('category');
    expect(nextPlace(['category', 'what'])).toBe('where');
    expect(nextPlace(REPORT_STEPS)).toBe('recap');
  });

  test('goes back to the question before', () => {
    expect(placeBefore('category')).toBeUndefined();
    expect(placeBefore('recap')).toBe('contact');
    expect(REPORT_STEPS.slice(1).map(placeBefore)).toEqual(REPORT_STEPS.slice(0, -1));
  });

  test('passes over what may be, and nothing else', () => {
    expect(REPORT_STEPS.filter((step) => passOver(step))).toEqual(['where', 'when', 'more', 'contact']);
    expect(passOver('contact')).toEqual({ step: 'contact', contact: { kind: 'anonymous' } });
  });

  test('reads back what can still be read', () => {
    const what: ReportAnswer = { step: 'what', text: 'du bruit' };
    expect(recapOf({ answered: ['category', 'what'], known: { what } })).toEqual([
      { step: 'category', answer: undefined },
      { step: 'what', answer: what },
    ]);
  });
});

describe('the category', () => {
  test.each(REPORT_CATEGORIES)('%s, by its button', (category) => {
    const text = answers.phrase(`report.category.${category}`);
    expect(flow.read('category', reply(text), NOTHING)).toEqual({
      kind: 'answers',
      answers: [{ step: 'category', category }],
    });
  });

  test('or a story, which answers more', () => {
    const reading = flow.read('category', reply('des motos roulent sans casque rue de Savoie'), NOTHING);
    expect(reading).toMatchObject({ answers: [{ category: 'traffic' }, { step: 'where' }, { step: 'what' }] });
  });

  test.each<Command>(['dont-know', 'skip', 'no'])('« %s » is another subject', (command) => {
    expect(flow.read('category', reply('x', { command }), NOTHING)).toMatchObject({ answers: [{ category: 'other' }] });
  });

  test('« Autre chose », which is a button of the menu', () => {
    const reading = flow.read('category', reply('Autre chose', { command: 'menu' }), NOTHING);
    expect(reading).toMatchObject({ answers: [{ category: 'other' }] });
  });
});

const MARIE = { firstName: 'Marie', phone: '+33612345678', email: 'marie@exemple.fr' };
/** These say more than who and where. */
const KEPT = [
  ['06 12 34 56 78 seulement le soir', { phone: '+33612345678' }],
  ['06 12 34 56 78, pas de message vocal', { phone: '+33612345678' }],
  ['Marie, 06 12 34 56 78, après 18 h', { firstName: 'Marie', phone: '+33612345678' }],
  ['06 12 34 56 78 ou 03 81 12 34 56', { phone: '+33612345678' }],
  ['marie@exemple.fr, paul@exemple.fr', { email: 'marie@exemple.fr' }],
] as const;

describe('a contact', () => {
  const read = (text: string, more?: Partial<WalkReply>, draft = NOTHING) =>
    flow.read('contact', reply(text, more), draft);

  test.each([
    ['Marie 06 12 34 56 78', { firstName: 'Marie', phone: '+33612345678' }],
    ['marie@exemple.fr', { email: 'marie@exemple.fr' }],
    ["je m'appelle Ahmed et mon mail c'est ahmed@exemple.fr", { firstName: 'Ahmed', email: 'ahmed@exemple.fr' }],
    ['Nadia, 0692 12 34 56', { firstName: 'Nadia', phone: '+262692123456' }],
    ['tel : 06.12.34.56.78', { phone: '+33612345678' }],
    ['appelez moi au 0612345678 svp', { phone: '+33612345678' }],
    ['Marie, 06 12 34 56 78, marie@exemple.fr', MARIE],
    ['marie@exemple.fr ou 0612345678, Marie', MARIE],
    ['marie0612345678@exemple.fr', { email: 'marie0612345678@exemple.fr' }],
    ...KEPT.map(([text, contact]) => [text, { ...contact, text }] as const),
  ])('« %s »', (text, contact) => {
    expect(read(text)).toEqual({
      kind: 'answers',
      answers: [{ step: 'contact', contact: { kind: 'named', ...contact } }],
    });
  });

  test.each<[string, Partial<WalkReply>]>([
    ['Rester anonyme', { command: 'skip' }],
    ['non', { command: 'no' }],
    ['rien', {}],
  ])('« %s » is nobody’s', (text, more) => {
    expect(read(text, more)).toMatchObject({ answers: [{ contact: { kind: 'anonymous' } }] });
  });

  test('a first name alone is to be completed, and is kept beside the number', () => {
    const named: ReportAnswer = { step: 'contact', contact: { kind: 'named', firstName: 'Marie' } };
    expect(read('Marie')).toEqual({ kind: 'answers', answers: [named], remains: 'way' });
    expect(read('0612345678', {}, draftOf(named))).toMatchObject({
      answers: [{ contact: { firstName: 'Marie', phone: '+33612345678' } }],
    });
    expect(read('Passer', { command: 'skip' }, draftOf(named))).toMatchObject({ answers: [named] });
  });

  test('of which a part can be read no more is asked for again as a whole', () => {
    const lost: WalkDraft = { answered: ['contact'], known: {} };
    expect(read('0612345678', {}, lost)).toEqual({ kind: 'unclear', reason: 'again' });
    expect(read('Marie 0612345678', {}, lost)).toMatchObject({
      answers: [{ contact: { firstName: 'Marie', phone: '+33612345678' } }],
    });
    expect(read('Rester anonyme', { command: 'skip' }, lost)).toMatchObject({
      answers: [{ contact: { kind: 'anonymous' } }],
    });
  });

  test.each([
    ['06 12 34', 'phone-too-short'],
    ['06 12 34 56 78 90', 'phone-too-long'],
    ['0800 12 34 56', 'phone-not-usable'],
    ['marie@', 'email'],
    ['pourquoi ?', 'again'],
  ])('« %s » cannot be used: %s', (text, reason) => {
    expect(read(text)).toEqual({ kind: 'unclear', reason });
  });

  test('what sounds like something else is no name', () => {
    expect(read('horaires', { isDoubtful: true })).toEqual({ kind: 'unclear' });
  });
});

describe('more of a story', () => {
  const what: ReportAnswer = { step: 'what', text: 'ils crient' };
  const text = 'ils cassent aussi les bouteilles';

  test('goes under what was told', () => {
    const more: ReportAnswer = { step: 'more', text: 'tous les soirs' };
    expect(flow.readMore(reply(text), draftOf(what, more))).toEqual({
      kind: 'answers',
      answers: [{ step: 'more', text: `tous les soirs\n${text}` }],
      remains: 'added',
    });
  });

  test('takes the place of nothing', () => {
    const passed: ReportAnswer = { step: 'more', isSkipped: true };
    expect(flow.readMore(reply(text), draftOf(what, passed))).toMatchObject({ answers: [{ text }] });
  });

  test('goes beside what cannot be read any more, and beside what goes on from that', () => {
    const further: ReportAnswer = { step: 'more', text, isFurther: true };
    const reading = { kind: 'answers', answers: [further], remains: 'added' };
    expect(flow.readMore(reply(text), { answered: ['what', 'more'], known: {} })).toEqual(reading);
    const more: ReportAnswer = { step: 'more', text: 'le chien', isFurther: true };
    expect(flow.readMore(reply(text), { answered: ['what', 'more'], known: { more } })).toEqual(reading);
  });

  test('after a break goes under what was told at the same question', () => {
    const held: readonly ReportAnswer[] = [{ step: 'what', text }];
    const more: ReportAnswer = { step: 'more', text: 'a' };
    expect(flow.goOn(held, NOTHING)).toEqual(held);
    expect(flow.goOn(held, draftOf(what, more))).toEqual([{ step: 'what', text: `ils crient\n${text}` }]);
    expect(flow.goOn(held, { answered: ['what'], known: {} })).toEqual([{ step: 'what', text, isFurther: true }]);
    expect(flow.goOn([{ step: 'where', text: 'Cassin' }], draftOf({ step: 'where', text: 'Époisses' }))).toEqual([]);
    expect(flow.goOn(held, draftOf(...held))).toEqual([]);
  });

  test('answers the question that is open, or goes with what happened', () => {
    const where: ReportAnswer = { step: 'where', text };
    expect(flow.tell('where', reply(text), NOTHING)).toEqual([where]);
    expect(flow.tell('more', reply(text), draftOf(what))).toEqual([{ step: 'more', text }]);
    expect(flow.tell('category', reply(text), NOTHING)).toContainEqual({ step: 'what', text });
    for (const place of ['where', 'contact', 'recap'] as const) {
      expect(flow.tell(place, reply(text), draftOf(where))).toEqual([{ step: 'what', text }]);
    }
  });

  test('of what was held, only what fits is taken', () => {
    const held: readonly ReportAnswer[] = [
      { step: 'category', category: 'noise' },
      { step: 'where', text: 'Cassin' },
      { step: 'what', text },
    ];
    expect(flow.fit(held, NOTHING)).toEqual(held);
    expect(flow.fit(held, draftOf(what))).toEqual([held[0], held[1], { step: 'more', text }]);
    expect(flow.fit(held, draftOf(what, { step: 'more', text: 'a' }))).toContainEqual({
      step: 'more',
      text: `a\n${text}`,
    });
    expect(flow.fit(held, { answered: REPORT_STEPS, known: {} })).toEqual([{ step: 'more', text, isFurther: true }]);
    expect(flow.fit(held, draftOf(...held))).toEqual([]);
  });
});

describe('whatever is typed', () => {
  const step = fc.constantFrom<ReportStep>(...REPORT_STEPS);
  const command = fc.option(fc.constantFrom<Command>(...COMMANDS), { nil: undefined });

  test('an answer is one to this question, or to a part of the story, and no longer than it may be', () => {
    fc.assert(
      fc.property(step, fc.string({ unit: 'grapheme', maxLength: 60 }), command, (at, text, said) => {
        const reading = flow.read(at, reply(text, { command: said }), NOTHING);
        if (reading.kind === 'unclear') return;
        expect(reading.answers.length).toBeGreaterThan(0);
        const allowed = at === 'category' ? REPORT_STEPS : at === 'contact' ? ['contact', 'more'] : [at];
        expect(reading.answers.every((answer) => allowed.includes(answer.step))).toBe(true);
        expect(reading.answers.every((answer) => !('text' in answer) || answer.text.length <= LONGEST_ANSWER)).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('no command that goes elsewhere is an answer in one’s own words', () => {
    for (const said of ['cancel', 'back', 'menu', 'erase', 'callback', 'yes', 'change'] as const) {
      for (const at of ['where', 'when', 'what', 'more'] as const) {
        expect(flow.read(at, reply('mot', { command: said }), NOTHING).kind).toBe('unclear');
      }
    }
  });
});
