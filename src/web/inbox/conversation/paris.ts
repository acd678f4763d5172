/** Days and hours as France reads them, whatever the device's own zone. */

const ZONE = 'Europe/Paris';
const NBSP = '\u00a0';
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const dayWords = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long' });

/** « 14 h 02 » */
export function clockWords(at: number): string {
  const { hour, minute } = read(at);
  return `${Number(hour)}${NBSP}h${NBSP}${minute}`;
}

/** « à 14 h 02 » today; « mardi 24 novembre à 14 h 02 » on another day. */
export function momentWords(at: number, now: number): string {
  return dateOf(at) === dateOf(now) ? `à ${clockWords(at)}` : `${dayWords.format(at)} à ${clockWords(at)}`;
}

/** `YYYY-MM-DD` */
export function dateOf(at: number): string {
  const { year, month, day } = read(at);
  return `${year}-${month}-${day}`;
}

/** `HH:MM` */
export function timeOf(at: number): string {
  const { hour, minute } = read(at);
  return `${hour}:${minute}`;
}

/** The instant of a date and an hour in Paris; undefined when they are none. An hour that the clocks skip becomes the next. */
export function parisInstant(date: string, time: string): number | undefined {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const first = asUtc - offsetAt(asUtc);
  const second = asUtc - offsetAt(first);
  return second;
}

/** The day after that of `at`, at an hour in Paris. */
export function tomorrowAt(at: number, time: string): number {
  const noon = new Date(`${dateOf(at)}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return parisInstant(noon.toISOString().slice(0, 10), time) ?? at;
}

function offsetAt(at: number): number {
  const { year, month, day, hour, minute } = read(at);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - at + (at % 60_000);
}

function read(at: number): Readonly<Record<string, string>> {
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
}
