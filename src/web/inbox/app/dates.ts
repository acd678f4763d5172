/** Dates as people say them, in the town's time whatever the device's zone. */
const ZONE = 'Europe/Paris';
const day = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', timeZone: ZONE });
const dayAndYear = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE });
const clock = new Intl.DateTimeFormat('fr-FR', {
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: ZONE,
});

/** « mercredi 25 novembre à 14 h 05 » @param at milliseconds since 1970. */
export function dayAndTime(at: number): string {
  return `${day.format(at)} à ${timeOf(at)}`;
}

/** « 25 novembre 2026 » */
export function dateWithYear(at: number): string {
  return dayAndYear.format(at);
}

/** « 14 h 05 », « 9 h » */
export function timeOf(at: number): string {
  const [hour = '', minute = ''] = clock.format(at).split(':');
  return minute === '00' ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`;
}
