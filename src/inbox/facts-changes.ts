import type { DateWords } from '../domain/date-words.js';
import type { Facts, NewStation, Permanence, Sector } from '../domain/facts.js';
import type { EditableFacts } from '../domain/facts-edit.js';
import { FACTS_WORDS as WORDS } from './facts-words.js';

/** What differs, a French line each. `before` is absent when it is no longer kept. */
export type DescribeChanges = (before: EditableFacts | undefined, after: EditableFacts) => readonly string[];

export function createDescribeChanges({
  dates,
  places,
}: {
  readonly dates: DateWords;
  readonly places: Facts['places'];
}): DescribeChanges {
  const placeName = (id: string): string => places.find((place) => place.id === id)?.name ?? id;

  /** Each thing that can differ, in words. */
  function permanenceInWords(permanence: Permanence): Readonly<Record<string, string>> {
    const day = (date: string): string => dates.fullDate(date);
    return {
      [WORDS.rule]: dates.rule(permanence.rule),
      [WORDS.anchor]: permanence.rule.kind === 'weekly' && permanence.rule.anchor ? day(permanence.rule.anchor) : '',
      [WORDS.slot]: dates.slot(permanence.slot) ?? '',
      [WORDS.place]: placeName(permanence.placeId),
      [WORDS.holidays]: WORDS.onHolidays[permanence.onPublicHolidays],
      [WORDS.closures]: permanence.closures
        .map(
          ({ from, to, reason }) =>
            `${from === to ? day(from) : WORDS.fromTo(day(from), day(to))}${inBrackets(reason)}`,
        )
        .join(', '),
      [WORDS.additions]: permanence.additions
        .map(({ date, slot }) => `${day(date)}${inBrackets(slot && dates.slot(slot))}`)
        .join(', '),
      [WORDS.source]: permanence.source,
      [WORDS.checkedOn]: day(permanence.checkedOn),
    };
  }

  function stationInWords(station: NewStation): Readonly<Record<string, string>> {
    return {
      [WORDS.status]: WORDS.statuses[station.status],
      [WORDS.opening]: `${dates.month(station.openingMonth)} ${station.openingYear ?? ''}`.trim(),
      [WORDS.officers]: WORDS.fromTo(String(station.officersMin), String(station.officersMax)),
      [WORDS.address]: station.address ?? '',
      [WORDS.hours]: station.hours ?? '',
      [WORDS.source]: station.source,
      [WORDS.checkedOn]: dates.fullDate(station.checkedOn),
    };
  }

  return (before, after) => {
    if (!before) return [];
    return [
      ...after.permanences.flatMap((permanence) =>
        differences(
          WORDS.permanences[permanence.id],
          inWords(before.permanences, permanence.id, permanenceInWords),
          permanenceInWords(permanence),
        ),
      ),
      ...after.sectors.flatMap((sector) =>
        differences(sector.name, inWords(before.sectors, sector.id, sectorInWords), sectorInWords(sector)),
      ),
      ...differences(WORDS.station, stationInWords(before.station), stationInWords(after.station)),
    ];
  };
}

function sectorInWords({ email }: Sector): Readonly<Record<string, string>> {
  return { [WORDS.email]: email ?? '' };
}

function inWords<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  describe: (item: Item) => Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const item = items.find((entry) => entry.id === id);
  return item ? describe(item) : {};
}

function differences(
  subject: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(after)
    .filter(([what, words]) => (before[what] ?? '') !== words)
    .map(([what, words]) => WORDS.change(subject, what, before[what] || WORDS.none, words || WORDS.none));
}

function inBrackets(text: string | undefined): string {
  return text ? ` (${text})` : '';
}
