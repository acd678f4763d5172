import type { Occurrence } from './permanence-schedule.js';

/** Where the calendar files of this server are, for links and for the routes. */
export const CALENDAR_FEED_PATH = '/permanences.ics';

/** The calendar file of one occurrence. */
export function calendarPath({ permanenceId, date }: Pick<Occurrence, 'permanenceId' | 'date'>): string {
  return `/permanences/${permanenceId}/${date}.ics`;
}
