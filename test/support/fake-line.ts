import type { Line, LineEvents } from '../../src/realtime/line.js';

/** A line within a test, which does what the test says. */
export interface FakeLine {
  readonly open: (events: LineEvents) => Line;
  /** It looks open and carries nothing. */
  isSilent: boolean;
  /** What was carried, byte by byte. */
  readonly carried: readonly Buffer[];
  /** How often somebody opened it anew. */
  renewals(): number;
  /** It closes for all, and opens for all. */
  shut(fault?: unknown): void;
  reopen(): void;
  /** Carries bytes of nobody's. */
  inject(bytes: Buffer): void;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

export function createFakeLine(): FakeLine {
  const ears = new Set<LineEvents>();
  const carried: Buffer[] = [];
  let isOpen = true;
  let renewed = 0;

  async function carry(bytes: Buffer): Promise<number | undefined> {
    if (!isOpen || line.isSilent) return undefined;
    carried.push(bytes);
    await Promise.resolve();
    for (const { onBytes } of [...ears]) onBytes(Buffer.from(bytes));
    return ears.size;
  }

  const line: FakeLine = {
    isSilent: false,
    carried,
    renewals: () => renewed,
    open(events): Line {
      ears.add(events);
      void Promise.resolve().then(() => isOpen && events.onOpen());
      return {
        isOpen: () => isOpen,
        send: carry,
        renew: () => {
          renewed += 1;
        },
        close: () => void ears.delete(events),
      };
    },
    shut(fault) {
      isOpen = false;
      for (const { onFault, onClosed } of [...ears]) {
        if (fault !== undefined) onFault(fault);
        onClosed();
      }
    },
    reopen() {
      isOpen = true;
      for (const { onOpen } of [...ears]) onOpen();
    },
    inject: (bytes) => void carry(bytes),
    idle: () => new Promise((resolve) => setImmediate(resolve)),
  };
  return line;
}
