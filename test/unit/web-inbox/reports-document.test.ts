import { expect, test } from '@jest/globals';
import type { EventBody } from '../../../src/domain/report-sealing.js';
import { blocksOf } from '../../../src/web/inbox/reports/document.js';
import { redact } from '../../../src/web/inbox/reports/masks.js';
import { occurrencesOf } from '../../../src/web/inbox/reports/occurrences.js';
import type { ReportItem } from '../../../src/web/inbox/reports/whole-report.js';

function buildItem(kind: 'answer' | 'addition', seq: number, body: EventBody): ReportItem {
  const event = { seq, kind, at: 0, keyId: 'k', digest: 'd', sealed: 's' };
  const placed = kind === 'answer' ? { ...event, step: 'what' as const } : event;
  return { event: placed, state: 'open', body, finding: 'ok', missingBefore: 0 };
}

function textsOf(...items: readonly ReportItem[]): readonly string[] {
  const whole = { items, isDamaged: false, lacksKeys: false, hasLost: false };
  return blocksOf({ whole }, { withNotes: false }).map(({ text }) => text);
}

test('a place in a text is the same where one selects as where it is cut, whatever its line ends', () => {
  const [text = ''] = textsOf(buildItem('answer', 1, { step: 'what', text: 'Bonjour\r\nHier\r\nVu Karim Benali' }));
  // As a box of a page counts: a line end is one character.
  const start = 'Bonjour\nHier\nVu '.length;
  const masks = [{ start, end: start + 'Karim Benali'.length }];
  expect(redact(text, masks, '[masqué]')).toBe('Bonjour\nHier\nVu [masqué]');
});

test('what nobody sees keeps no name from being hidden', () => {
  const [answer = '', addition = ''] = textsOf(
    buildItem('answer', 1, { step: 'what', text: 'Vu Ka\u200Brim ici' }),
    buildItem('addition', 2, { text: 'Ka\u202Erim\t\u0007encore' }),
  );
  expect([answer, addition]).toEqual(['Vu Karim ici', 'Karim encore']);
  expect(redact(answer, occurrencesOf(answer, 'Karim'), '[masqué]')).toBe('Vu [masqué] ici');
});
