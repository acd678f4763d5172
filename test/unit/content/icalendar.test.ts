import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarEvent, writeCalendar } from '../../../src/content/icalendar.js';
import { parseCalendar } from '../../support/parse-calendar.js';

function calendarOf(event: Partial<CalendarEvent>, name = 'Permanences'): string {
  const whole = { uid: 'a@b', date: '2026-12-31', summary: 's', location: 'l', description: 'd', ...event };
  return writeCalendar({ name, description: name, stamp: new Date('2026-11-23T23:00:00Z'), events: [whole] });
}

describe('writeCalendar', () => {
  test('any text survives escaping and folding', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'aé€😀œ;,\\\n :"n'), maxLength: 400 });
    fc.assert(
      fc.property(texts, texts, (summary, name) => {
        const calendar = parseCalendar(calendarOf({ summary }, name));
        expect(calendar.events[0]?.properties.get('SUMMARY')).toBe(summary);
        expect(calendar.properties.get('X-WR-CALNAME')).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test('control characters cannot forge a line', () => {
    const file = calendarOf({ summary: 'a\r\nEND:VEVENT\r\u0000\u0007b' });
    expect(parseCalendar(file).events[0]?.properties.get('SUMMARY')).toBe('a\nEND:VEVENT\nb');
  });

  test('a whole day ends on the next one, over the new year too', () => {
    const { properties } = parseCalendar(calendarOf({})).events[0] ?? {};
    expect(properties?.get('DTSTART;VALUE=DATE')).toBe('20261231');
    expect(properties?.get('DTEND;VALUE=DATE')).toBe('20270101');
  });

  test('hours are wall time of a zone that the file defines; the stamp is in UTC', () => {
    const calendar = parseCalendar(calendarOf({ hours: { from: '14:00', to: '16:30' } }));
    expect(calendar.timezones).toEqual(['Europe/Paris']);
    expect(calendar.events[0]?.properties.get('DTSTART;TZID=Europe/Paris')).toBe('20261231T140000');
    expect(calendar.events[0]?.properties.get('DTEND;TZID=Europe/Paris')).toBe('20261231T163000');
    expect(calendar.events[0]?.properties.get('DTSTAMP')).toBe('20261123T230000Z');
  });
});
