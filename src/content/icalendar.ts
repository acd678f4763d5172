import type { LocalDate } from '../domain/local-date.js';
import { addDays, PARIS } from '../domain/paris-time.js';

/**
 * An iCalendar file (RFC 5545, names of RFC 7986). Written here because ical-generator formats wall times in the server's
 * own zone, writes DTSTAMP without its mandatory Z once a calendar has a zone, and leaves a calendar's name unescaped.
 */
export interface CalendarFile {
  readonly name: string;
  readonly description: string;
  /** How often subscribers should come back. Absent for a file that is opened once. */
  readonly refreshHours?: number;
  readonly stamp: Date;
  readonly events: readonly CalendarEvent[];
}

export interface CalendarEvent {
  /** Unique in the world, the same for ever. */
  readonly uid: string;
  readonly date: LocalDate;
  /** Times of Europe/Paris; absent for the whole day. */
  readonly hours?: { readonly from: string; readonly to: string };
  readonly summary: string;
  readonly location: string;
  readonly description: string;
}

/** RFC 5545, section 3.1: octets of a line, its end not counted. */
const LINE_OCTETS = 75;

/** The rule of the European Union since 1996 (directive 2000/84/EC). */
const VTIMEZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${PARIS}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

export function writeCalendar({ name, description, refreshHours, stamp, events }: CalendarFile): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Permanence//Permanence//FR',
    'CALSCALE:GREGORIAN',
    text('NAME', name),
    text('X-WR-CALNAME', name),
    text('X-WR-CALDESC', description),
    `X-WR-TIMEZONE:${PARIS}`,
    ...(refreshHours
      ? [`REFRESH-INTERVAL;VALUE=DURATION:PT${refreshHours}H`, `X-PUBLISHED-TTL:PT${refreshHours}H`]
      : []),
    ...VTIMEZONE,
    ...events.flatMap((event) => eventLines(event, stamp)),
    'END:VCALENDAR',
  ]
    .map((line) => `${fold(line)}\r\n`)
    .join('');
}

function eventLines(event: CalendarEvent, stamp: Date): string[] {
  return [
    'BEGIN:VEVENT',
    text('UID', event.uid),
    `DTSTAMP:${stamp.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    ...timeLines(event),
    text('SUMMARY', event.summary),
    text('LOCATION', event.location),
    text('DESCRIPTION', event.description),
    // A permanence is open to everybody: it must not make its reader look busy.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function timeLines({ date, hours }: CalendarEvent): string[] {
  if (!hours) return [`DTSTART;VALUE=DATE:${compact(date)}`, `DTEND;VALUE=DATE:${compact(addDays(date, 1))}`];
  return [
    `DTSTART;TZID=${PARIS}:${compact(date)}T${compact(hours.from)}00`,
    `DTEND;TZID=${PARIS}:${compact(date)}T${compact(hours.to)}00`,
  ];
}

function compact(dateOrTime: string): string {
  return dateOrTime.replace(/[-:]/g, '');
}

/** A property of type TEXT (RFC 5545, section 3.3.11). */
function text(name: string, value: string): string {
  const escaped = value
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
  return `${name}:${escaped}`;
}

/** Breaks a line between characters, never inside one, so that each part has at most 75 octets. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
