import { setImmediate } from 'node:timers/promises';
import type { Storage } from '../storage/ports/storage.js';
import type { Clock } from './clock.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Small enough that a purge never holds up a turn for long; turns are let in between. */
const BATCH = 200;

export interface RetentionDependencies {
  readonly stores: Pick<Storage, 'conversations' | 'satellites'>;
  readonly clock: Clock;
  readonly retentionDays: number;
  /** Told of the conversations that were removed, a batch at a time. */
  readonly onRemoved?: (conversationIds: readonly string[]) => Promise<unknown>;
}

/**
 * Removes the conversations whose last message is older than the retention period, with the notes, bookmarks and
 * deliveries of theirs; then those of any conversation that is gone: a process may have died between the two.
 * @returns how many conversations were removed.
 */
export async function purgeInactive({
  stores,
  clock,
  retentionDays,
  onRemoved,
}: RetentionDependencies): Promise<number> {
  const before = new Date(clock().getTime() - retentionDays * DAY_MS);
  let removed = 0;
  for (;;) {
    const ids = await stores.conversations.removeInactiveSince(before, BATCH);
    if (ids.length > 0) {
      await stores.satellites.removeOf(ids);
      await onRemoved?.(ids);
    }
    removed += ids.length;
    if (ids.length < BATCH) break;
    await setImmediate();
  }
  await sweepSatellites(stores);
  return removed;
}

async function sweepSatellites({ conversations, satellites }: RetentionDependencies['stores']): Promise<void> {
  for (let after: string | undefined; ; ) {
    const ids = await satellites.conversationIds(BATCH, after);
    after = ids.at(-1);
    if (after === undefined) return;
    // Looked for after its satellites were seen: a conversation is always there before they are.
    const gone: string[] = [];
    for (const id of ids) if (!(await conversations.load(id))) gone.push(id);
    if (gone.length > 0) await satellites.removeOf(gone);
    await setImmediate();
  }
}
