import type { z } from 'zod';
import { ContentError, readJson } from '../content/read-json.js';
import {
  type DateLexicon,
  type DecisionThresholds,
  datesSchema,
  decisionSchema,
  type EmergencyLexicon,
  emergencySchema,
  type LanguageLexicon,
  languagesSchema,
  normaliserSchema,
  type RecurrenceLexicon,
  type RequestLexicon,
  recurrencesSchema,
  requestsSchema,
  type SectorLexicon,
  sectorsSchema,
} from './lexicon-schemas.js';
import type { NormaliserLexicon } from './normalise.js';

export interface Lexicons {
  readonly normaliser: NormaliserLexicon;
  readonly sectors: SectorLexicon;
  readonly dates: DateLexicon;
  readonly recurrences: RecurrenceLexicon;
  readonly emergency: EmergencyLexicon;
  readonly decision: DecisionThresholds;
  readonly languages: LanguageLexicon;
  readonly requests: RequestLexicon;
}

/**
 * Reads corpus/fr/nlu/*.json.
 * @param corpusDir the language's folder, such as corpus/fr
 * @throws ContentError with the faults of all files
 */
export function loadLexicons(corpusDir: URL): Lexicons {
  const folder = new URL('nlu/', asFolder(corpusDir));
  const faults: string[] = [];
  function read<Output>(name: string, schema: z.ZodType<Output>): Output | undefined {
    try {
      return readJson(new URL(`${name}.json`, folder), schema);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  }
  const normaliser = read('normaliser', normaliserSchema);
  const sectors = read('sectors', sectorsSchema);
  const dates = read('dates', datesSchema);
  const recurrences = read('recurrences', recurrencesSchema);
  const emergency = read('emergency', emergencySchema);
  const decision = read('decision', decisionSchema);
  const languages = read('languages', languagesSchema);
  const requests = read('requests', requestsSchema);
  if (!normaliser || !sectors || !dates || !recurrences || !emergency || !decision || !languages || !requests) {
    throw new ContentError(faults);
  }
  return { normaliser, sectors, dates, recurrences, emergency, decision, languages, requests };
}

/** `new URL('x', folder)` replaces the last segment of a folder that has no slash at its end. */
export function asFolder(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}
