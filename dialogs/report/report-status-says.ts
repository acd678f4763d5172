import type { DateWords } from '../../src/domain/date-words.js';
import { isDomainError } from '../../src/domain/errors.js';
import type { TextContent } from '../../src/domain/message.js';
import { parisDate } from '../../src/domain/paris-time.js';
import type { FollowUp, FollowUpEntry } from '../../src/domain/report-intake.js';
import type { TurnEffects } from '../../src/domain/turn-effects.js';
import type { ReportSays } from './report-says.js';

export interface FollowUpSays {
  /** Where a report stands, and what was answered: confided as a whole. */
  shown(found: FollowUp, effects: TurnEffects, now: Date): readonly TextContent[];
  /** A text of the follow-up, with the buttons that go with it. */
  open(id: string, isInformed: boolean): readonly TextContent[];
  /** What is added, in words: a place that was shared is told by its coordinates. */
  added(said: { readonly text: string; readonly effects: Pick<TurnEffects, 'position'> }): string;
  /** What the store says no to, for good; undefined for any other failure. */
  refused(error: unknown, now: Date): readonly TextContent[] | undefined;
}

/** Telegram takes 4,096 characters a message; the oldest entries give way. */
const LONGEST_SHOWN = 3500;

/** Of a degree: the fifth digit is about a metre. */
const DIGITS = 5;

export function createFollowUpSays(says: ReportSays, dates: DateWords): FollowUpSays {
  const dayOf = (at: number, now: Date) => dates.day(parisDate(new Date(at)), now);

  function stateOf({ status, submittedAt, changedAt, entries }: FollowUp, now: Date): string {
    const changed = entries.findLast((entry) => entry.kind === 'status' && entry.status === status)?.at ?? changedAt;
    return says.phrase(`report.state.${status}`, { day: dayOf(status === 'received' ? submittedAt : changed, now) });
  }

  function entryOf({ at, kind, text }: FollowUpEntry, now: Date): string | undefined {
    const day = dayOf(at, now);
    if (kind === 'addition') return says.phrase('report.entry.addition', { day });
    if (text !== undefined) return says.phrase('report.entry.reply', { day, text });
    return kind === 'reply' ? says.phrase('report.entry.unreadable', { day }) : undefined;
  }

  function entriesOf({ entries, status }: FollowUp, now: Date): string {
    const lines = entries.map((entry) => entryOf(entry, now)).filter((line) => line !== undefined);
    const isAnswered = entries.some(({ kind, text }) => kind === 'reply' || text !== undefined);
    const shown = lastThatFit(lines);
    return [
      ...(isAnswered ? [] : [says.phrase(status === 'closed' ? 'report.entry.none.closed' : 'report.entry.none')]),
      ...(shown.length < lines.length ? [says.phrase('report.entry.more')] : []),
      ...shown,
    ].join('\n');
  }

  function open(id: string, isInformed: boolean): readonly TextContent[] {
    const actions = ['report.add', isInformed ? 'report.stop-informing' : 'report.inform', 'report.finish'];
    return says.texts(id, {}, { actions });
  }

  return {
    open,
    added({ effects: { position }, text }) {
      if (!position) return text;
      const latitude = position.latitude.toFixed(DIGITS);
      const longitude = position.longitude.toFixed(DIGITS);
      return `${says.phrase('report.addition.position', { latitude, longitude })}\n${text}`.trim();
    },
    refused(error, now) {
      if (isDomainError(error, 'no-reader')) return says.noReader('report.status.no-reader', now);
      if (isDomainError(error, 'report-gone')) return says.texts('report.status.gone');
      return isDomainError(error, 'too-many-attempts') ? says.texts('report.status.full') : undefined;
    },
    shown(found, effects, now) {
      const standIn = says.phrase('report.stand-in.follow-up');
      const told: TextContent = { kind: 'text', text: `${stateOf(found, now)}\n${entriesOf(found, now)}` };
      const next = found.notifies ? 'report.status.next' : 'report.status.shown';
      return [effects.confide(told, standIn), ...open(next, found.notifies)];
    },
  };
}

/** At least the last one, whatever its length. */
function lastThatFit(lines: readonly string[]): readonly string[] {
  let length = 0;
  const start = lines.findLastIndex((line) => {
    length += line.length + 1;
    return length > LONGEST_SHOWN;
  });
  return lines.slice(Math.min(start + 1, Math.max(lines.length - 1, 0)));
}
