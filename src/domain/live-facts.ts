import type { FactsStore } from '../storage/ports/settings-store.js';
import type { Clock } from './clock.js';
import type { DelegateId } from './desk-state.js';
import { DomainError, isDomainError } from './errors.js';
import type { Facts } from './facts.js';
import type { EditableFacts, FactsVersion } from './facts-edit.js';
import type { SharedChanges } from './shared-changes.js';

/** The facts as they are now: those of the data files, under what coordinators saved. */
export interface LiveFacts {
  current(): Facts;
  /** 0: those of the data files. */
  version(): number;
  /** Reads what another process may have saved. */
  refresh(): Promise<void>;
  /**
   * Saves a new version; it counts at once.
   * @throws DomainError `revision-conflict` when `madeFrom` is not the latest version.
   */
  save(change: { facts: EditableFacts; madeFrom: number; by: DelegateId; undoneTo?: number }): Promise<void>;
  /** Puts back an earlier version (0: the data files) as a new one. @throws as `save`, or RangeError for an unknown one. */
  undo(change: { to: number; madeFrom: number; by: DelegateId }): Promise<void>;
  /** The newest first. */
  history(limit: number): Promise<readonly FactsVersion[]>;
  /** Those of the data files. */
  readonly base: Facts;
  /** Called after each change with the facts that count from now on. */
  subscribe(listener: (facts: Facts) => void): () => void;
}

export interface LiveFactsDependencies {
  readonly base: Facts;
  readonly store: FactsStore;
  readonly clock: Clock;
  /** Other processes learn of what is saved here, and are heard. */
  readonly changes?: SharedChanges;
  /** What another process saved could not be read; the next `refresh` makes up for it. */
  readonly onRefreshFailed?: (error: unknown) => void;
}

export async function openLiveFacts(deps: LiveFactsDependencies): Promise<LiveFacts> {
  const { base, store, clock, changes, onRefreshFailed } = deps;
  const listeners = new Set<(facts: Facts) => void>();
  let latest: FactsVersion | undefined;
  let facts = base;

  function use(version: FactsVersion | undefined): void {
    // A reading that began before a save may end after it.
    if ((version?.version ?? 0) <= (latest?.version ?? 0)) return;
    latest = version;
    facts = version ? { ...base, ...version.facts } : base;
    for (const listener of listeners) listener(facts);
  }

  async function refresh(): Promise<void> {
    use(await store.latest());
  }

  async function save(change: Parameters<LiveFacts['save']>[0]): Promise<void> {
    await refresh();
    if ((latest?.version ?? 0) !== change.madeFrom) throw overtaken();
    const version: FactsVersion = {
      version: change.madeFrom + 1,
      at: clock().getTime(),
      by: change.by,
      facts: change.facts,
      ...(change.undoneTo !== undefined && { undoneTo: change.undoneTo }),
    };
    try {
      await store.append(version);
    } catch (error) {
      throw isDomainError(error, 'duplicate') ? overtaken() : error;
    }
    use(version);
    changes?.tell('facts');
  }

  changes?.listen('facts', () => {
    refresh().catch((error: unknown) => onRefreshFailed?.(error));
  });
  await refresh();
  return {
    base,
    current: () => facts,
    version: () => latest?.version ?? 0,
    refresh,
    save,
    async undo({ to, ...change }) {
      const earlier = to === 0 ? base : (await store.load(to))?.facts;
      if (!earlier) throw new RangeError('There is no such version of the facts');
      const { permanences, sectors, station } = earlier;
      await save({ ...change, facts: { permanences, sectors, station }, undoneTo: to });
    },
    history: (limit) => store.history(limit),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Somebody has saved other facts meanwhile');
}
