import type { Answers, Variables } from '../../src/domain/answers.js';
import { CALENDAR_FEED_PATH, calendarPath } from '../../src/domain/calendar-paths.js';
import type { DateWords } from '../../src/domain/date-words.js';
import type { Facts, PermanenceId } from '../../src/domain/facts.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import type { Card, Content } from '../../src/domain/message.js';
import type { DayAnswer, Occurrence, PermanenceSchedules } from '../../src/domain/permanence-schedule.js';
import { permanenceOf, type Wording } from '../wording.js';

export interface PermanenceDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly facts: Facts;
  readonly schedules: PermanenceSchedules;
  readonly wording: Wording;
}

export type ClosedDay = DayAnswer & { readonly kind: 'closed' };

/** The sentences about one permanence: all answers about its dates are rendered here. */
export interface PermanenceSentences {
  /** An answer that goes on to the next date, which its calendar card is for. */
  turnToNext(answer: string, now: Date, variables?: Variables): readonly Content[];
  /** An answer about one date. */
  about(answer: string, occurrence: Occurrence, now: Date, variables?: Variables): readonly Content[];
  /** An answer that lists dates. */
  list(answer: string, occurrences: readonly Occurrence[], hasMore: boolean, now: Date): readonly Content[];
  /** « l'après-midi », « de 14 h à 16 h » or nothing. */
  slot(occurrence: Occurrence): string;
  /** « mercredi 2 décembre, l'après-midi » */
  dayAndSlot(occurrence: Occurrence, now: Date): string;
  /** « demain, jeudi 26 novembre » or « jeudi 3 décembre » */
  day(date: LocalDate, now: Date): string;
  /** « demain » or « ce jour-là » */
  near(date: LocalDate, now: Date): string;
  /** « , même si c'est férié (Noël) » or nothing. */
  although(day: DayAnswer): string;
  /** Why it does not take place: a public holiday, a closure, or nothing to say. */
  because(day: ClosedDay): string;
}

export function createPermanenceSentences(id: PermanenceId, deps: PermanenceDependencies): PermanenceSentences {
  const { answers, dates, facts, schedules, wording } = deps;

  function render(answer: string, now: Date, variables: Variables, card: Card | undefined): readonly Content[] {
    const [next] = schedules.get(id)?.next(now) ?? [];
    const { placeId, rule } = permanenceOf(facts, id);
    const common = {
      who: wording.who(id),
      address: wording.address(next?.placeId ?? placeId),
      rule: dates.rule(rule),
      doubt: next ? wording.doubt(id) : wording.checked(id),
      next: wording.nextWithAddress(id, next, now),
    };
    return answers.render(answer, { ...common, ...variables }, { card });
  }

  function dayAndSlot(occurrence: Occurrence, now: Date): string {
    const slot = dates.slot(occurrence.slot);
    const day = dates.day(occurrence.date, now);
    return slot ? `${day}, ${slot}` : day;
  }

  function calendarCard(occurrence: Occurrence, now: Date): Card {
    const text = capitalise(dayAndSlot(occurrence, now));
    const link = { title: answers.phrase('link.calendar'), url: calendarPath(occurrence) };
    return { title: answers.phrase(`card.${id}`), text, links: [link] };
  }

  return {
    dayAndSlot,
    turnToNext(answer, now, variables = {}) {
      const [next] = schedules.get(id)?.next(now) ?? [];
      return render(answer, now, variables, next && calendarCard(next, now));
    },
    about(answer, occurrence, now, variables = {}) {
      const place = { address: wording.address(occurrence.placeId), when: dates.when(occurrence, now) };
      return render(answer, now, { ...place, ...variables }, calendarCard(occurrence, now));
    },
    list(answer, occurrences, hasMore, now) {
      const lines = occurrences.map((occurrence) =>
        answers.phrase('range.item', { when: dates.when(occurrence, now) }),
      );
      const text = [...lines, ...(hasMore ? [answers.phrase('range.more')] : [])].join('\n');
      const link = { title: answers.phrase('link.subscribe'), url: CALENDAR_FEED_PATH };
      return render(answer, now, { dates: text }, { title: answers.phrase(`card.${id}`), links: [link] });
    },
    slot: ({ slot }) => dates.slot(slot) ?? '',
    day(date, now) {
      const near = dates.relative(date, now);
      const day = dates.day(date, now);
      return near ? answers.phrase('relative.day', { relative: near, day }) : day;
    },
    near: (date, now) => dates.relative(date, now) ?? answers.phrase('relative.that-day'),
    although: ({ holiday }) => (holiday ? answers.phrase('although.holiday', { holiday: dates.holiday(holiday) }) : ''),
    because(day) {
      if (day.reason === 'closure') {
        const { reason } = day.closure;
        return reason ? answers.phrase('because', { reason }) : answers.phrase('because.closure');
      }
      return day.holiday ? answers.phrase('because.holiday', { holiday: dates.holiday(day.holiday) }) : '';
    },
  };
}

export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
}
