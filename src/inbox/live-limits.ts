export interface LiveLimits {
  /** In one process, like all that is counted here: with several, an account may have as many in each. */
  readonly streamsPerAccount: number;
  readonly streams: number;
  /** Conversations in the picture of the queue. */
  readonly cards: number;
  /** Between a comment and the next on a silent stream; sessions are looked at as often. */
  readonly heartbeatMs: number;
  /**
   * A page answers heartbeats by a call; one that is not heard of for so long has gone, although its line looks open: a
   * laptop that was closed.
   */
  readonly quietMs: number;
  /** How long a lost wake-up can delay what it told of. */
  readonly reconcileMs: number;
  /** Between two readings of one conversation. */
  readonly loadGapMs: number;
  /** How long what delegates do is gathered before the others are told. */
  readonly gatherMs: number;
  /** How long the picture is kept after the last page left: pages come back for each conversation that they open. */
  readonly lingerMs: number;
  /** What may wait for a slow client before it is cut. */
  readonly backlogBytes: number;
  readonly messagesOnAPage: number;
}

export const LIVE_LIMITS: LiveLimits = {
  streamsPerAccount: 10,
  streams: 500,
  cards: 500,
  heartbeatMs: 15_000,
  quietMs: 40_000,
  reconcileMs: 20_000,
  loadGapMs: 250,
  gatherMs: 50,
  lingerMs: 60_000,
  backlogBytes: 1_048_576,
  messagesOnAPage: 100,
};
