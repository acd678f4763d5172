import { createHash } from 'node:crypto';
import { encodeRow, type TransferRow, tallyOf } from './row.js';

/** How many rows there are of each kind, and one number for what they hold. Equal databases have equal digests. */
export type Digest = Readonly<Record<string, Tally>>;

export interface Tally {
  readonly count: number;
  /** The sum of the SHA-256 of the rows, modulo 2^256, in hexadecimal: the order in which they are read is no matter. */
  readonly hash: string;
}

export interface DigestBuilder {
  /** Returns the row's line. */
  add(row: TransferRow): string;
  result(): Digest;
}

const MODULUS_BITS = 256;

/**
 * It guards against loss, doubling and damage, not against somebody who makes rows up: what these hold is sealed, and
 * bound to its place.
 */
export function createDigest(): DigestBuilder {
  const tallies = new Map<string, { count: number; sum: bigint }>();

  return {
    add(row) {
      const line = encodeRow(row);
      const name = tallyOf(row);
      const tally = tallies.get(name) ?? { count: 0, sum: 0n };
      const hash = BigInt(`0x${createHash('sha256').update(line).digest('hex')}`);
      tallies.set(name, { count: tally.count + 1, sum: BigInt.asUintN(MODULUS_BITS, tally.sum + hash) });
      return line;
    },
    result() {
      const sorted = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(
        sorted.map(([name, { count, sum }]) => [name, { count, hash: sum.toString(16).padStart(64, '0') }]),
      );
    },
  };
}

/** Of all rows that `rows` gives. */
export async function digestOf(rows: AsyncIterable<TransferRow>, onRow?: () => void): Promise<Digest> {
  const digest = createDigest();
  for await (const row of rows) {
    digest.add(row);
    onRow?.();
  }
  return digest.result();
}

/** The kinds in which the two differ. */
export function differences(one: Digest, other: Digest): readonly string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.filter((name) => one[name]?.count !== other[name]?.count || one[name]?.hash !== other[name]?.hash);
}

export function countOf(digest: Digest): number {
  return Object.values(digest).reduce((sum, { count }) => sum + count, 0);
}
