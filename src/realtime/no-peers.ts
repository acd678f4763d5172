import { randomBytes } from 'node:crypto';
import type { Peers } from '../domain/peers.js';

const NAME_BYTES = 16;

/** A process without a line to others: `sole` where there can be none, `apart` where there may be. */
export function createNoPeers(state: 'sole' | 'apart'): Peers {
  return {
    self: randomBytes(NAME_BYTES).toString('base64url'),
    state: () => state,
    watch: () => () => undefined,
    tell: () => undefined,
    listen: () => () => undefined,
    ask: () => Promise.resolve(undefined),
    answer: () => () => undefined,
  };
}
