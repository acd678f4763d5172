import type { Duty, Leases } from '../domain/leases.js';

/** For a process that is the only one: it holds everything, at once and until it lets go. */
export function createSoleLeases(): Leases {
  const releases = new Set<() => Promise<void>>();

  return {
    hold(_name, duty) {
      const over = new AbortController();
      let isEnded = false;
      // Until the work has ended: what is under way may still store what became of it.
      const isHeld = (): boolean => !isEnded;
      let released: Promise<void> | undefined;
      const release = (): Promise<void> => {
        released ??= end(duty, over).then(() => {
          isEnded = true;
        });
        return released;
      };
      releases.add(release);
      duty.begin({ token: 1, isHeld, over: over.signal });
      return { isHeld, release };
    },
    async close() {
      await Promise.all([...releases].map((release) => release()));
    },
  };
}

async function end(duty: Duty, over: AbortController): Promise<void> {
  over.abort();
  await duty.end().catch(() => undefined);
}
