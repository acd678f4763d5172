import { ReplyError } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { SharedCounting } from '../http/limiters.js';
import type { RedisPeers } from './redis-peers.js';

const REFUSED =
  'Redis refuse de compter : chaque processus compte seul les essais de mot de passe et les appels. Donnez au compte de REDIS_URL le droit d’écrire (docs/OPERATIONS.md), et un Redis qui n’est ni une copie en lecture, ni plein.';

interface CountingLog {
  warn(fields: Readonly<Record<string, string>>, message: string): void;
}

/**
 * Counters in Redis, which forgets each by itself. A Redis that refuses to count is asked again at the next call; the
 * operator is told of it once.
 */
export function createRedisCounting(peers: RedisPeers, log: CountingLog): SharedCounting {
  let isTold = false;
  return {
    create: (name, limit) =>
      new RateLimiterRedis({ ...limit, storeClient: peers.line.client, keyPrefix: `${peers.prefix}:${name}` }),
    isUp: peers.isAlive,
    onFailed(fault) {
      if (!(fault instanceof ReplyError)) return peers.suspect(fault);
      if (!isTold) log.warn({ processes: 'counting-apart' }, REFUSED);
      isTold = true;
    },
  };
}
