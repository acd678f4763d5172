/**
 * What carries bytes between the processes: to all of them, the sender included, in the order in which one sends them.
 * It may lose some of them.
 */
export interface Line {
  /** Whether what is sent now leaves, and what others send is heard. It may have gone silent since. */
  isOpen(): boolean;
  /**
   * Never rejects, and keeps nothing for later.
   * @returns how many were listening; undefined: unknown, it may not have left.
   */
  send(bytes: Buffer): Promise<number | undefined>;
  /** Ends what hears nothing though it looks open, and opens it again. */
  renew(): void;
  close(): void;
}

/** What a line tells its user. */
export interface LineEvents {
  readonly onBytes: (bytes: Buffer) => void;
  readonly onOpen: () => void;
  readonly onClosed: () => void;
  /** Why it does not open, or does not take what is sent. It goes on trying. */
  readonly onFault: (fault: unknown) => void;
}
