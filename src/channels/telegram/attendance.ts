import type { Lease, Leases } from '../../domain/leases.js';
import type { Timers } from '../../domain/timers.js';
import { faultOf } from '../../http/error-handler.js';
import type { TelegramApi } from './api.js';
import { registerCommands } from './commands.js';
import type { Connection } from './connection.js';
import type { TelegramLog, WebhookSettings } from './deps.js';
import { codeOfFault } from './faults.js';
import type { Intake } from './intake.js';
import { createPatience, type Patience } from './patience.js';
import { poll } from './poller.js';
import { keepWebhook } from './webhook-upkeep.js';
import type { TelegramWords } from './words.js';

export interface AttendanceDependencies {
  readonly api: TelegramApi;
  readonly leases: Pick<Leases, 'hold'>;
  readonly intake: Intake;
  readonly connection: Connection;
  readonly words: TelegramWords;
  /** Absent: updates are fetched. */
  readonly webhook?: WebhookSettings;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: TelegramLog;
  /** In milliseconds. */
  readonly now: () => number;
}

/**
 * Sees to it, in one process at a time, that updates come in: it fetches them, or keeps the webhook, which hands them in to
 * all processes. Telegram hands out an update to one of those who fetch, and calls the others a conflict.
 * @returns the end of it: resolves when what was under way is over, and another process may go on.
 */
export function attend(deps: AttendanceDependencies): () => Promise<void> {
  const { leases, connection, timers, random } = deps;
  let isClosing = false;
  let patience: Patience | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const holding = leases.hold('telegram-polling', {
    begin(lease) {
      connection.begins();
      const own = createPatience({ timers, random, connection, isHeld: lease.isHeld });
      lease.over.addEventListener('abort', own.finish, { once: true });
      patience = own;
      running = work(deps, own, lease);
    },
    async end() {
      patience?.finish();
      await running;
      if (!isClosing) connection.standsBy();
    },
  });
  if (!holding.isHeld()) connection.standsBy();
  return () => {
    isClosing = true;
    return holding.release();
  };
}

/** Until the patience is over. No fault ends it. */
function work(deps: AttendanceDependencies, patience: Patience, { isHeld }: Lease): Promise<unknown> {
  const { api, words, webhook, log } = deps;

  async function present(): Promise<void> {
    const tell = (fault: unknown): void =>
      log.warn({ code: codeOfFault(fault) }, 'The commands of the bot were not registered');
    await patience.until(() => registerCommands(api, words), tell);
  }

  const receive = () => (webhook ? keepWebhook({ ...deps, webhook, patience }) : poll({ ...deps, patience, isHeld }));
  return patience.until(
    () => Promise.all([present(), receive()]),
    (error) => log.error(faultOf(error), 'Telegram begins anew after a fault'),
  );
}
