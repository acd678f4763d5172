import { z } from 'zod';
import { REPORT_CATEGORIES, REPORT_STEPS } from '../domain/report-answers.js';
import { createReportWords, type ReportCatalogue, type ReportWords } from '../domain/report-words.js';
import { text } from './answers-schema.js';
import { readJson } from './read-json.js';

/** Three of them and « Passer » are what a phone shows at once. */
const MOST_PLACES = 3;
/** A longer title is cut on a phone of 320 px. */
const LONGEST_PLACE = 24;

const words = z.array(text).min(1, { error: 'au moins un mot attendu' });
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, { error: 'une date s’écrit AAAA-MM-JJ' });

const catalogue: z.ZodType<ReportCatalogue> = z.strictObject({
  categories: z.record(z.enum(REPORT_CATEGORIES), words),
  places: z
    .array(z.strictObject({ name: text.max(LONGEST_PLACE), source: text, checkedOn: day }))
    .max(MOST_PLACES, { error: `au plus ${MOST_PLACES} lieux` }),
  streets: z.strictObject({ kinds: words, known: words, links: words, never: words }),
  steps: z.record(z.enum(REPORT_STEPS), words),
  requests: words,
  hours: z.strictObject({ after: words, before: words }),
  placing: words,
  nothing: words,
  beside: words,
  unclear: words,
  questions: z.strictObject({ openers: words, longest: z.int().positive() }),
  lostCode: words,
});

/**
 * What residents' own words say about a report.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its report.json.
 */
export function loadReportWords(corpusDir: URL): ReportWords {
  return createReportWords(readJson(new URL('report.json', corpusDir.href.replace(/\/?$/, '/')), catalogue));
}
