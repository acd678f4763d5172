import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysOfWeek, weekOf } from '../../../src/domain/week.js';
import { byDay } from '../../../src/web/inbox/audit/days.js';
import { weekAfter } from '../../../src/web/inbox/weekly/weeks.js';

test('weeks before and after agree with the server, over new years as well', () => {
  expect(weekAfter('2026-12-28', 0)).toBe('2026-W53');
  expect(weekAfter('2026-12-28', 1)).toBe('2027-W01');
  const date = fc.date({ min: new Date('2024-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (some) => {
      const { from, to } = daysOfWeek(weekOf(some.toISOString().slice(0, 10)));
      const next = weekAfter(from, 1);
      expect(daysOfWeek(next).from > to).toBe(true);
      expect(weekAfter(daysOfWeek(next).from, -1)).toBe(weekAfter(from, 0));
    }),
  );
});

test('the log by day, the newest first, and one kind at a time', () => {
  const entry = (seq: number, at: number, action: string) => ({ seq, at, action, text: `${seq}` });
  const entries = [
    entry(1, 10, 'session.opened'),
    entry(3, 110, 'conversation.opened'),
    entry(2, 20, 'conversation.taken'),
    entry(4, 120, 'facts.changed'),
  ];
  const dateOf = (at: number) => (at < 100 ? '2026-11-22' : '2026-11-23');
  const shape = (kind: Parameters<typeof byDay>[1]) =>
    byDay(entries, kind, dateOf).map(({ date, entries: ofDay }) => [date, ...ofDay.map(({ seq }) => seq)]);
  expect(shape('all')).toEqual([
    ['2026-11-23', 4, 3],
    ['2026-11-22', 2, 1],
  ]);
  expect(shape('reading')).toEqual([['2026-11-23', 3]]);
  expect(shape('accounts')).toEqual([['2026-11-22', 1]]);
  expect(shape('settings')).toEqual([['2026-11-23', 4]]);
});
