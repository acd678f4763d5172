import type { Duty, Holding, LeaseName } from '../domain/leases.js';
import type { Timers } from '../domain/timers.js';
import { faultOf } from '../http/error-handler.js';
import type { LeaseRow, Term } from './lease-row.js';
import { createNudgedPause, within } from './nudged-pause.js';
import { createTenure, type Tenure } from './tenure.js';

export interface LeaseLog {
  info(fields: Readonly<Record<string, string | number>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number>>, message: string): void;
}

export interface HeldLeaseParts {
  readonly name: LeaseName;
  readonly duty: Duty;
  readonly row: LeaseRow;
  /** The next process may take it. */
  readonly onFreed: () => void;
  readonly timers: Timers;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly log: LeaseLog;
}

/** Who does not hold it looks so often whether the holder still lives. */
export const LOOK_MS = 2_500;
/** Storage that hangs is waited for no longer at the end: others take over when the beats stay away. */
const LAST_WRITE_MS = 2_000;

/** Tries at once to take the lease, and goes on trying, or keeping it, until it is released. */
export function createHeldLease({ name, duty, row, onFreed, timers, now, log }: HeldLeaseParts): Holding & {
  /** Somebody may have let go of it. */
  look(): void;
} {
  const pauses = createNudgedPause(timers);
  const attempt = createAttempt(name, log);
  let tenure: Tenure | undefined;
  let isLetGo = false;

  async function serve(taken: Term): Promise<void> {
    const keep = (token: number) => attempt(() => row.keep(token));
    tenure = createTenure(taken, { duty, keep, pauses, timers, now });
    log.info({ lease: name, token: taken.token }, 'This process does this work from now on');
    const outcome = await tenure.serve();
    const last = tenure.giveUp();
    tenure = undefined;
    if (outcome === 'lost') log.warn({ lease: name }, 'This process does this work no more: it showed no life in time');
    if (last) await free(last);
  }

  async function free({ token }: Term): Promise<void> {
    if ((await attempt(() => row.free(token))) !== 'failed') onFreed();
  }

  async function run(): Promise<void> {
    while (!isLetGo) {
      const taken = await attempt(() => row.take());
      // An answer that took too long is of no use: the next look finds what was written.
      if (taken === undefined || taken === 'failed' || now() >= taken.until) await pauses.pause(LOOK_MS);
      else if (isLetGo) await free(taken);
      else await serve(taken);
    }
  }

  const running = run();
  return {
    isHeld: () => tenure?.isHeld() ?? false,
    look() {
      if (!tenure) pauses.nudge();
    },
    async release() {
      isLetGo = true;
      pauses.nudge();
      await tenure?.finish();
      await within(timers, LAST_WRITE_MS, running);
    },
  };
}

/** Storage that is away is told of once, until it answers again. */
function createAttempt(name: LeaseName, log: LeaseLog) {
  let isTroubled = false;

  return async <Result>(call: () => Promise<Result>): Promise<Result | 'failed'> => {
    try {
      const result = await call();
      isTroubled = false;
      return result;
    } catch (error) {
      if (!isTroubled) log.warn({ lease: name, ...faultOf(error) }, 'A lease cannot be read or written; tried again');
      isTroubled = true;
      return 'failed';
    }
  };
}
