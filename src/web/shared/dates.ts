/** Days and times as read in France, whatever the device's own zone and language. */

const ZONE = 'Europe/Paris';
const dayParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const time = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const longDay = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long' });
const longDayAndYear = new Intl.DateTimeFormat('fr-FR', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** `YYYY-MM-DD` of an instant in milliseconds. */
export function dayKey(at: number): string {
  return dayParts.format(at);
}

/** « 14:05 » */
export function formatTime(at: number): string {
  return time.format(at);
}

/** « Aujourd’hui », « Hier », « mercredi 25 novembre », and the year when it is not this one. */
export function formatDay(
  at: number,
  now: number,
  words: { readonly today: string; readonly yesterday: string },
): string {
  const day = dayKey(at);
  if (day === dayKey(now)) return words.today;
  if (day === dayBefore(dayKey(now))) return words.yesterday;
  return (day.slice(0, 4) === dayKey(now).slice(0, 4) ? longDay : longDayAndYear).format(at);
}

/** Counts calendar days, since a day of 23 or 25 hours is one day too. */
function dayBefore(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - 1);
  return noon.toISOString().slice(0, 10);
}
