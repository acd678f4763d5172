import type { DelegateId } from '../domain/desk-state.js';
import type { StoredProcess, Visit } from '../storage/ports/process-store.js';

/**
 * What a process knows of the others by what it has read of them. Times are of a clock of its own that never jumps, in
 * milliseconds: whether another one lives is told by its beat alone, never by what its clock says.
 */
export interface OthersPresence {
  /** What was read, and when the reading began. */
  observe(processes: readonly StoredProcess[], readFrom: number): Observed;
  /** Pages of the processes that live, as read last: while nothing can be read they count on. */
  visits(): readonly Visit[];
  /**
   * When the delegate was last seen by another process, or the moment since when this would have been noticed: never earlier
   * than what another living process knows. Now, while nothing can be read.
   */
  lastSeen(delegateId: DelegateId): number;
}

export interface Observed {
  /** Who is there, or looks at what, is other than before. */
  readonly isNews: boolean;
  /** Sessions whose pages have called another process. */
  readonly heard: readonly string[];
  /** Processes that are gone; nothing is to be learned from their records any more. */
  readonly gone: readonly string[];
}

/** A process whose beat stood still for so long is gone. */
const DEAD_MS = 20_000;
/** A record that was there at the start may be years old: it counts for the time of a beat and a look. */
const DOUBTFUL_MS = 8_000;
/** Without a reading for so long, nothing is known of what stood still. */
const BLIND_MS = 10_000;
const FORGOTTEN_MS = 60_000;

interface Known {
  readonly process: StoredProcess;
  readonly stillSince: number;
  readonly lives: boolean;
}

export function createOthersPresence(self: string, elapsed: () => number): OthersPresence {
  const seen = new Map<DelegateId, number>();
  let known = new Map<string, Known>();
  let seesSince = elapsed();
  let lastReadFrom: number | undefined;

  function note(delegateId: DelegateId, at: number): void {
    seen.set(delegateId, Math.max(at, seen.get(delegateId) ?? at));
  }

  function noteVisits({ visits }: StoredProcess, at: number): void {
    for (const { delegateId } of visits) note(delegateId, at);
  }

  function judge(process: StoredProcess, { readFrom, now, wasBlind }: Reading): Known {
    const before = known.get(process.id);
    if (!before) {
      // Whatever has come since the first reading has just come.
      const doubt = lastReadFrom === undefined ? DEAD_MS - DOUBTFUL_MS : 0;
      return { process, stillSince: now - doubt, lives: true };
    }
    if (before.process.beat !== process.beat) return { process, stillSince: now, lives: true };
    if (!before.lives) return before;
    if (wasBlind) return { ...before, stillSince: now };
    return { ...before, lives: readFrom - before.stillSince < DEAD_MS };
  }

  /** Both times are of the other's clock: what lies between them is as long by any clock. */
  function noteLeft({ at, left }: StoredProcess, now: number): void {
    for (const [delegateId, leftAt] of Object.entries(left)) note(delegateId, now - Math.max(0, at - leftAt));
  }

  function noteWhatChanged(next: ReadonlyMap<string, Known>, now: number): void {
    for (const { process, stillSince } of next.values()) {
      if (stillSince === now) noteLeft(process, now);
      noteVisits(process, stillSince);
    }
    for (const [id, { process, lives }] of known) if (lives && !next.has(id)) noteVisits(process, now);
  }

  const visits = (): readonly Visit[] =>
    [...known.values()].flatMap(({ process, lives }) => (lives ? process.visits : []));

  return {
    observe(processes, readFrom) {
      const now = elapsed();
      const wasBlind = lastReadFrom === undefined || readFrom - lastReadFrom > BLIND_MS;
      if (wasBlind) seesSince = now;
      const before = JSON.stringify(visits());
      // In an order that a beat does not change.
      const others = processes
        .filter(isReadable)
        .filter(({ id }) => id !== self)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const next = new Map(others.map((process) => [process.id, judge(process, { readFrom, now, wasBlind })]));
      const heard = others.flatMap((process) => heardAnew(process, known.get(process.id)?.process));
      noteWhatChanged(next, now);
      known = next;
      lastReadFrom = readFrom;
      const gone = [...next].filter(([, { lives, stillSince }]) => !lives && readFrom - stillSince >= FORGOTTEN_MS);
      return { isNews: JSON.stringify(visits()) !== before, heard, gone: gone.map(([id]) => id) };
    },
    visits,
    lastSeen(delegateId) {
      const now = elapsed();
      if (lastReadFrom !== undefined && now - lastReadFrom > BLIND_MS) return now;
      return Math.max(seesSince, seen.get(delegateId) ?? seesSince);
    },
  };
}

interface Reading {
  readonly readFrom: number;
  readonly now: number;
  readonly wasBlind: boolean;
}

/** Another version of this program may have written it. */
function isReadable({ visits, left }: Partial<StoredProcess>): boolean {
  return Array.isArray(visits) && typeof left === 'object' && left !== null;
}

function heardAnew({ heard = {} }: StoredProcess, before: StoredProcess | undefined): readonly string[] {
  return Object.keys(heard).filter((sessionId) => heard[sessionId] !== before?.heard?.[sessionId]);
}
