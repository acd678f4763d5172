import { describe, expect, test } from '@jest/globals';
import { createRecentMessages } from '../../../../src/channels/telegram/deletions.js';

describe('messages of which no notes are stored', () => {
  test('are known until they are settled', () => {
    const recent = createRecentMessages();
    recent.note('c1', [1, 1000]);
    recent.note('c1', [2, 2000]);
    recent.settle('c1', [[1, 1000]]);
    expect(recent.of('c1')).toEqual([[2, 2000]]);
    expect(recent.of('c2')).toEqual([]);
  });

  test('that are edited a thousand times push out none of the others', () => {
    const recent = createRecentMessages();
    recent.note('c1', [1, 1000]);
    for (let edits = 0; edits < 1000; edits += 1) recent.note('c1', [2, 2000]);
    expect(recent.of('c1')).toEqual([
      [1, 1000],
      [2, 2000],
    ]);
  });
});
