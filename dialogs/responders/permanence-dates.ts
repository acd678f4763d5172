import type { PermanenceId } from '../../src/domain/facts.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import type { Content } from '../../src/domain/message.js';
import { addDays, parisDate } from '../../src/domain/paris-time.js';
import type { PermanenceSchedule, PermanenceSchedules } from '../../src/domain/permanence-schedule.js';
import type { Responder } from '../dialog-turn.js';
import {
  type ClosedDay,
  capitalise,
  createPermanenceSentences,
  type PermanenceDependencies,
} from './permanence-sentences.js';

/** More dates than these are not read on a phone. */
const MAX_DATES = 3;

const OTHER: Readonly<Record<PermanenceId, PermanenceId>> = { delegates: 'commissioners', commissioners: 'delegates' };

/**
 * When one of the permanences takes place: the next one, on the day asked about, or within the days asked about. The
 * answer comes first, then day and place, then what is not certain.
 */
export function answerPermanenceDates(id: PermanenceId, deps: PermanenceDependencies): Responder {
  const { answers, schedules, wording } = deps;
  const schedule = scheduleOf(schedules, id);
  const other = scheduleOf(schedules, OTHER[id]);
  const sentences = createPermanenceSentences(id, deps);

  function upcoming(now: Date, isToldOfToday = false): readonly Content[] {
    const { phase, today, next } = schedule.status(now);
    if (phase === 'over') return sentences.turnToNext('hours.over', now);
    if (today && phase === 'unknown-hours') return sentences.about('hours.maybe-now', today, now);
    if (today && phase === 'during') {
      const answer = isToldOfToday ? 'hours.now.yes' : 'hours.now';
      return sentences.about(answer, today, now, { slot: sentences.slot(today) });
    }
    const occurrence = today ?? next;
    return occurrence ? sentences.about('hours.next', occurrence, now) : sentences.turnToNext('hours.none', now);
  }

  function onDay(date: LocalDate, now: Date): readonly Content[] {
    const today = parisDate(now);
    if (date < today) return sentences.turnToNext('hours.past', now, { day: capitalise(sentences.day(date, now)) });
    const day = schedule.on(date);
    if (day.kind === 'closed') return closedOn(day, now);
    if (date === today && schedule.status(now).phase !== 'before') return upcoming(now, true);
    return sentences.about('hours.yes', day.occurrence, now, {
      near: sentences.near(date, now),
      although: sentences.although(day),
      when: sentences.dayAndSlot(day.occurrence, now),
    });
  }

  function closedOn(day: ClosedDay, now: Date): readonly Content[] {
    const words = { day: sentences.day(day.date, now), because: sentences.because(day) };
    const instead = other.on(day.date);
    if (instead.kind === 'closed') return sentences.turnToNext('hours.no', now, words);
    const { placeId } = instead.occurrence;
    const same = { who: wording.who(OTHER[id]), address: wording.address(placeId) };
    const [next] = schedule.next(now);
    return sentences.turnToNext('hours.no.other', now, {
      ...words,
      other: answers.phrase('other.same-day', same),
      next: wording.next(id, next, now),
    });
  }

  function between(from: LocalDate, to: LocalDate, now: Date): readonly Content[] {
    const today = parisDate(now);
    if (to < today) return sentences.turnToNext('hours.past.range', now);
    const firstDay = firstDayLeft(now);
    const found = schedule.between(from < firstDay ? firstDay : from, to);
    const [first, second] = found;
    if (!first) {
      const words = { from: deps.dates.day(from, now), to: deps.dates.day(to, now) };
      return sentences.turnToNext(from < firstDay ? 'hours.range.none-left' : 'hours.range.none', now, words);
    }
    if (!second) return sentences.about('hours.range.one', first, now);
    return sentences.list('hours.range', found.slice(0, MAX_DATES), found.length > MAX_DATES, now);
  }

  /** Today, or tomorrow when today's is over. */
  function firstDayLeft(now: Date): LocalDate {
    const today = parisDate(now);
    return schedule.status(now).phase === 'over' ? addDays(today, 1) : today;
  }

  return ({ entities, now }) => {
    if (!entities.dates) return upcoming(now);
    const { from, to } = entities.dates;
    return from === to ? onDay(from, now) : between(from, to, now);
  };
}

function scheduleOf(schedules: PermanenceSchedules, id: PermanenceId): PermanenceSchedule {
  const schedule = schedules.get(id);
  if (!schedule) throw new Error(`No schedule "${id}"`);
  return schedule;
}
