import { weekdayOf } from './facts-conversion.js';
import type { FactsForm, FormPermanence, FormStation, FormTime } from './facts-form-types.js';
import type { FactsFaultCode } from './strings.js';

const LONGEST = 300;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** As loose as may be: the server has the last word. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const WHOLE = /^\d{1,4}$/;

type Fault = readonly [where: string, code: FactsFaultCode];

/** What the server would refuse, by the field that it is shown at: `delegates.anchor`, `k3.date`, `station.address`. */
export type FactsFaults = ReadonlyMap<string, FactsFaultCode>;

export function faultsOf({ permanences, sectors, station }: FactsForm): FactsFaults {
  const emails = sectors.filter(({ email }) => email.trim() !== '' && !EMAIL.test(email.trim()));
  return new Map<string, FactsFaultCode>([
    ...permanences.flatMap(permanenceFaults),
    ...emails.map(({ id }): Fault => [`sector.${id}`, 'email']),
    ...stationFaults(station),
  ]);
}

function permanenceFaults(permanence: FormPermanence): readonly Fault[] {
  const { id, closures, additions } = permanence;
  return [
    ...ruleFaults(permanence),
    ...timeFaults(`${id}.time`, permanence.time),
    ...closures.flatMap(({ key, from, to, reason }) => [
      ...at(`${key}.from`, weekdayOf(from) === undefined || weekdayOf(to) === undefined, 'no-day'),
      ...at(`${key}.to`, to !== '' && to < from, 'days-reversed'),
      ...lengthFaults(`${key}.reason`, reason),
    ]),
    ...additions.flatMap(({ key, date, time }, index) => [
      ...at(
        `${key}.date`,
        additions.slice(0, index).some((other) => other.date === date),
        'same-day',
      ),
      ...at(`${key}.date`, weekdayOf(date) === undefined, 'no-day'),
      ...timeFaults(`${key}.time`, time),
    ]),
    ...sourceFaults(id, permanence.source),
  ];
}

function ruleFaults({ id, kind, weekday, everyWeeks, anchor }: FormPermanence): readonly Fault[] {
  if (kind !== 'every-n') return [];
  const weeks = Number(everyWeeks);
  const day = weekdayOf(anchor);
  return [
    ...at(`${id}.everyWeeks`, !WHOLE.test(everyWeeks) || weeks < 2 || weeks > 52, 'weeks'),
    ...at(`${id}.anchor`, day === undefined, 'no-anchor'),
    ...at(`${id}.anchor`, day !== undefined && day !== weekday, 'wrong-weekday'),
  ];
}

function stationFaults({
  openingYear,
  officersMin,
  officersMax,
  address,
  hours,
  source,
}: FormStation): readonly Fault[] {
  const year = openingYear.trim();
  const areNumbers = WHOLE.test(officersMin) && WHOLE.test(officersMax);
  return [
    ...at('station.openingYear', year !== '' && !/^20\d\d$|^2100$/.test(year), 'year'),
    ...at('station.officersMin', !WHOLE.test(officersMin), 'number'),
    ...at('station.officersMax', !WHOLE.test(officersMax), 'number'),
    ...at('station.officersMax', areNumbers && Number(officersMax) < Number(officersMin), 'max-below-min'),
    ...lengthFaults('station.address', address),
    ...lengthFaults('station.hours', hours),
    ...sourceFaults('station', source),
  ];
}

function timeFaults(where: string, { kind, from, to }: FormTime): readonly Fault[] {
  if (kind !== 'hours') return [];
  if (!TIME.test(from) || !TIME.test(to)) return [[where, 'no-time']];
  return at(where, to <= from, 'ends-before-it-begins');
}

function sourceFaults(subject: string, source: string): readonly Fault[] {
  return [...at(`${subject}.source`, source.trim() === '', 'no-source'), ...lengthFaults(`${subject}.source`, source)];
}

function lengthFaults(where: string, text: string): readonly Fault[] {
  return at(where, text.trim().length > LONGEST, 'too-long');
}

function at(where: string, isFault: boolean, code: FactsFaultCode): readonly Fault[] {
  return isFault ? [[where, code]] : [];
}
