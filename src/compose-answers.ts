import type { Parts } from './compose-services.js';
import { type Calendar, createCalendar } from './content/calendar.js';
import type { Content } from './content/load-content.js';
import type { Facts } from './domain/facts.js';
import type { LiveFacts } from './domain/live-facts.js';
import { createSchedules } from './domain/permanence-schedule.js';
import type { Intent } from './nlu/intent-recognizer.js';
import { previewAnswer } from './pipeline/preview-answer.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';

/** Makes the dialogs for some facts. */
export type DialogsOf = (facts: Facts) => DialogRunner;

/** The dialogs over the facts as they are at each turn. */
export function createLiveDialogs(dialogsOf: DialogsOf, liveFacts: LiveFacts): DialogRunner {
  let dialogs = dialogsOf(liveFacts.current());
  liveFacts.subscribe((facts) => {
    dialogs = dialogsOf(facts);
  });
  return {
    run: (context, state) => dialogs.run(context, state),
    isConfidential: (state) => dialogs.isConfidential(state),
    takesWords: (state) => dialogs.takesWords?.(state) ?? true,
  };
}

/** The questions whose answers depend on what coordinators edit. */
const PREVIEWED: readonly Intent[] = [
  'permanence.hours',
  'permanence.commissioners',
  'permanence.location',
  'contact.email',
  'station.new',
];

/** What the assistant would answer with other facts. */
export async function previewAnswers(
  facts: Facts,
  dialogsOf: DialogsOf,
  { clock, content }: Pick<Parts, 'clock' | 'content'>,
): Promise<readonly { readonly question: string; readonly bubbles: readonly string[] }[]> {
  const { desk, concealed } = content;
  const given = { dialogs: dialogsOf(facts), words: desk.words, concealed, now: clock() };
  return Promise.all(
    PREVIEWED.map(async (intent) => {
      const question = content.answers.titleOf(intent);
      const contents = await previewAnswer(question, given);
      return { question, bubbles: contents.flatMap((entry) => (entry.kind === 'text' ? [entry.text] : [])) };
    }),
  );
}

/** The calendar of the facts as they are at each call. */
export function createLiveCalendar(content: Content, liveFacts: LiveFacts): Calendar {
  const calendarOf = (facts: Facts): Calendar =>
    createCalendar({
      facts,
      schedules: createSchedules(facts.permanences),
      dateWords: content.dates,
      texts: content.calendarTexts,
    });
  let calendar = calendarOf(liveFacts.current());
  liveFacts.subscribe((facts) => {
    calendar = calendarOf(facts);
  });
  return {
    feed: (now) => calendar.feed(now),
    occurrence: (id, date, now) => calendar.occurrence(id, date, now),
  };
}
