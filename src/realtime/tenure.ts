import type { Duty } from '../domain/leases.js';
import type { Timers } from '../domain/timers.js';
import type { LeaseRow, Term } from './lease-row.js';
import { type NudgedPause, within } from './nudged-pause.js';

/** A lease in this process, from the taking to the loss, or to the end of the work once it is let go of. */
export interface Tenure {
  /** By the clock, at each call: also false at once in a process that was stopped for too long. */
  isHeld(): boolean;
  /** Does the work until then, and shows meanwhile that this process lives. */
  serve(): Promise<'ended' | 'lost'>;
  /** Has the work end; resolves when it has. The lease is held until then, so that what is under way can be stored. */
  finish(): Promise<void>;
  /** Undefined unless the lease is held. From then on it is not. */
  giveUp(): Term | undefined;
}

export interface TenureParts {
  readonly duty: Duty;
  readonly keep: (token: Term['token']) => Promise<Awaited<ReturnType<LeaseRow['keep']>> | 'failed'>;
  readonly pauses: NudgedPause;
  readonly timers: Timers;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** The holder shows so often that it lives. */
export const BEAT_MS = 5_000;
/** After a beat that failed. */
const BEAT_AGAIN_MS = 1_000;

export function createTenure(taken: Term, { duty, keep, pauses, timers, now }: TenureParts): Tenure {
  let term: Term | undefined = taken;
  let isEnded = false;
  let ending: Promise<void> | undefined;
  const over = new AbortController();

  const leftMs = (): number => (term ? Math.max(0, term.until - now()) : 0);
  const isHeld = (): boolean => leftMs() > 0;

  /** Resolves with the pause until the next one. */
  async function beat({ token }: Term): Promise<number> {
    const kept = await within(timers, leftMs(), keep(token));
    if (kept === 'failed' || kept === 'late') return BEAT_AGAIN_MS;
    term = kept;
    return BEAT_MS;
  }

  async function end(): Promise<void> {
    over.abort();
    await duty.end().catch(() => undefined);
    isEnded = true;
    pauses.nudge();
  }

  function finish(): Promise<void> {
    ending ??= end();
    return ending;
  }

  return {
    isHeld,
    async serve() {
      duty.begin({ token: taken.token, isHeld, over: over.signal });
      for (let pauseMs = BEAT_MS; ; ) {
        await pauses.pause(Math.min(pauseMs, leftMs()));
        if (isEnded) return 'ended';
        if (!term || !isHeld()) break;
        pauseMs = await beat(term);
      }
      await finish();
      return 'lost';
    },
    finish,
    giveUp() {
      const last = isHeld() ? term : undefined;
      term = undefined;
      return last;
    },
  };
}
