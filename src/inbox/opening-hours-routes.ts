import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import { isDomainError } from '../domain/errors.js';
import { deskHoursAt, findOpeningHoursFaults, type Opening } from '../domain/opening-hours.js';
import type { OpeningHoursBook } from '../domain/opening-hours-book.js';
import { Refusal } from '../http/refusal.js';
import type { Handlers, Result } from './handler.js';

export interface OpeningHoursHandlerDependencies {
  readonly book: OpeningHoursBook;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** « mercredi 25 novembre à 14 h » */
  readonly describeOpening: (opening: Opening, now: Date) => string;
}

export function createOpeningHoursHandlers(
  deps: OpeningHoursHandlerDependencies,
): Handlers<'readOpeningHours' | 'changeOpeningHours'> {
  const { book, audit, clock } = deps;

  async function view(): Promise<Result<'readOpeningHours'>> {
    const { hours, rev } = await book.read();
    const now = clock();
    const { state, nextOpening } = deskHoursAt(hours, now);
    return {
      hours: structuredClone(hours) as Result<'readOpeningHours'>['hours'],
      ...(rev !== undefined && { rev }),
      state,
      ...(nextOpening && { nextOpening: deps.describeOpening(nextOpening, now) }),
    };
  }

  return {
    readOpeningHours: view,
    async changeOpeningHours({ body: { hours, rev }, caller }) {
      if (findOpeningHoursFaults(hours).length > 0) throw new Refusal('InvalidOpeningHours');
      try {
        await book.save(hours, rev);
      } catch (error) {
        throw isDomainError(error, 'revision-conflict') ? new Refusal('ChangedMeanwhile') : error;
      }
      await audit.record({ action: 'opening-hours.changed', actor: caller.account.id });
      return view();
    },
  };
}
