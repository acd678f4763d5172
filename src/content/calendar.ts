import { z } from 'zod';
import { foldText } from '../domain/answers.js';
import type { DateWords } from '../domain/date-words.js';
import type { Facts, Permanence, PermanenceId, Place } from '../domain/facts.js';
import { fillWords } from '../domain/fill-words.js';
import type { LocalDate } from '../domain/local-date.js';
import { addDays, addMonths, parisDate, toInstant } from '../domain/paris-time.js';
import type { Occurrence, PermanenceSchedules } from '../domain/permanence-schedule.js';
import { type CalendarEvent, writeCalendar } from './icalendar.js';
import { readJson } from './read-json.js';
import { words } from './words.js';

/** The permanences as calendar files. Their bytes change once a day at most, so that caches hold. */
export interface Calendar {
  /** Every occurrence of the next 12 months, today's included, for a subscription. */
  feed(now: Date): string;
  /**
   * One occurrence; undefined when there is none on that day.
   * @throws RangeError when the day does not exist.
   */
  occurrence(id: string, date: LocalDate, now: Date): string | undefined;
}

export interface CalendarDependencies {
  readonly facts: Facts;
  readonly schedules: PermanenceSchedules;
  readonly dateWords: DateWords;
  readonly texts: CalendarTexts;
}

export interface CalendarTexts {
  readonly name: string;
  readonly description: string;
  readonly summaries: Readonly<Record<PermanenceId, string>>;
  readonly summaryWithPart: string;
  readonly location: string;
  readonly locationWithPostcode: string;
  readonly partOnly: string;
  readonly hoursUnknown: string;
  readonly checkedOn: string;
  readonly map: string;
  readonly emergency: string;
  readonly problems: { readonly invalidDate: string; readonly noPermanence: string };
}

const FEED_MONTHS = 12;
const FEED_REFRESH_HOURS = 12;

const calendarTexts: z.ZodType<CalendarTexts> = z.strictObject({
  name: words('district'),
  description: words('district', 'city'),
  summaries: z.strictObject({ delegates: words(), commissioners: words() }),
  summaryWithPart: words('summary', 'part'),
  location: words('name', 'street', 'district', 'city'),
  locationWithPostcode: words('name', 'street', 'district', 'postcode', 'city'),
  partOnly: words('part'),
  hoursUnknown: words(),
  checkedOn: words('date'),
  map: words('url'),
  emergency: words(),
  problems: z.strictObject({ invalidDate: words(), noPermanence: words() }),
});

/**
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its calendar.json.
 */
export function loadCalendarTexts(corpusDir: URL): CalendarTexts {
  return readJson(new URL('calendar.json', corpusDir.href.replace(/\/?$/, '/')), calendarTexts);
}

export function createCalendar({ facts, schedules, dateWords, texts }: CalendarDependencies): Calendar {
  const town = { city: facts.town.city, district: facts.town.district };
  const uidDomain = [town.district, town.city, 'permanence']
    .map((name) => foldText(name).replace(/[ ']/g, '-'))
    .join('.');

  function toEvent(permanence: Permanence, occurrence: Occurrence): CalendarEvent {
    const { date, slot } = occurrence;
    const place = placeOf(facts, occurrence.placeId);
    const summary = texts.summaries[permanence.id];
    const part = slot.hours ? undefined : dateWords.slot(slot);
    const doubt = part ? fillWords(texts.partOnly, { part }) : texts.hoursUnknown;
    return {
      uid: `${permanence.id}-${date}@${uidDomain}`,
      date,
      ...(slot.hours && { hours: slot.hours }),
      summary: part ? fillWords(texts.summaryWithPart, { summary, part }) : summary,
      location: locationOf(place, texts),
      description: [
        ...(slot.hours ? [] : [doubt]),
        fillWords(texts.checkedOn, { date: dateWords.fullDate(permanence.checkedOn) }),
        fillWords(texts.map, { url: place.mapUrl }),
        texts.emergency,
      ].join('\n'),
    };
  }

  function write(events: readonly CalendarEvent[], now: Date, refreshHours?: number): string {
    return writeCalendar({
      name: fillWords(texts.name, town),
      description: fillWords(texts.description, town),
      stamp: toInstant(parisDate(now), '00:00'),
      events,
      ...(refreshHours && { refreshHours }),
    });
  }

  function feedFrom(today: LocalDate, now: Date): string {
    const end = addDays(addMonths(today, FEED_MONTHS), -1);
    const events = facts.permanences.flatMap((permanence) =>
      (schedules.get(permanence.id)?.between(today, end) ?? []).map((occurrence) => toEvent(permanence, occurrence)),
    );
    return write(
      events.sort((one, other) => one.date.localeCompare(other.date)),
      now,
      FEED_REFRESH_HOURS,
    );
  }

  // Writing it takes some milliseconds, and anybody may ask for it.
  let todaysFeed: { readonly day: LocalDate; readonly file: string } | undefined;

  return {
    feed(now) {
      const day = parisDate(now);
      if (todaysFeed?.day !== day) todaysFeed = { day, file: feedFrom(day, now) };
      return todaysFeed.file;
    },
    occurrence(id, date, now) {
      const permanence = facts.permanences.find((entry) => entry.id === id);
      if (!permanence) return undefined;
      const day = schedules.get(permanence.id)?.on(date);
      return day?.kind === 'open' ? write([toEvent(permanence, day.occurrence)], now) : undefined;
    },
  };
}

function placeOf(facts: Facts, placeId: string): Place {
  const place = facts.places.find(({ id }) => id === placeId);
  if (!place) throw new Error(`No place "${placeId}" in the facts`);
  return place;
}

function locationOf({ name, street, district, city, postcode }: Place, texts: CalendarTexts): string {
  return postcode
    ? fillWords(texts.locationWithPostcode, { name, street, district, city, postcode })
    : fillWords(texts.location, { name, street, district, city });
}
