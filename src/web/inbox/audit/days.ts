import type { AuditEntry } from '../api/types.js';
import type { AuditKind } from './strings.js';

const KINDS: Readonly<Record<AuditKind, RegExp>> = {
  all: /./,
  reading: /^conversation\.(opened|exported|searched)$/,
  accounts: /^(session|account|invitation)\./,
  settings: /^(facts|opening-hours|statistics)\./,
};

export interface AuditDay {
  /** `YYYY-MM-DD`, of Paris. */
  readonly date: string;
  readonly entries: readonly AuditEntry[];
}

/** Those of a kind, by day, the newest first. */
export function byDay(
  entries: readonly AuditEntry[],
  kind: AuditKind,
  dateOf: (at: number) => string,
): readonly AuditDay[] {
  const chosen = entries.filter(({ action }) => KINDS[kind].test(action)).toSorted((one, other) => other.seq - one.seq);
  return [...Map.groupBy(chosen, ({ at }) => dateOf(at))].map(([date, ofDay]) => ({ date, entries: ofDay }));
}
