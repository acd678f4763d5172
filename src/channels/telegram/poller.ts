import type { ChannelLog } from '../channel.js';
import { ApiFault, type TelegramApi } from './api.js';
import type { Connection } from './connection.js';
import { type Intake, mayPass } from './intake.js';
import { type Patience, pauseMs } from './patience.js';
import { createUpdateWindow, type UpdateWindow } from './update-window.js';
import { ALLOWED_UPDATES, readUpdate, readUpdateId } from './updates.js';

export interface PollerDependencies {
  readonly api: Pick<TelegramApi, 'call'>;
  readonly intake: Intake;
  readonly connection: Connection;
  readonly patience: Patience;
  readonly log: ChannelLog;
  /** In milliseconds. */
  readonly now: () => number;
  /** False: another process fetches. */
  readonly isHeld?: () => boolean;
}

/** How long Telegram holds a call when there is nothing new. */
const POLL_SECONDS = 25;
const POLL_LIMIT_MS = 35_000;
const LAST_CALL_MS = 2_000;
/** While something is under way, others that have come meanwhile are asked for so often. */
const REFETCH_MS = 500;
/** Between two calls that bring nothing: a server that does not hold them is not asked again and again. */
const LEAST_QUIET_MS = 1_000;
/** Between tries to store something. */
const LONGEST_STORAGE_PAUSE_MS = 10_000;
const CONFLICT = 409;

/**
 * Fetches updates until the patience is over. An update is confirmed, by asking for those after it, only once it and all
 * before it are stored: what is not is handed out again, to this process or to the next one that fetches. Resolves when what
 * was under way is over.
 */
export async function poll(deps: PollerDependencies): Promise<void> {
  const { api, intake, connection, patience, log, now, isHeld: isOurs = () => true } = deps;
  const window = createUpdateWindow();
  const fetchUpdates = createFetch(api, connection, patience);
  let failures = 0;

  function take(updates: readonly unknown[]): void {
    const numbered = updates.flatMap((raw) => {
      const id = readUpdateId(raw);
      return id === undefined ? [] : [{ id, raw }];
    });
    window.handedOut(numbered.map(({ id }) => id));
    for (const { id, raw } of numbered.sort((one, other) => one.id - other.id)) {
      if (window.begin(id)) window.follow(id, takeOne(raw));
    }
  }

  async function takeOne(raw: unknown): Promise<void> {
    const update = readUpdate(raw);
    if (update) await intake.take(update);
    else log.warn({}, 'An update of an unknown form was passed over');
  }

  /** Until it is of use to ask again. */
  async function breathe(): Promise<void> {
    const tasks = window.running();
    const allOver = Promise.all(tasks);
    await patience.wait(REFETCH_MS, tasks.length > 0 ? allOver : undefined);
    const faults = window.faults();
    if (faults.some(mayPass)) {
      await allOver;
      failures += 1;
      log.warn({ failures }, 'Telegram keeps updates until they can be stored');
      await patience.wait(Math.min(pauseMs(failures, 0), LONGEST_STORAGE_PAUSE_MS));
      return;
    }
    failures = 0;
    // What is the fault of one chat keeps no other waiting.
    if (faults.length > 0) await patience.wait(REFETCH_MS);
  }

  while (!patience.isOver) {
    // A call is not to be held before all is known to be well.
    const isHeld = connection.state() === 'running';
    const askedAt = now();
    const updates = await patience.until(() => fetchUpdates(window));
    if (!updates) break;
    connection.isWell();
    take(updates);
    if (updates.length > 0) await breathe();
    else if (isHeld && now() - askedAt < LEAST_QUIET_MS) await patience.wait(LEAST_QUIET_MS);
  }
  await intake.idle();
  // It would cut off the call of another process.
  if (isOurs()) await confirmLast(api, window);
}

type Fetch = (window: UpdateWindow) => Promise<readonly unknown[]>;

/** While a webhook is set nothing can be fetched: it is removed first, and what waits is kept. */
function createFetch(api: Pick<TelegramApi, 'call'>, connection: Connection, { end }: Patience): Fetch {
  let isWebhookGone = false;
  return async (window) => {
    if (!isWebhookGone) await api.call('deleteWebhook', { drop_pending_updates: false });
    isWebhookGone = true;
    const isWell = connection.state() === 'running';
    const request = { ...asking(window), timeout: isWell ? POLL_SECONDS : 0, allowed_updates: ALLOWED_UPDATES };
    try {
      const updates: unknown = await api.call('getUpdates', request, POLL_LIMIT_MS, end);
      if (!Array.isArray(updates)) throw new ApiFault('unanswered');
      return updates;
    } catch (fault) {
      if (fault instanceof ApiFault && fault.status === CONFLICT) isWebhookGone = false;
      throw fault;
    }
  };
}

function asking(window: UpdateWindow): { readonly offset?: number } {
  const offset = window.offset();
  return offset === undefined ? {} : { offset };
}

/** What is over need not come again after the next start. What this call brings does. */
async function confirmLast(api: Pick<TelegramApi, 'call'>, window: UpdateWindow): Promise<void> {
  const { offset } = asking(window);
  if (offset === undefined) return;
  const request = { offset, limit: 1, timeout: 0, allowed_updates: ALLOWED_UPDATES };
  await api.call('getUpdates', request, LAST_CALL_MS).catch(() => undefined);
}
