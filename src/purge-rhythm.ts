import type { Clock } from './domain/clock.js';
import { isDomainError } from './domain/errors.js';
import type { Lease } from './domain/leases.js';
import type { SettingsStore } from './storage/ports/settings-store.js';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether a purge is due, whichever process did the last one. */
export interface PurgeRhythm {
  /** Notes that it begins. Undefined when none is due, or another process is at it. Rejects when storage is away. */
  begin(): Promise<PurgeUnderWay | undefined>;
}

export interface PurgeUnderWay {
  /** What is not noted is done again by whoever looks next. */
  done(): Promise<void>;
}

export interface PurgeRhythmParts {
  readonly settings: SettingsStore;
  readonly lease: Pick<Lease, 'token'>;
  readonly clock: Clock;
  /** One that has become another has a purge at once. */
  readonly retentionDays: number;
}

/** The last purge, the same for every process. */
interface Mark {
  /** Of the lease under which it was begun. */
  readonly token: number;
  readonly beganAt: number;
  readonly isDone: boolean;
  readonly retentionDays: number;
}

const NAME = 'daily-purge';

export function createPurgeRhythm({ settings, lease, clock, retentionDays }: PurgeRhythmParts): PurgeRhythm {
  function isDue({ token, beganAt, isDone, retentionDays: days }: Mark, now: number): boolean {
    // Either way: a clock that was wrong does not put it off for ever.
    if (Math.abs(now - beganAt) >= DAY_MS) return true;
    // A later holder does it. What an earlier one began, and did not end, it does not end any more.
    return isDone ? days !== retentionDays : token <= lease.token;
  }

  async function save(mark: Mark, expectedRev: number | undefined): Promise<boolean> {
    try {
      await settings.save(NAME, { ...mark }, expectedRev);
      return true;
    } catch (error) {
      if (isDomainError(error, 'revision-conflict')) return false;
      throw error;
    }
  }

  return {
    async begin() {
      const now = clock().getTime();
      const stored = await settings.load(NAME);
      const last = stored && toMark(stored.value);
      if (last && !isDue(last, now)) return undefined;
      const mark = { token: lease.token, beganAt: now, isDone: false, retentionDays };
      if (!(await save(mark, stored?.rev))) return undefined;
      const rev = (stored?.rev ?? 0) + 1;
      return {
        async done() {
          await save({ ...mark, isDone: true }, rev);
        },
      };
    },
  };
}

/** Undefined for what no version of this program has written. */
function toMark({ token, beganAt, isDone, retentionDays }: Readonly<Record<string, unknown>>): Mark | undefined {
  if (typeof token !== 'number' || typeof beganAt !== 'number' || typeof retentionDays !== 'number') return undefined;
  return { token, beganAt, isDone: isDone === true, retentionDays };
}
