import { createDateFinder } from './entities/dates.js';
import { createSectorFinder } from './entities/sectors.js';
import type { Entities } from './intent-recognizer.js';
import type { DateLexicon, SectorLexicon } from './lexicon-schemas.js';

/** What a normalised message names. Pure: `now` is the only notion of time. */
export type EntityFinder = (normalised: string, now: Date) => Entities;

export function createEntityFinder(lexicons: { sectors: SectorLexicon; dates: DateLexicon }): EntityFinder {
  const findSector = createSectorFinder(lexicons.sectors);
  const findDates = createDateFinder(lexicons.dates);
  return (normalised, now) => {
    const sector = findSector(normalised);
    const dates = findDates(normalised, now);
    return { ...(sector && { sector }), ...(dates && { dates }) };
  };
}
