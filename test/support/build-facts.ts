import type { Facts, Permanence, Place } from '../../src/domain/facts.js';

const SOURCED = { source: 'essai', checkedOn: '2026-11-01' } as const;

/** Every Wednesday afternoon, hours unset, closed on public holidays. */
export function buildPermanence(overrides: Partial<Permanence> = {}): Permanence {
  return {
    ...SOURCED,
    id: 'delegates',
    rule: { kind: 'weekly', weekday: 3, everyWeeks: 1 },
    slot: { part: 'afternoon' },
    placeId: 'maison',
    onPublicHolidays: 'closed',
    closures: [],
    additions: [],
    ...overrides,
  };
}

export function buildPlace(overrides: Partial<Place> = {}): Place {
  return {
    ...SOURCED,
    id: 'maison',
    name: 'Maison de Services au Public',
    street: '7/9 rue Picasso',
    district: 'Planoise',
    city: 'Besançon',
    mapUrl: 'https://www.openstreetmap.org/search?query=7%20rue%20Picasso',
    ...overrides,
  };
}

export function buildFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    town: { city: 'Besançon', district: 'Planoise' },
    places: [buildPlace()],
    permanences: [
      buildPermanence(),
      buildPermanence({ id: 'commissioners', rule: { kind: 'monthly', weekday: 4, nth: 1 }, slot: {} }),
    ],
    sectors: [{ id: 'besancon', name: 'Besançon' }],
    station: { ...SOURCED, status: 'announced', openingMonth: 7, officersMin: 15, officersMax: 25 },
    helpNumbers: [],
    services: [],
    ...overrides,
  };
}
