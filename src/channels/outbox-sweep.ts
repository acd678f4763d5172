import type { Alarms, Timers } from '../domain/timers.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Deliveries } from './deliveries.js';

export interface SweepDependencies {
  readonly deliveries: Pick<Deliveries, 'listFailed'>;
  /** Looked at once, failed or not. */
  readonly atStart?: () => Promise<readonly string[]>;
  readonly timers: Timers;
  /** Each conversation that has something due is given an alarm, unless it has one. */
  readonly retries: Pick<Alarms, 'has' | 'set'>;
  /** Before another look where storage did not answer. */
  readonly pauseMs: number;
  readonly log: ChannelLog;
}

const PAGE = 1_000;
const SWEEP_MS = 10 * 60_000;
/** Between two conversations that are taken up at the start. */
const STAGGER_MS = 50;

/** Takes up what is due by storage, at once and every ten minutes. Returns the function that ends it. */
export function startSweep({ deliveries, atStart, timers, retries, pauseMs, log }: SweepDependencies): () => void {
  let isOver = false;
  let cancel = sweepAfter(0, true);

  async function takeUp(isStart: boolean): Promise<void> {
    const failed = await allFailed(deliveries);
    const others = isStart && atStart ? await atStart() : [];
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

/** However many there are: a chat that was blocked, or has a message in doubt, may keep its mark for good. */
async function allFailed({ listFailed }: Pick<Deliveries, 'listFailed'>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after: number | undefined; ; ) {
    const known = ids.size;
    const page = await listFailed(PAGE, after);
    for (const { conversationId } of page) ids.add(conversationId);
    const last = page.at(-1)?.failure?.at;
    if (last === undefined || page.length < PAGE || ids.size === known) return ids;
    // Others may have failed in the same millisecond: it is read again.
    after = last - 1;
  }
}
