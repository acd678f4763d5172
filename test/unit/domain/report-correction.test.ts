import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadReplies } from '../../../src/content/load-replies.js';
import { loadReportWords } from '../../../src/content/load-report.js';
import { createAnswers } from '../../../src/domain/answers.js';
import { COMMANDS } from '../../../src/domain/reply-words.js';
import { REPORT_STEPS, type ReportAnswer, type ReportStep } from '../../../src/domain/report-answers.js';
import { createReadCorrection } from '../../../src/domain/report-correction.js';
import { createReportFlow } from '../../../src/domain/report-flow.js';
import type { AnsweredBy } from '../../../src/domain/report-intake.js';
import { createMomentReader } from '../../../src/domain/report-moment.js';
import { placeKnown, readPlace } from '../../../src/domain/report-place.js';
import { isStoryStep } from '../../../src/domain/report-story.js';
import type { WalkDraft, WalkReply } from '../../../src/domain/report-walk.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const answers = createAnswers(loadAnswers(CORPUS));
const words = loadReportWords(CORPUS);
const SHARED = 'Position partagée';
const flow = createReportFlow({
  words,
  moments: createMomentReader({ answers, dates: loadDateWords(CORPUS), words }),
  contacts: loadReplies(CORPUS),
  titleOf: (category) => answers.phrase(`report.category.${category}`),
  sharedPlace: SHARED,
});
const correct = createReadCorrection({ flow, asCorrection: (text) => `Correction : ${text}` });

const NOW = new Date('2026-11-23T09:00:00Z');
const HERE = { latitude: 47.2, longitude: 5.9 };
const THERE = { latitude: 47.3, longitude: 6.1 };

function reply(text: string, more: Partial<WalkReply> = {}): WalkReply {
  return { text, now: NOW, ...more };
}

function draftOf(...given: readonly ReportAnswer[]): WalkDraft {
  return {
    answered: REPORT_STEPS.filter((step) => given.some((answer) => answer.step === step)),
    known: Object.fromEntries(given.map((answer) => [answer.step, answer])),
  };
}

function alone(...steps: readonly ReportStep[]): readonly AnsweredBy[] {
  return steps.map((step) => ({ step, isAlone: true }));
}

const STORY: ReportAnswer = { step: 'what', text: 'ils crient' };

describe('a corrected message', () => {
  test('that answered one question answers it anew', () => {
    const draft = draftOf({ step: 'where', text: 'Cassin' }, STORY);
    expect(correct(alone('where'), reply('rue de Picardie'), draft)).toEqual([
      { step: 'where', text: 'rue de Picardie' },
    ]);
    expect(correct(alone('what'), reply('ils hurlent'), draft)).toEqual([{ step: 'what', text: 'ils hurlent' }]);
  });

  test('may pass the question over now', () => {
    const draft = draftOf({ step: 'where', text: 'Cassin' });
    expect(correct(alone('where'), reply('passer', { command: 'skip' }), draft)).toEqual([
      { step: 'where', isSkipped: true },
    ]);
  });

  test('that is a part of a story stands beside the rest of it', () => {
    const part = [{ step: 'what', isAlone: false }] as const;
    expect(correct(part, reply('ils hurlent'), draftOf(STORY))).toEqual([
      { step: 'what', text: 'ils crient\nCorrection : ils hurlent' },
    ]);
    expect(correct(part, reply('ils hurlent'), { answered: ['what'], known: {} })).toEqual([
      { step: 'what', text: 'Correction : ils hurlent', isFurther: true },
    ]);
    expect(correct(part, reply('hein'), draftOf(STORY))).toBeUndefined();
  });

  test('that told a story answers what was open, and leaves what others answered', () => {
    const draft = draftOf({ step: 'category', category: 'noise' }, { step: 'where', text: 'Cassin' });
    const told = correct(alone('category'), reply('des jeunes cassent les vitres rue de Cologne'), draft);
    expect(told).toEqual([
      { step: 'category', category: 'damage' },
      { step: 'what', text: 'des jeunes cassent les vitres rue de Cologne' },
    ]);
  });

  test.each(['?', 'hein', 'ok'])('that says « %s » answers nothing', (text) => {
    const draft = draftOf({ step: 'where', text: 'Cassin' }, STORY);
    expect(correct(alone('where'), reply(text), draft)).toBeUndefined();
    expect(correct(alone('where', 'what'), reply(text), draft)).toBeUndefined();
  });

  test('touches only what it had answered, or what nobody has, and never takes a story that others told', () => {
    const texts = fc.oneof(
      fc.constantFrom(
        'rue de Picardie',
        'hier soir',
        'des motos font des rodéos rue de Cologne',
        'non',
        '06 12 34 56 78',
      ),
      fc.string({ maxLength: 60 }),
    );
    const stories = fc.record({
      owned: fc.subarray([...REPORT_STEPS], { minLength: 1 }),
      others: fc.subarray([...REPORT_STEPS]),
      shared: fc.subarray([...REPORT_STEPS]),
      text: texts,
      command: fc.option(fc.constantFrom(...COMMANDS), { nil: undefined }),
    });
    fc.assert(
      fc.property(stories, ({ owned, others, shared, text, command }) => {
        const draft = draftOf(...[...new Set([...owned, ...others])].map(answerTo));
        const by = owned.map((step) => ({ step, isAlone: !(isStoryStep(step) && shared.includes(step)) }));
        const corrected = correct(by, reply(text, { command }), draft) ?? [];
        for (const answer of corrected) {
          const own = by.find(({ step }) => step === answer.step);
          expect(own !== undefined || !draft.answered.includes(answer.step)).toBe(true);
          if (own?.isAlone === false)
            expect(answer).toMatchObject({ text: expect.stringContaining(`dit ${answer.step}\n`) });
        }
        expect(new Set(corrected.map(({ step }) => step)).size).toBe(corrected.length);
      }),
    );
  });
});

function answerTo(step: ReportStep): ReportAnswer {
  if (step === 'category') return { step, category: 'noise' };
  if (step === 'when') return { step, moment: { text: 'hier' } };
  if (step === 'contact') return { step, contact: { kind: 'anonymous' } };
  if (step === 'where') return { step, text: 'Cassin' };
  return step === 'what' ? { step, text: 'dit what' } : { step, text: 'dit more' };
}

describe('a place on the map and words', () => {
  test.each([
    ['a place alone', reply('', { position: HERE }), undefined, { text: SHARED, position: HERE }],
    ['a place with its name', reply('École', { position: HERE }), undefined, { text: 'École', position: HERE }],
    ['a place after words', reply('', { position: HERE }), { text: 'Cassin' }, { text: 'Cassin', position: HERE }],
    ['words after a place', reply('au fond'), { text: SHARED, position: HERE }, { text: 'au fond', position: HERE }],
    ['other words', reply('au fond'), { text: 'devant', position: HERE }, { text: 'au fond', position: HERE }],
    ['words after words', reply('au fond'), { text: 'devant' }, { text: 'au fond' }],
    [
      'a second place',
      reply('', { position: THERE }),
      { text: SHARED, position: HERE },
      { text: SHARED, position: THERE },
    ],
    [
      'a second place after words',
      reply('', { position: THERE }),
      { text: 'au fond', position: HERE },
      { text: 'au fond', position: THERE },
    ],
  ] as const)('%s', (_, said, before, after) => {
    const draft = before ? draftOf({ step: 'where', ...before }) : draftOf();
    const [answer] = readPlace(said, draft, SHARED).answers;
    expect(answer).toEqual({ step: 'where', ...after });
    expect(placeKnown(draftOf(...(answer ? [answer] : [])))).toEqual(answer);
  });

  test('nothing takes away what is sealed for good', () => {
    expect(flow.share(reply('', { position: HERE }), { answered: ['where'], known: {} })).toBeUndefined();
    const held: readonly ReportAnswer[] = [{ step: 'where', text: SHARED, position: HERE }];
    expect(flow.fit(held, { answered: ['where'], known: {} })).toEqual([]);
    expect(flow.fit(held, draftOf({ step: 'where', text: 'Cassin' }))).toEqual([
      { step: 'where', text: 'Cassin', position: HERE },
    ]);
  });

  test('no other question takes a place', () => {
    const reading = flow.read('when', reply('hier', { position: HERE }), draftOf());
    expect(JSON.stringify(reading)).not.toContain('47.2');
  });
});
