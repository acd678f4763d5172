import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findOpeningHoursFaults } from '../../../src/domain/opening-hours.js';
import type { OpeningHours } from '../../../src/web/inbox/api/types.js';
import { faultsOf } from '../../../src/web/inbox/settings/hours-faults.js';
import {
  changeHours,
  formOf,
  type HoursChange,
  type HoursForm,
  hasChanged,
  hoursOf,
} from '../../../src/web/inbox/settings/hours-form.js';
import { hoursInWords } from '../../../src/web/inbox/settings/hours-words.js';

const NONE: OpeningHours = { slots: [], onPublicHolidays: 'closed', exceptions: [] };
const WEEK: OpeningHours = {
  slots: [
    { weekday: 3, from: '14:00', to: '17:00' },
    { weekday: 3, from: '09:00', to: '12:00' },
    { weekday: 5, from: '09:00', to: '12:30' },
  ],
  onPublicHolidays: 'closed',
  exceptions: [{ from: '2026-12-24', to: '2026-12-31', slots: [], reason: 'Vacances' }],
};

const edit = (form: HoursForm, ...changes: readonly HoursChange[]) => changes.reduce(changeHours, form);
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('the form', () => {
  test('gives back what it was made from, its slots in order', () => {
    const again = hoursOf(formOf(WEEK));
    expect(again.slots.map(({ from }) => from)).toEqual(['09:00', '14:00', '09:00']);
    expect(again.exceptions).toEqual(WEEK.exceptions);
    expect(hasChanged(formOf(WEEK), WEEK)).toBe(false);
  });

  test('slots are added, filled in and removed; each has its own key', () => {
    const form = edit(formOf(NONE), { type: 'add-slot', place: 1 }, { type: 'add-slot', place: 1 });
    const [first, second] = form.days[1];
    expect(first?.key).not.toBe(second?.key);
    const filled = edit(
      form,
      { type: 'change-slot', place: 1, key: first?.key ?? '', part: 'from', value: '09:00' },
      { type: 'change-slot', place: 1, key: first?.key ?? '', part: 'to', value: '10:00' },
      { type: 'remove-slot', place: 1, key: second?.key ?? '' },
    );
    expect(hoursOf(filled).slots).toEqual([{ weekday: 1, from: '09:00', to: '10:00' }]);
    expect(hasChanged(filled, NONE)).toBe(true);
  });

  test('a day is copied over others, and stays itself', () => {
    const form = edit(formOf(WEEK), { type: 'copy-day', from: 3, to: [1, 3, 5] });
    expect(hoursOf(form).slots.filter(({ weekday }) => weekday === 1)).toHaveLength(2);
    expect(
      hoursOf(form)
        .slots.filter(({ weekday }) => weekday === 5)
        .map(({ to }) => to),
    ).toEqual(['12:00', '17:00']);
    const keys = Object.values(form.days).flatMap((slots) => slots.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('an exception of one day needs one date; closed and open again loses no slot', () => {
    const added = edit(formOf(NONE), { type: 'add-exception' });
    const key = added.exceptions[0]?.key ?? '';
    const dated = edit(added, { type: 'change-exception', key, change: { from: '2026-12-24' } });
    expect(dated.exceptions[0]?.to).toBe('2026-12-24');
    const moved = edit(dated, { type: 'change-exception', key, change: { from: '2026-12-23' } });
    expect(moved.exceptions[0]?.to).toBe('2026-12-23');
    const long = edit(
      moved,
      { type: 'change-exception', key, change: { to: '2026-12-31' } },
      { type: 'change-exception', key, change: { from: '2026-12-26', kind: 'open' } },
      { type: 'add-slot', place: key },
    );
    expect(long.exceptions[0]).toMatchObject({ from: '2026-12-26', to: '2026-12-31', slots: [{ from: '' }] });
    const closed = edit(long, { type: 'change-exception', key, change: { kind: 'closed' } });
    expect(closed.exceptions[0]?.slots).toHaveLength(1);
    expect(hoursOf(closed).exceptions[0]?.slots).toEqual([]);
    expect(edit(closed, { type: 'remove-exception', key }).exceptions).toEqual([]);
  });
});

describe('faults are where they are made', () => {
  const withSlots = (...slots: readonly [string, string][]) =>
    formOf({ ...NONE, slots: slots.map(([from, to]) => ({ weekday: 2 as const, from, to })) });

  test.each([
    [[['09:00', '09:00']], ['ends-before-it-begins']],
    [[['', '10:00']], ['missing']],
    [
      [
        ['09:00', '11:00'],
        ['10:00', '12:00'],
      ],
      ['overlap'],
    ],
    [
      [
        ['09:00', '11:00'],
        ['11:00', '12:00'],
      ],
      [],
    ],
  ] as [[string, string][], string[]][])('%j', (slots, expected) => {
    expect([...faultsOf(withSlots(...slots)).values()]).toEqual(expected);
  });

  test('of exceptions: no day, days the wrong way round, two on a day, open without a slot', () => {
    const exception = (key: string, from: string, to: string, kind: 'closed' | 'open' = 'closed') => ({
      key,
      from,
      to,
      kind,
      slots: [],
      reason: '',
    });
    const form: HoursForm = {
      ...formOf(NONE),
      exceptions: [
        exception('a', '', ''),
        exception('b', '2026-12-05', '2026-12-01'),
        exception('c', '2026-12-10', '2026-12-12'),
        exception('d', '2026-12-12', '2026-12-13'),
        exception('e', '2026-12-20', '2026-12-20', 'open'),
      ],
    };
    expect(Object.fromEntries(faultsOf(form))).toEqual({
      a: 'no-day',
      b: 'days-reversed',
      d: 'days-overlap',
      e: 'no-slot',
    });
  });

  test('whatever has no fault here has none for the server, and the other way round', () => {
    const time = fc.constantFrom('08:00', '09:00', '09:30', '12:00', '14:00', '17:00');
    const day = fc.constantFrom('2026-12-01', '2026-12-02', '2026-12-05', '2026-12-09');
    const weekday = fc.constantFrom(1, 2, 3) as fc.Arbitrary<1 | 2 | 3>;
    const slot = fc.record({ from: time, to: time });
    const hours = fc.record({
      slots: fc.array(fc.record({ weekday, from: time, to: time }), { maxLength: 5 }),
      onPublicHolidays: fc.constantFrom('open' as const, 'closed' as const),
      exceptions: fc.array(fc.record({ from: day, to: day, slots: fc.array(slot, { maxLength: 2 }) }), {
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(hours, (some) => {
        const form = formOf(some);
        expect(faultsOf(form).size === 0).toBe(findOpeningHoursFaults(hoursOf(form)).length === 0);
      }),
    );
  });
});

test('in words: days with the same hours together, then holidays, then exceptions', () => {
  expect(
    hoursInWords({ ...WEEK, slots: [...WEEK.slots, { weekday: 1, from: '09:00', to: '12:30' }] }).map(plain),
  ).toEqual([
    'Lundi et vendredi : de 9 h à 12 h 30.',
    'Mercredi : de 9 h à 12 h et de 14 h à 17 h.',
    'Fermé les jours fériés.',
    'Du jeudi 24 décembre 2026 au jeudi 31 décembre 2026 : fermé (Vacances).',
  ]);
  expect(hoursInWords(NONE).map(plain)).toEqual(['Aucun créneau : les horaires ne sont pas indiqués.']);
});
