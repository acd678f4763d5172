import { expect, test } from '@jest/globals';
import { dayKey, formatDay, formatTime } from '../../../src/web/shared/dates.js';
import { formatDuration } from '../../../src/web/widget/model/duration.js';

const words = { today: 'Aujourd’hui', yesterday: 'Hier' };
const at = (iso: string): number => Date.parse(iso);

test('days are those of Paris, whatever the device', () => {
  expect(dayKey(at('2026-11-24T23:30:00Z'))).toBe('2026-11-25');
  expect(formatTime(at('2026-11-24T23:05:00Z'))).toBe('00:05');
  expect(formatTime(at('2026-07-14T12:05:00Z'))).toBe('14:05');
});

test.each([
  ['2026-11-25T08:00:00Z', 'Aujourd’hui'],
  ['2026-11-24T22:30:00Z', 'Hier'],
  ['2026-11-18T12:00:00Z', 'mercredi 18 novembre'],
  ['2025-12-31T12:00:00Z', 'mercredi 31 décembre 2025'],
])('%s is « %s » on 25 November 2026', (iso, expected) => {
  expect(formatDay(at(iso), at('2026-11-25T12:00:00Z'), words)).toBe(expected);
});

test('yesterday is one calendar day back, even when that day had 25 hours', () => {
  expect(formatDay(at('2026-10-24T22:30:00Z'), at('2026-10-26T00:30:00Z'), words)).toBe('Hier');
  expect(formatDay(at('2026-12-31T12:00:00Z'), at('2027-01-01T12:00:00Z'), words)).toBe('Hier');
});

test('durations are given in their largest unit', () => {
  const units = {
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
  };
  const spoken = [-5, 12_999, 59_999, 60_000, 3_599_000, 7_300_000].map((ms) => formatDuration(ms, units));
  expect(spoken).toEqual(['0 s', '12 s', '59 s', '1 min', '59 min', '2 h']);
});
