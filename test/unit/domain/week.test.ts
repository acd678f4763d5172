import { describe, expect, test } from '@jest/globals';
import dayjs from 'dayjs';
import isoWeek from 'dayjs/plugin/isoWeek.js';
import utc from 'dayjs/plugin/utc.js';
import { addDays } from '../../../src/domain/paris-time.js';
import { daysOfWeek, weekOf } from '../../../src/domain/week.js';
import { inDepth } from '../../support/depth.js';

dayjs.extend(utc);
dayjs.extend(isoWeek);

describe('weeks of ISO 8601', () => {
  test('agree with dayjs on every day of many years, in both directions', () => {
    const wrong: string[] = [];
    const end = `${inDepth(2045, 2027)}-01-01`;
    for (let date = '2015-01-01'; date < end; date = addDays(date, 1)) {
      const day = dayjs.utc(date);
      const week = `${day.isoWeekYear()}-W${String(day.isoWeek()).padStart(2, '0')}`;
      const { from, to } = daysOfWeek(week);
      const isRight =
        weekOf(date) === week &&
        from === day.isoWeekday(1).format('YYYY-MM-DD') &&
        to === day.isoWeekday(7).format('YYYY-MM-DD');
      if (!isRight) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  test.each(['2026-W54', '2026-W00', '2025-W53', '2026-W99'])('%s does not exist', (week) => {
    expect(() => daysOfWeek(week)).toThrow(RangeError);
  });
});
