import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries } from './deliveries.js';
import type { Alarms, Timers } from './timers.js';

export interface SweepDependencies {
  readonly deliveries: Pick<Deliveries, 'listFailed'>;
  readonly atDesk?: () => Promise<readonly string[]>;
  readonly timers: Timers;
  /** Each conversation that has something due is given an alarm, unless it has one. */
  readonly retries: Pick<Alarms, 'has' | 'set'>;
  /** Before another look where storage did not answer. */
  readonly pauseMs: number;
  readonly log: ChannelLog;
}

const MOST_FAILED = 1_000;
const SWEEP_MS = 10 * 60_000;
/** Between two conversations that are taken up at the start. */
const STAGGER_MS = 50;

/** Takes up what is due by storage, at once and every ten minutes. Returns the function that ends it. */
export function startSweep({ deliveries, atDesk, timers, retries, pauseMs, log }: SweepDependencies): () => void {
  let isOver = false;
  let cancel = sweepAfter(0, true);

  async function takeUp(isStart: boolean): Promise<void> {
    const failed = (await deliveries.listFailed(MOST_FAILED)).map(({ conversationId }) => conversationId);
    const others = isStart && atDesk ? await atDesk() : [];
    for (const [index, id] of [...new Set([...failed, ...others])].entries()) {
      if (!isOver && !retries.has(id)) retries.set(id, index * STAGGER_MS);
    }
  }

  function sweepAfter(ms: number, isStart: boolean): () => void {
    return timers.set(async () => {
      const isDone = await takeUp(isStart).then(
        () => true,
        (error: unknown) => {
          log.warn(faultOf(error), 'What is due could not be read');
          return false;
        },
      );
      if (!isOver) cancel = sweepAfter(isDone ? SWEEP_MS : pauseMs, isStart && !isDone);
    }, ms);
  }

  return () => {
    isOver = true;
    cancel();
  };
}
