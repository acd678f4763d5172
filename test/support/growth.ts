const TRIES = 5;
/** What is too short to be measured counts as this much. */
const LEAST_MS = 1;

/**
 * By how much more processor time `run` takes for four times the size: about 4 when time grows with the size, 16 when it
 * grows with its square. The processor's time of this process, not the clock's, and the best of several tries: how busy
 * the machine is does not matter.
 */
export function growthOf(run: (size: number) => void, size: number): number {
  run(size);
  return (bestOf(run, size) + LEAST_MS) / (bestOf(run, size / 4) + LEAST_MS);
}

function bestOf(run: (size: number) => void, size: number): number {
  const times = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage();
    run(size);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
