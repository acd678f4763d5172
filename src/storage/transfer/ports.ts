import type { TransferRow } from './row.js';

/** A database that rows are read from. */
export interface RowSource {
  /** Tells which key the database was made with. */
  readonly keyCheck: Uint8Array;
  /** About how many rows there are, for showing progress. */
  estimate(): Promise<number>;
  /** All rows but those of `KINDS_LEFT_OUT`, and those that go with a conversation that is gone. */
  rows(): AsyncIterable<TransferRow>;
  close(): Promise<void>;
}

/** An empty database that rows are written to. No server starts on it before `finish`. */
export interface RowTarget {
  write(row: TransferRow): Promise<void>;
  /** Once it resolves, `rows` gives all that was written. */
  flush(): Promise<void>;
  rows(): AsyncIterable<TransferRow>;
  /** Makes all of it the database's content, for good, and closes. */
  finish(): Promise<void>;
  /** Takes back what was written, as far as the database answers, and closes. */
  abandon(): Promise<void>;
}

/** Told of how far long work has got. */
export interface Progress {
  /** @param what in French. @param total may turn out to be a little off. */
  begin(what: string, total: number): void;
  reach(done: number): void;
  end(): void;
}
