const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before try number `attempt` (0 is the first after a cut): doubling, with half of it at random, so
 * that the readers of a restarted server do not all come back at once.
 * @param random in [0, 1)
 * @param longestMs never longer than this.
 */
export function backoffMs(attempt: number, random: number, longestMs: number = LONGEST_MS): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
