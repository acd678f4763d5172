import { describe, expect, test } from '@jest/globals';
import type { ReportAnswer } from '../../../src/domain/report-answers.js';
import { mapUrl, positionOf, wordsOfAnswer } from '../../../src/web/inbox/reports/answer-words.js';

const position = { latitude: 47.2193412, longitude: -5.9667799 };

function where(text: string): ReportAnswer {
  return { step: 'where', text, position };
}

describe('a place that was shared', () => {
  test('is read with its coordinates, and named once', () => {
    expect(wordsOfAnswer(where('Position partagée'))).toEqual(['Position partagée : 47.21934, -5.96678']);
    expect(wordsOfAnswer(where('École Bourgogne'))).toEqual([
      'École Bourgogne',
      'Position partagée : 47.21934, -5.96678',
    ]);
  });

  test('leads to a map', () => {
    expect(positionOf(where('École Bourgogne'))).toEqual(position);
    expect(mapUrl(position)).toBe(
      'https://www.openstreetmap.org/?mlat=47.21934&mlon=-5.96678#map=18/47.21934/-5.96678',
    );
  });

  test('is not there without one', () => {
    const answers: readonly ReportAnswer[] = [
      { step: 'where', text: 'Cassin' },
      { step: 'where', isSkipped: true },
      { step: 'what', text: 'ils crient' },
    ];
    expect(answers.map(positionOf)).toEqual([undefined, undefined, undefined]);
    expect(answers.map(wordsOfAnswer)).toEqual([['Cassin'], expect.any(Array), ['ils crient']]);
  });
});
