/** Work that one process does at a time. */
export type LeaseName =
  /** All that comes round by itself: alarms, purges, what only time brings about. */
  'upkeep' | 'telegram-polling' | 'telegram-outbox' | 'botframework-outbox';

/** The right to a work, from the moment it is taken to the moment it is lost. */
export interface Lease {
  /** Greater than that of any holder before: what is stored under a lower one is overtaken. */
  readonly token: number;
  /** False from before the moment at which another process may hold it. To be asked before each effect. */
  isHeld(): boolean;
  /** Aborted when it is lost or let go of. */
  readonly over: AbortSignal;
}

export interface Duty {
  /** The lease was taken. Never throws. */
  begin(lease: Lease): void;
  /** It was lost, or is let go of. Another process takes over when this resolves, or, after a loss, does so already. */
  end(): Promise<void>;
}

export interface Holding {
  isHeld(): boolean;
  /** Ends the work here and lets another process take over at once. Never rejects. */
  release(): Promise<void>;
}

export interface Leases {
  /** Tries from now on to do the work in this process. One call a name. */
  hold(name: LeaseName, duty: Duty): Holding;
  /** Releases all. */
  close(): Promise<void>;
}
