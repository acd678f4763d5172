import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editableFacts } from '../../../src/inbox/schemas/settings.js';
import type { EditableFacts } from '../../../src/web/inbox/api/types.js';
import { factsOf, formOf, hasChanged, weekdayOf } from '../../../src/web/inbox/facts/facts-conversion.js';
import { faultsOf } from '../../../src/web/inbox/facts/facts-faults.js';
import { changeFacts } from '../../../src/web/inbox/facts/facts-form.js';
import type { FactsChange, FactsForm } from '../../../src/web/inbox/facts/facts-form-types.js';
import { wordChanges } from '../../../src/web/inbox/facts/word-changes.js';
import { buildEditableFacts } from '../../support/inbox-settings-data.js';

const FACTS = buildEditableFacts();
const edit = (form: FactsForm, ...changes: readonly FactsChange[]) => changes.reduce(changeFacts, form);
const delegates = (facts: EditableFacts) => facts.permanences.find(({ id }) => id === 'delegates');

describe('the form', () => {
  test('gives back what it was made from: what is not set stays unset', () => {
    expect(factsOf(formOf(FACTS))).toEqual(FACTS);
    expect(hasChanged(formOf(FACTS), FACTS)).toBe(false);
    const [, commissioners] = factsOf(formOf(FACTS)).permanences;
    expect(commissioners?.slot).toEqual({});
    expect(factsOf(formOf(FACTS)).station).not.toHaveProperty('openingYear');
    expect(factsOf(formOf(FACTS)).sectors[0]).toEqual({ id: 'besancon', name: 'Besançon' });
  });

  test('gives back any facts that the server takes', () => {
    const day = fc.constantFrom('2026-12-02', '2026-12-09', '2026-12-16');
    const hours = fc.constant({ from: '14:00', to: '16:00' });
    const part = fc.constantFrom('morning' as const, 'afternoon' as const);
    const slot = fc.record({ hours, part }, { requiredKeys: [] });
    const rule = fc.oneof(
      fc.record({
        kind: fc.constant('weekly' as const),
        weekday: fc.constant(3 as const),
        everyWeeks: fc.integer({ min: 1, max: 52 }),
        anchor: day,
      }),
      fc.constant({ kind: 'weekly' as const, weekday: 3 as const, everyWeeks: 1 }),
      fc.record({
        kind: fc.constant('monthly' as const),
        weekday: fc.constantFrom(1 as const, 7 as const),
        nth: fc.constantFrom(1 as const, 4 as const, -1 as const),
      }),
    );
    const additions = fc.uniqueArray(fc.record({ date: day, slot }, { requiredKeys: ['date'] }), {
      selector: ({ date }) => date,
    });
    const closures = fc.array(
      fc.record(
        { from: fc.constant('2026-12-01'), to: day, reason: fc.constant('Congés') },
        { requiredKeys: ['from', 'to'] },
      ),
    );
    fc.assert(
      fc.property(fc.record({ rule, slot, additions, closures }), (parts) => {
        const [first, ...others] = FACTS.permanences;
        const facts = { ...FACTS, permanences: [{ ...first, ...parts }, ...others] } as EditableFacts;
        expect(editableFacts.safeParse(facts).success).toBe(true);
        expect(factsOf(formOf(facts))).toEqual(facts);
        expect(faultsOf(formOf(facts)).size).toBe(0);
      }),
    );
  });

  test('a rule of every week becomes one week in two, counted from a day', () => {
    const form = edit(
      formOf(FACTS),
      { type: 'permanence', id: 'delegates', change: { kind: 'every-n', everyWeeks: '2', anchor: '2026-11-25' } },
      { type: 'permanence', id: 'delegates', change: { time: { kind: 'hours', from: '14:00', to: '16:00' } } },
    );
    expect(delegates(factsOf(form))).toMatchObject({
      rule: { kind: 'weekly', weekday: 3, everyWeeks: 2, anchor: '2026-11-25' },
      slot: { hours: { from: '14:00', to: '16:00' } },
    });
    const monthly = edit(form, { type: 'permanence', id: 'delegates', change: { kind: 'monthly', nth: -1 } });
    expect(delegates(factsOf(monthly))?.rule).toEqual({ kind: 'monthly', weekday: 3, nth: -1 });
  });

  test('back to every week on another day, the old anchor goes', () => {
    const form = edit(
      formOf(FACTS),
      { type: 'permanence', id: 'delegates', change: { kind: 'every-n', anchor: '2026-11-25' } },
      { type: 'permanence', id: 'delegates', change: { kind: 'weekly', weekday: 5 } },
    );
    expect(delegates(factsOf(form))?.rule).toEqual({ kind: 'weekly', weekday: 5, everyWeeks: 1 });
  });

  test('closures and added days come and go', () => {
    const added = edit(
      formOf(FACTS),
      { type: 'add', id: 'delegates', list: 'closures' },
      { type: 'add', id: 'delegates', list: 'additions' },
    );
    const [closure] = added.permanences[0]?.closures ?? [];
    const [addition] = added.permanences[0]?.additions ?? [];
    const filled = edit(
      added,
      { type: 'closure', id: 'delegates', key: closure?.key ?? '', change: { from: '2026-12-23' } },
      { type: 'addition', id: 'delegates', key: addition?.key ?? '', change: { date: '2026-12-22' } },
    );
    expect(delegates(factsOf(filled))).toMatchObject({
      closures: [{ from: '2026-12-23', to: '2026-12-23' }],
      additions: [{ date: '2026-12-22' }],
    });
    const gone = edit(
      filled,
      { type: 'remove', id: 'delegates', list: 'closures', key: closure?.key ?? '' },
      { type: 'remove', id: 'delegates', list: 'additions', key: addition?.key ?? '' },
    );
    expect(factsOf(gone)).toEqual(FACTS);
  });

  test('an address that is emptied is unset again', () => {
    const set = edit(formOf(FACTS), { type: 'email', id: 'besancon', value: ' accueil@exemple.fr ' });
    expect(factsOf(set).sectors[0]?.email).toBe('accueil@exemple.fr');
    expect(factsOf(edit(set, { type: 'email', id: 'besancon', value: ' ' }))).toEqual(FACTS);
    const station = edit(formOf(FACTS), { type: 'station', change: { openingYear: '2027', address: 'Rue X' } });
    expect(factsOf(station).station).toMatchObject({ openingYear: 2027, address: 'Rue X' });
  });
});

describe('faults', () => {
  const rule = (change: Extract<FactsChange, { type: 'permanence' }>['change']): FactsChange => ({
    type: 'permanence',
    id: 'delegates',
    change,
  });
  test.each([
    [rule({ kind: 'every-n' }), 'delegates.anchor', 'no-anchor'],
    [rule({ kind: 'every-n', anchor: '2026-11-26' }), 'delegates.anchor', 'wrong-weekday'],
    [rule({ kind: 'every-n', anchor: '2026-11-25', everyWeeks: '1' }), 'delegates.everyWeeks', 'weeks'],
    [rule({ time: { kind: 'hours', from: '14:00', to: '' } }), 'delegates.time', 'no-time'],
    [rule({ time: { kind: 'hours', from: '14:00', to: '13:00' } }), 'delegates.time', 'ends-before-it-begins'],
    [rule({ source: ' ' }), 'delegates.source', 'no-source'],
    [{ type: 'add', id: 'delegates', list: 'closures' }, 'k1.from', 'no-day'],
    [{ type: 'add', id: 'delegates', list: 'additions' }, 'k1.date', 'no-day'],
    [{ type: 'email', id: 'besancon', value: 'accueil' }, 'sector.besancon', 'email'],
    [{ type: 'station', change: { openingYear: '1999' } }, 'station.openingYear', 'year'],
    [{ type: 'station', change: { officersMin: '30' } }, 'station.officersMax', 'max-below-min'],
    [{ type: 'station', change: { officersMin: '' } }, 'station.officersMin', 'number'],
    [{ type: 'station', change: { hours: 'x'.repeat(301) } }, 'station.hours', 'too-long'],
  ] as [FactsChange, string, string][])('%j', (change, where, code) => {
    expect([...faultsOf(edit(formOf(FACTS), change))]).toEqual([[where, code]]);
  });

  test('one day cannot be added twice', () => {
    const key = 'k1';
    const twice = edit(
      formOf(FACTS),
      { type: 'add', id: 'delegates', list: 'additions' },
      { type: 'add', id: 'delegates', list: 'additions' },
      { type: 'addition', id: 'delegates', key, change: { date: '2026-12-22' } },
      { type: 'addition', id: 'delegates', key: 'k2', change: { date: '2026-12-22' } },
    );
    expect([...faultsOf(twice)]).toEqual([['k2.date', 'same-day']]);
  });

  test('weekdays are those of the calendar', () => {
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29'), weekdayOf('')]).toEqual([1, 7, undefined]);
  });
});

describe('what changed in an answer', () => {
  test('whole words, in runs', () => {
    expect(wordChanges('Mercredi, l’après-midi.', 'Mercredi, de 14 h à 16 h.')).toEqual([
      { kind: 'same', text: 'Mercredi, ' },
      { kind: 'removed', text: 'l’après-midi.' },
      { kind: 'added', text: 'de 14 h à 16 h.' },
    ]);
    expect(wordChanges('', 'Oui.')).toEqual([{ kind: 'added', text: 'Oui.' }]);
    expect(wordChanges('', '')).toEqual([]);
  });

  test('what stays and what is new together are the new text', () => {
    const words = fc
      .array(fc.constantFrom('le', 'mercredi', 'midi', 'à', '16 h'), { maxLength: 12 })
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const runs = wordChanges(before, after);
        const text = (kinds: readonly string[]) =>
          runs
            .filter(({ kind }) => kinds.includes(kind))
            .map((run) => run.text)
            .join('');
        expect(text(['same', 'added'])).toBe(after);
      }),
    );
  });

  test('long texts are told as one replacement', () => {
    const runs = wordChanges('a '.repeat(700), 'b '.repeat(700));
    expect(runs.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});
