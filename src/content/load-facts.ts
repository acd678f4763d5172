import type { z } from 'zod';
import type { Facts, HelpNumber, Permanence, Place, Sector, SectorId } from '../domain/facts.js';
import { ALWAYS_SHOWN } from '../domain/help-numbers.js';
import {
  emailSchema,
  helpNumbersSchema,
  permanencesSchema,
  placesSchema,
  sectorsSchema,
  servicesSchema,
  stationSchema,
  townSchema,
} from './facts-schema.js';
import { ContentError, readJson } from './read-json.js';

export interface FactsOverrides {
  /** E-mail addresses that the operator's configuration sets, in place of those of sectors.json. */
  readonly sectorEmails?: Partial<Readonly<Record<SectorId, string>>>;
}

/**
 * Everything the assistant may state, deep-frozen.
 * @param corpusDir the directory of the language, such as `corpus/fr/`; the files lie in its `facts/`.
 * @throws ContentError with every fault of every file.
 */
export function loadFacts(corpusDir: URL, overrides: FactsOverrides = {}): Facts {
  const faults: string[] = [];

  function read<Output>(name: string, schema: z.ZodType<Output>): Output | undefined {
    try {
      return readJson(new URL(`facts/${name}`, corpusDir.href.replace(/\/?$/, '/')), schema);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  }

  const town = read('town.json', townSchema);
  const places = read('places.json', placesSchema);
  const permanences = read('permanences.json', permanencesSchema);
  const sectors = read('sectors.json', sectorsSchema);
  const station = read('station.json', stationSchema);
  const helpNumbers = read('help-numbers.json', helpNumbersSchema);
  const services = read('services.json', servicesSchema);
  const sectorEmails = overrides.sectorEmails ?? {};
  faults.push(...placeFaults(permanences, places), ...numberFaults(helpNumbers), ...emailFaults(sectors, sectorEmails));

  if (faults.length > 0 || !town || !places || !permanences || !sectors || !station || !helpNumbers || !services) {
    throw new ContentError(faults);
  }
  const reachable = sectors.map((sector) => withEmail(sector, sectorEmails[sector.id]));
  return deepFreeze({ town, places, permanences, sectors: reachable, station, helpNumbers, services });
}

function placeFaults(permanences: readonly Permanence[] = [], places: readonly Place[] | undefined): string[] {
  if (!places) return [];
  return permanences.flatMap(({ placeId }, index) =>
    places.some(({ id }) => id === placeId)
      ? []
      : [`corpus/fr/facts/permanences.json : ${index}.placeId : aucun lieu de ce nom dans places.json`],
  );
}

function numberFaults(numbers: readonly HelpNumber[] | undefined): string[] {
  if (!numbers) return [];
  return ALWAYS_SHOWN.filter((wanted) => !numbers.some(({ id }) => id === wanted)).map(
    (wanted) => `corpus/fr/facts/help-numbers.json : le ${wanted} manque : il est toujours montré en cas de danger`,
  );
}

function emailFaults(sectors: readonly Sector[] | undefined, emails: Readonly<Record<string, string>>): string[] {
  return Object.entries(emails).flatMap(([sectorId, email]) => {
    const place = `configuration : e-mail du secteur ${sectorId}`;
    if (sectors && !sectors.some(({ id }) => id === sectorId))
      return [`${place} : ce secteur n'est pas dans sectors.json`];
    return emailSchema.safeParse(email).success ? [] : [`${place} : adresse e-mail attendue`];
  });
}

function withEmail(sector: Sector, email: string | undefined): Sector {
  return email === undefined ? sector : { ...sector, email };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
