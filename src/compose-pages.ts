import type { Router } from 'express';
import { createLiveCalendar } from './compose-answers.js';
import type { Parts } from './compose-services.js';
import type { LiveFacts } from './domain/live-facts.js';
import { createCalendarRouter } from './http/calendar-routes.js';
import { createPagesRouter } from './http/pages.js';
import { telegramAddress } from './http/poster.js';
import { createPosterRouter } from './http/poster-routes.js';

export interface PagesParts {
  /** The built pages and widget. */
  readonly webDir: URL;
  readonly liveFacts: LiveFacts;
  /** Absent: no bot was set up. Its name is known once Telegram has told it. */
  readonly telegram?: { bot(): { readonly username: string } | undefined } | undefined;
}

/** What anybody can open in a browser: the pages with the widget, the poster, the calendar. */
export function createPages(
  { config, clock, content }: Pick<Parts, 'config' | 'clock' | 'content'>,
  { webDir, liveFacts, telegram }: PagesParts,
): readonly Router[] {
  const calendar = createLiveCalendar(content, liveFacts);
  const username = () => telegram?.bot()?.username;
  const variables = () => {
    const name = username();
    return {
      ...content.pageVariables,
      hasTelegram: telegram !== undefined,
      telegram: name === undefined ? undefined : telegramAddress(name),
    };
  };
  const sources = () => ({
    facts: liveFacts.current(),
    dates: content.dates,
    names: content.calendarTexts.summaries,
    controller: content.pageVariables.controllerName ?? '',
    publicUrl: config.publicUrl,
    telegram: telegram && { username: username() },
    now: clock(),
  });
  return [
    createCalendarRouter({ calendar, texts: content.calendarTexts, clock }),
    createPosterRouter({ webDir, sources }),
    createPagesRouter({ webDir, variables }),
  ];
}
