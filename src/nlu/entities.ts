import { createDateFinder } from './entities/dates.js';
import { createHappenedFinder } from './entities/happened.js';
import { findReceiptCode } from './entities/receipt-code.js';
import { createSectorFinder } from './entities/sectors.js';
import { createTimeFinder } from './entities/times.js';
import type { Entities } from './intent-recognizer.js';
import type { DateLexicon, RecurrenceLexicon, SectorLexicon } from './lexicon-schemas.js';

/** What a message names, from its normalised form and, for codes, as it was typed. Pure: `now` is the only notion of time. */
export type EntityFinder = (normalised: string, now: Date, typed: string) => Entities;

export function createEntityFinder(lexicons: {
  sectors: SectorLexicon;
  dates: DateLexicon;
  recurrences: RecurrenceLexicon;
}): EntityFinder {
  const findSector = createSectorFinder(lexicons.sectors);
  const findDates = createDateFinder(lexicons.dates);
  const findHappened = createHappenedFinder(lexicons);
  const findTime = createTimeFinder(lexicons.dates);
  return (normalised, now, typed) => {
    const sector = findSector(normalised);
    const dates = findDates(normalised, now);
    const time = findTime(typed);
    const happened = findHappened(normalised, now, time);
    const receiptCode = findReceiptCode(typed);
    return {
      ...(sector && { sector }),
      ...(dates && { dates }),
      ...(happened && { happened }),
      ...(time && { time }),
      ...(receiptCode && { receiptCode }),
    };
  };
}
