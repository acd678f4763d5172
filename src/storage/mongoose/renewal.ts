/** How long calls find no server before the connections are made anew. */
const STUCK_MS = 15_000;
/** Between two tries. */
const PAUSE_MS = 5_000;

export interface Renewal {
  /** A call has been answered. */
  answered(): void;
  /** A call has found no server. */
  foundNone(): void;
}

export interface RenewalDependencies {
  /** Gives up all connections and makes new ones. */
  readonly renew: () => Promise<void>;
  /** In milliseconds; it never goes back. */
  readonly now?: () => number;
}

/**
 * The driver watches its server by a connection that may be waited for without a limit: one that was accepted and broken
 * off while this process was stopped, or too busy to see either. No server is found from then on, although there is one.
 * So after a while everything is begun anew, which does no harm where the server is really away.
 */
export function createRenewal({ renew, now = () => performance.now() }: RenewalDependencies): Renewal {
  let since: number | undefined;
  let nextAt = 0;
  let isUnderWay = false;

  async function begin(): Promise<void> {
    isUnderWay = true;
    try {
      await renew();
    } finally {
      isUnderWay = false;
      nextAt = now() + PAUSE_MS;
    }
  }

  return {
    answered() {
      since = undefined;
    },
    foundNone() {
      since ??= now();
      if (isUnderWay || now() - since < STUCK_MS || now() < nextAt) return;
      // What fails is tried again by the next call that finds none.
      begin().catch(() => undefined);
    },
  };
}
