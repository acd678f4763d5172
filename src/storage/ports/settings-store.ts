import type { DelegateId, Millis } from '../../domain/desk-state.js';
import type { FactsVersion } from '../../domain/facts-edit.js';
import type { JsonObject } from '../../domain/json.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { Counters, DayCounters } from '../../domain/statistics.js';

export type SettingName = 'daily-purge' | 'opening-hours' | 'push-keys' | 'report-alarm' | 'setup';

/** One sealed value under each name. */
export interface SettingsStore {
  load(name: SettingName): Promise<{ readonly rev: number; readonly value: JsonObject } | undefined>;
  /**
   * @param expectedRev that of the value which this one replaces; absent: there is none yet. The first is stored at rev 1.
   * @throws DomainError `revision-conflict`.
   */
  save(name: SettingName, value: JsonObject, expectedRev?: number): Promise<void>;
}

/** What coordinators saved, in order. */
export interface FactsStore {
  /** @throws DomainError `duplicate` when another one took this version first. */
  append(version: FactsVersion): Promise<void>;
  latest(): Promise<FactsVersion | undefined>;
  load(version: number): Promise<FactsVersion | undefined>;
  /** The newest first. */
  history(limit: number): Promise<readonly FactsVersion[]>;
}

/** A browser that lets itself be woken (RFC 8030, RFC 8291). Sealed at rest. */
export interface PushSubscription {
  /** SHA-256 of the endpoint, base64url. */
  readonly id: string;
  readonly accountId: DelegateId;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly device: string;
  readonly createdAt: Millis;
}

export interface PushStore {
  /** Stores it in place of an earlier one with the same id. */
  save(subscription: PushSubscription): Promise<void>;
  list(): Promise<readonly PushSubscription[]>;
  remove(id: string): Promise<boolean>;
  removeOf(accountId: DelegateId): Promise<number>;
}

export interface StatisticsStore {
  /**
   * Replaces the day's counters of one writer. Each process is a writer of its own, so that none undoes another's.
   * @param writer unguessable, new at each start.
   */
  save(date: LocalDate, writer: string, counters: Counters): Promise<void>;
  /** The sums over all writers, for the days from `from` to `to`, both included; days without counts are left out. */
  between(from: LocalDate, to: LocalDate): Promise<readonly DayCounters[]>;
}
