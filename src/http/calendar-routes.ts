import { createHash } from 'node:crypto';
import { type Response, Router } from 'express';
import type { Calendar, CalendarTexts } from '../content/calendar.js';
import { CALENDAR_FEED_PATH } from '../domain/calendar-paths.js';
import type { Clock } from '../domain/clock.js';
import { isLocalDate } from '../domain/paris-time.js';
import { sendProblem } from './problem.js';

export interface CalendarRouterDependencies {
  readonly calendar: Calendar;
  readonly texts: Pick<CalendarTexts, 'problems'>;
  readonly clock: Clock;
}

const CACHE_SECONDS = 3600;

/** `GET /permanences.ics` to subscribe to, `GET /permanences/:id/:date.ics` for one day. */
export function createCalendarRouter({ calendar, texts, clock }: CalendarRouterDependencies): Router {
  const router = Router();

  router.get(CALENDAR_FEED_PATH, (_request, response) => {
    sendCalendar(response, calendar.feed(clock()), 'inline; filename="permanences.ics"');
  });

  router.get('/permanences/:id/:date.ics', (request, response) => {
    const { id, date } = request.params;
    if (!isLocalDate(date)) {
      sendProblem(response, { status: 400, code: 'invalid-date', detail: texts.problems.invalidDate });
      return;
    }
    const file = calendar.occurrence(id, date, clock());
    if (!file) {
      sendProblem(response, { status: 404, code: 'no-permanence', detail: texts.problems.noPermanence });
      return;
    }
    sendCalendar(response, file, `attachment; filename="permanence-${date}.ics"`);
  });

  return router;
}

function sendCalendar(response: Response, file: string, disposition: string): void {
  response
    .set({
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': disposition,
      'Cache-Control': `public, max-age=${CACHE_SECONDS}`,
      ETag: `"${createHash('sha256').update(file).digest('base64url')}"`,
    })
    .send(file);
}
