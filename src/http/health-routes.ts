import { Router } from 'express';
import type { PeersState } from '../domain/peers.js';

export interface HealthDependencies {
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>;
  /** True from the moment the server has been asked to stop. */
  readonly isStopping: () => boolean;
  /** Whether there are other processes, and whether the line to them works. It never makes the server unready. */
  readonly processes: () => PeersState;
  /** How the server stands with Telegram. Absent: it has no bot there. It never makes the server unready. */
  readonly telegram?: (() => string) | undefined;
}

/** A database that is slow to say no must not hold up the balancer that asks. */
const PING_LIMIT_MS = 2_000;

const PROCESSES = { sole: 'alone', together: 'together', apart: 'apart' } as const satisfies Record<PeersState, string>;

/** `/healthz`: the process lives. `/readyz`: it can take turns now. Neither says anything of what it holds. */
export function createHealthRouter({ ping, isStopping, processes, telegram }: HealthDependencies): Router {
  const router = Router();
  router.get('/healthz', (_, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_, response) => {
    const status = isStopping() ? 'stopping' : await statusOf(ping);
    response
      .status(status === 'ready' ? 200 : 503)
      .json({ status, processes: PROCESSES[processes()], ...(telegram && { telegram: telegram() }) });
  });
  return router;
}

async function statusOf(ping: () => Promise<void>): Promise<'ready' | 'storage-unavailable'> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error('too slow')), PING_LIMIT_MS);
  try {
    await Promise.race([ping(), limit.promise]);
    return 'ready';
  } catch {
    return 'storage-unavailable';
  } finally {
    clearTimeout(timer);
  }
}
