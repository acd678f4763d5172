/** A jump of the wall clock by more than this, between two looks, is time during which the machine slept. */
const SLEEP_MS = 1_000;

/**
 * Milliseconds that only go forward. They go on while the process is stopped; and while the machine sleeps, which a clock
 * that only goes forward need not notice (`clock_gettime(2)`, CLOCK_MONOTONIC), as far as the wall clock tells.
 */
export function createSteadyClock(
  steady: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): () => number {
  let sleptMs = 0;
  let lead = wall() - steady();
  return () => {
    const at = steady();
    const leadNow = wall() - at;
    // A wall clock that is set forward looks the same: a lease is then lost for nothing, and taken again.
    if (leadNow - lead > SLEEP_MS) sleptMs += leadNow - lead;
    lead = leadNow;
    return at + sleptMs;
  };
}
