/** What is known of a database without changing anything in it. */
export interface Inspection {
  /** Of the format; undefined: there is nothing in it yet. */
  readonly version: number | undefined;
  readonly knownVersion: number;
  /** Undefined where there is no key to compare with, or nothing to compare. */
  readonly keyFits: boolean | undefined;
  /** In the server's own words; undefined: none. */
  readonly damage?: string;
  /** « SQLite 3.50.4 », « MongoDB 7.0.2 ». */
  readonly engine: string;
  /** Indexes that this version declares and the database lacks. */
  readonly missingIndexes: readonly string[];
  /** By how much the clock of the database's machine is ahead of this one's, in ms; undefined: it is the same machine. */
  readonly clockAheadMs?: number;
  /** Of one question and its answer, in ms. */
  readonly roundTripMs: number;
  /** Whether several machines may share it. */
  readonly isShared: boolean;
}
