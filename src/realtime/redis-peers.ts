import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Timers } from '../domain/timers.js';
import { createLinePeers, type LinePeers } from './line-peers.js';
import { openRedisLine, type RedisLine } from './redis-line.js';

export interface RedisPeersOptions {
  readonly url: string;
  /** 32 bytes, the same in all processes of the installation, and for nothing else. */
  readonly key: Uint8Array;
  readonly timers: Timers;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

export interface RedisPeers extends LinePeers<RedisLine> {
  /** What all keys of this installation in Redis begin with. */
  readonly prefix: string;
}

/** The other processes by way of Redis. Two installations on one Redis neither hear each other nor count together. */
export function createRedisPeers({ url, key, timers, log }: RedisPeersOptions): RedisPeers {
  const prefix = `permanence:${nameOf(key)}`;
  const channel = `${prefix}:line`;
  const peers = createLinePeers({ key, timers, log, open: (events) => openRedisLine({ url, channel }, events) });
  return { ...peers, prefix };
}

/** Of the key, which it does not tell. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update('channel').update(key).digest('base64url').slice(0, 22);
}
