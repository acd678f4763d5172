import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { Clock } from './domain/clock.js';
import type { Leases } from './domain/leases.js';
import type { Peers } from './domain/peers.js';
import { realTimers } from './domain/timers.js';
import type { WakeUps } from './domain/wake-ups.js';
import { faultOf } from './http/error-handler.js';
import { createMemoryLimiters, createSharedLimiters, type Limiters } from './http/limiters.js';
import { createNoPeers } from './realtime/no-peers.js';
import { createRedisCounting } from './realtime/redis-counting.js';
import { createRedisPeers } from './realtime/redis-peers.js';
import { startRollCall } from './realtime/roll-call.js';
import { createSoleLeases } from './realtime/sole-leases.js';
import { createStorageLeases } from './realtime/storage-leases.js';
import { watchStorage } from './realtime/storage-watch.js';
import { createInProcessWakeUps, createSharedWakeUps } from './realtime/wake-ups.js';
import type { OpenedStorage } from './storage/create-storage.js';
import { deriveKey } from './storage/data-key.js';

/** What processes on one database have in common besides it. */
export interface Realtime {
  readonly peers: Peers;
  readonly wakeUps: WakeUps;
  readonly leases: Leases;
  readonly limiters: Limiters;
}

export interface RealtimeParts {
  readonly config: Pick<Config, 'redisUrl'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly opened: OpenedStorage;
}

/** Ended last of all but storage: others are told of an ending until then. */
export type OpenedRealtime = Realtime & { close(): Promise<void> };

export function createRealtime(parts: RealtimeParts): OpenedRealtime {
  if (parts.opened.engine === 'sqlite') return alone(parts);
  const { redisUrl } = parts.config;
  return redisUrl === undefined ? withoutLine(parts) : overRedis(parts, redisUrl);
}

/** The database is this process's own. */
function alone(parts: RealtimeParts): OpenedRealtime {
  const leases = createSoleLeases();
  return {
    peers: createNoPeers('sole'),
    wakeUps: localWakeUps(parts),
    leases,
    limiters: createMemoryLimiters(saltOf(parts)),
    close: () => leases.close(),
  };
}

/** There may be others on the database, which only it tells of. */
function withoutLine(parts: RealtimeParts): OpenedRealtime {
  const peers = createNoPeers('apart');
  const wakeUps = localWakeUps(parts);
  const watch = watchOthers(parts, peers, wakeUps);
  const leases = createStorageLeases({ store: parts.opened.storage.leases, peers, log: parts.log });
  return {
    peers,
    wakeUps,
    leases,
    limiters: createMemoryLimiters(saltOf(parts)),
    async close() {
      watch.stop();
      await leases.close();
    },
  };
}

function overRedis(parts: RealtimeParts, url: string): OpenedRealtime {
  const { log, opened } = parts;
  const { storage } = opened;
  const peers = createRedisPeers({ url, key: deriveKey(opened.key, 'line'), timers: realTimers, log });
  const local = localWakeUps(parts);
  const watch = watchOthers(parts, peers, local);
  const rollCall = startRollCall({ store: storage.processes, peers, timers: realTimers });
  const leases = createStorageLeases({ store: storage.leases, peers, log });
  return {
    peers,
    wakeUps: createSharedWakeUps(local, peers),
    leases,
    limiters: createSharedLimiters(saltOf(parts), createRedisCounting(peers, log)),
    async close() {
      watch.stop();
      rollCall.stop();
      await leases.close();
      peers.close();
    },
  };
}

function localWakeUps({ log }: RealtimeParts): WakeUps {
  return createInProcessWakeUps((error) => log.error(faultOf(error), 'A reader could not be woken'));
}

function watchOthers({ opened, clock, log }: RealtimeParts, peers: Peers, wakeUps: WakeUps) {
  return watchStorage({
    store: opened.storage.conversations,
    wakeUps,
    peers,
    clock,
    timers: realTimers,
    onFailed: (error) => log.warn(faultOf(error), 'What other processes wrote could not be looked for'),
  });
}

function saltOf({ opened }: RealtimeParts): Buffer {
  return deriveKey(opened.key, 'limits');
}
