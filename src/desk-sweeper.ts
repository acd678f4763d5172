import type { Clock } from './domain/clock.js';
import { type Conversation, inOrderOfWaiting } from './domain/conversation.js';
import type { Presence } from './domain/desk.js';
import type { DeskUpkeep } from './domain/desk-service.js';
import { isDomainError } from './domain/errors.js';
import type { WakeUps } from './domain/wake-ups.js';
import type { ConversationStore } from './storage/ports/conversation-store.js';

export interface DeskSweeperDependencies {
  readonly store: Pick<ConversationStore, 'listQueue'>;
  readonly desk: DeskUpkeep;
  readonly presence: Pick<Presence, 'lastSeen'>;
  readonly wakeUps: Pick<WakeUps, 'notify'>;
  readonly clock: Clock;
  /** True when a delegate is connected and says that they are available. */
  readonly isAnyoneThere: () => boolean | Promise<boolean>;
  /** What waits have lately been, in minutes; for the residents who wait. */
  readonly usualWaitMinutes?: () => Promise<number | undefined>;
  /** False once another process sweeps: nothing more is begun. */
  readonly isHeld?: () => boolean;
  /** Told of each conversation that a holder has lost. */
  readonly onHoldLost?: (id: string, holder: string) => Promise<unknown>;
  readonly settings: {
    readonly waitMinutes: number;
    readonly aloneMinutes: number;
    readonly holdLostSeconds: number;
    readonly everyMs: number;
  };
  readonly log: { error(fields: object, message: string): void };
}

export interface DeskSweeper {
  /** Sweeps once; after a sweep that is under way, if there is one. It never rejects: what failed is logged. */
  tick(): Promise<void>;
  /** No sweep begins any more; resolves when the last one has ended. */
  stop(): Promise<void>;
}

const QUEUE_LIMIT = 1000;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * Does what only time brings about: holders who have gone lose hold, residents whom nobody comes for go back to the
 * assistant, snoozes end; and tells those who wait their place when it has changed. Any number of processes may sweep: each
 * change is made of what the sweep saw, or not at all.
 */
export function startDeskSweeper(deps: DeskSweeperDependencies): DeskSweeper {
  const { store, clock, settings, log, isHeld = () => true } = deps;
  const tellPlaces = createPlaces(deps);
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function sweep(): Promise<void> {
    if (isStopped || !isHeld()) return;
    const now = clock().getTime();
    const isAnyoneThere = await deps.isAnyoneThere();
    const longestWaitMs = MINUTE_MS * (isAnyoneThere ? settings.waitMinutes : waitAlone(settings));
    const queue = await store.listQueue(QUEUE_LIMIT);
    for (const conversation of queue) {
      if (!isHeld()) return;
      await settle(conversation, now, longestWaitMs).catch((error: unknown) => logUnlessGone(error));
    }
    await tellPlaces(await store.listQueue(QUEUE_LIMIT));
  }

  async function settle(conversation: Conversation, now: number, longestWaitMs: number): Promise<void> {
    if (conversation.status === 'assigned') await settleHold(conversation, now);
    if (conversation.status === 'waiting') await settleWait(conversation, now, longestWaitMs);
  }

  async function settleHold({ id, desk }: Conversation, now: number): Promise<void> {
    const { holder, heldSince } = desk;
    if (holder === undefined) return;
    // Somebody who has just taken it has been there, even if no connection of theirs was seen.
    const lastSeen = Math.max(deps.presence.lastSeen(holder).getTime(), heldSince ?? 0);
    if (now - lastSeen <= settings.holdLostSeconds * SECOND_MS) return;
    if (await deps.desk.releaseAbsent(id, holder, heldSince)) await deps.onHoldLost?.(id, holder);
  }

  async function settleWait({ id, desk }: Conversation, now: number, longestWaitMs: number): Promise<void> {
    const { snoozedUntil, waitingSince = now } = desk;
    if (snoozedUntil !== undefined) {
      if (snoozedUntil <= now) await deps.desk.endSnooze(id);
    } else if (now - waitingSince >= longestWaitMs) {
      await deps.desk.giveUpWaiting(id, waitingSince);
    }
  }

  function logUnlessGone(error: unknown): void {
    // A turn or a colleague that keeps coming first is at work on it: the next sweep looks again.
    if (isDomainError(error, 'conversation-gone') || isDomainError(error, 'revision-conflict')) return;
    logFailure(error);
  }

  function logFailure(error: unknown): void {
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'The queue could not be swept');
  }

  function tick(): Promise<void> {
    running = running.then(sweep).catch(logFailure);
    return running;
  }

  const timer = setInterval(tick, settings.everyMs).unref();
  return {
    tick,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

function waitAlone({ waitMinutes, aloneMinutes }: DeskSweeperDependencies['settings']): number {
  return Math.min(waitMinutes, aloneMinutes);
}

/** Remembers what each resident was told, and tells what is new. */
function createPlaces({ wakeUps, usualWaitMinutes }: DeskSweeperDependencies) {
  let told = new Map<string, string>();

  return async (queue: readonly Conversation[]): Promise<void> => {
    const waiting = inOrderOfWaiting(queue);
    const usual = waiting.length > 0 ? await usualWaitMinutes?.() : undefined;
    const places = new Map<string, string>();
    for (const [index, { id }] of waiting.entries()) {
      const place = { position: index + 1, ...(usual !== undefined && { usualWaitMinutes: usual }) };
      places.set(id, JSON.stringify(place));
      if (told.get(id) !== places.get(id)) wakeUps.notify(id, { kind: 'queue', ...place });
    }
    told = places;
  };
}
