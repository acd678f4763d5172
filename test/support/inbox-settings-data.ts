import type { EditableFacts } from '../../src/web/inbox/api/types.js';

const SOURCED = { source: 'Plein Air', checkedOn: '2026-11-01' };

/** The facts as the data files have them: hours, years and addresses that no source gives are not there. */
export function buildEditableFacts(overrides: Partial<EditableFacts> = {}): EditableFacts {
  return {
    permanences: [
      {
        ...SOURCED,
        id: 'delegates',
        rule: { kind: 'weekly', weekday: 3, everyWeeks: 1 },
        slot: { part: 'afternoon' },
        placeId: 'maison-de-services',
        onPublicHolidays: 'closed',
        closures: [],
        additions: [],
      },
      {
        ...SOURCED,
        id: 'commissioners',
        rule: { kind: 'monthly', weekday: 4, nth: 1 },
        slot: {},
        placeId: 'maison-de-services',
        onPublicHolidays: 'closed',
        closures: [],
        additions: [],
      },
    ],
    sectors: [
      { id: 'besancon', name: 'Besançon' },
      { id: 'pontarlier', name: 'Pontarlier' },
      { id: 'montbeliard', name: 'Montbéliard' },
    ],
    station: { ...SOURCED, status: 'announced', openingMonth: 7, officersMin: 15, officersMax: 25 },
    ...overrides,
  };
}
