import { randomBytes } from 'node:crypto';
import type { PeersState } from '../../src/domain/peers.js';
import { realTimers } from '../../src/domain/timers.js';
import { createRedisPeers, type RedisPeers } from '../../src/realtime/redis-peers.js';

export interface TestPeers extends RedisPeers {
  /** What was logged: the level, then the words. */
  readonly lines: readonly string[];
  /** Resolves when the state is, or becomes, this one. */
  until(state: PeersState): Promise<void>;
}

/** @param key that of the installation; one of its own when absent. */
export function openTestPeers(url: string, key: Uint8Array = randomBytes(32)): TestPeers {
  const lines: string[] = [];
  const logAs =
    (level: string) =>
    (fields: object, words?: string): void =>
      void lines.push(`${level} ${JSON.stringify(fields)} ${words}`);
  const log = { info: logAs('info'), warn: logAs('warn'), error: logAs('error') };
  const peers = createRedisPeers({ url, key, timers: realTimers, log });
  return {
    ...peers,
    lines,
    until: (state) =>
      new Promise((resolve) => {
        const end = peers.watch((next) => {
          if (next !== state) return;
          end();
          resolve();
        });
        if (peers.state() !== state) return;
        end();
        resolve();
      }),
  };
}

/** Resolves with what the listener was told, once it was told `count` times. */
export function hear(peers: RedisPeers, count: number): Promise<readonly unknown[]> {
  const heard: unknown[] = [];
  return new Promise((resolve) => {
    const end = peers.listen('change', (content) => {
      heard.push(content);
      if (heard.length < count) return;
      end();
      resolve(heard);
    });
  });
}
