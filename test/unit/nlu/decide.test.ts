import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../src/nlu/decide.js';
import type { Label } from '../../../src/nlu/intent-recognizer.js';

const thresholds = { answerAbove: 0.6, disambiguateAbove: 0.3 };
const ranking = (...entries: [Label, number][]) => entries.map(([label, probability]) => ({ label, probability }));

describe('the three-way decision', () => {
  test('answers when sure, the threshold included', () => {
    expect(decide(ranking(['bot.help', 0.6], ['None', 0.4]), thresholds)).toEqual({
      kind: 'answer',
      intent: 'bot.help',
    });
  });

  test('answers an emergency like any other intent', () => {
    expect(decide(ranking(['emergency', 0.9]), thresholds)).toEqual({ kind: 'answer', intent: 'emergency' });
  });

  test('offers the two likeliest in between', () => {
    expect(decide(ranking(['bot.help', 0.4], ['bot.identity', 0.35]), thresholds)).toEqual({
      kind: 'disambiguate',
      intents: ['bot.help', 'bot.identity'],
    });
  });

  test.each([
    ['None is likeliest, however sure', ranking(['None', 0.99], ['bot.help', 0.01])],
    ['None is the other one', ranking(['bot.help', 0.4], ['None', 0.3])],
    ['nothing is likely', ranking(['bot.help', 0.29], ['bot.identity', 0.2])],
    ['there is nothing', ranking()],
  ])('is unsure when %s', (_, list) => {
    expect(decide(list, thresholds)).toEqual({ kind: 'unsure' });
  });
});
