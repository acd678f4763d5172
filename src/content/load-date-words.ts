import { z } from 'zod';
import { createDateWords, type DateCatalogue, type DateWords } from '../domain/date-words.js';
import { readJson } from './read-json.js';
import { words } from './words.js';

const catalogue: z.ZodType<DateCatalogue> = z.strictObject({
  relative: z.strictObject({ yesterday: words(), today: words(), tomorrow: words(), dayAfterTomorrow: words() }),
  relativeDay: words('relative', 'day'),
  dayAndSlot: words('day', 'slot'),
  parts: z.strictObject({ morning: words(), afternoon: words() }),
  hour: words('hour'),
  hourAndMinutes: words('hour', 'minutes'),
  hours: words('from', 'to'),
  everyWeek: words('weekday'),
  everyNthWeek: words('weekday', 'weeks'),
  weeks: z.record(z.string().regex(/^\d+$/), words()),
  everyMonth: words('nth', 'weekday'),
  nth: z.strictObject({ '1': words(), '2': words(), '3': words(), '4': words(), '-1': words() }),
  holidays: z.strictObject({
    'new-year': words(),
    'easter-monday': words(),
    'labour-day': words(),
    'victory-1945': words(),
    ascension: words(),
    'whit-monday': words(),
    'national-day': words(),
    assumption: words(),
    'all-saints': words(),
    'armistice-1918': words(),
    christmas: words(),
  }),
});

/**
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its dates.json.
 */
export function loadDateWords(corpusDir: URL): DateWords {
  return createDateWords(readJson(new URL('dates.json', corpusDir.href.replace(/\/?$/, '/')), catalogue));
}
