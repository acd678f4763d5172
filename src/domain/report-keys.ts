import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import type { JsonObject } from './json.js';
import type { DataKey } from './report-sealing.js';
import { createGone, leftOf, readSecretBytes, type SecretLines, type Told, writeSecretBytes } from './secret-lines.js';

/** After so long without an answer, what was answered is sealed for good. */
export const KEY_LIFETIME_MS = 30 * 60 * 1000;
/** Reports that are written at one time; the one that has been silent for longest gives way. */
const CAPACITY = 1000;
/** More than the same report gets while delegates come and go and processes are restarted. */
const MOST_KEYS_OF_ONE = 100;

/**
 * The data keys of the drafts that this process and those that it hears took answers for, in memory only. Keys are given out
 * as copies, which whoever took one wipes: one that is overwritten here while it seals would seal with zeros.
 */
export interface ReportKeys {
  has(reportId: string, keyId: string): boolean;
  copyOf(reportId: string, keyId: string): DataKey | undefined;
  /** Has those that are missed here asked for from the other processes. @param lastUsedAt of the report: keys end with it. */
  learn(reportId: string, keyIds: readonly string[], lastUsedAt: Millis): Promise<void>;
  /** Keeps a copy, and all keys of the report for another half hour. */
  keep(reportId: string, keyId: string, key: DataKey): void;
  /** For good, in all processes. */
  forget(reportId: string): void;
  /** Overwrites those whose time is up; returns of how many reports. */
  forgetSilent(): number;
}

interface Held {
  readonly keys: Map<string, DataKey>;
  usedAt: Millis;
}

export interface ReportKeysOptions {
  readonly clock: Clock;
  readonly capacity?: number;
  /** Absent: this process keeps what it has to itself. */
  readonly lines?: SecretLines | undefined;
}

/** Clocks of two processes may differ by so much. */
const CLOCKS_APART_MS = 2 * 60 * 1000;

export function createReportKeys({ clock, capacity = CAPACITY, lines }: ReportKeysOptions): ReportKeys {
  /** The longest silent first: using one puts it at the end. */
  const reports = new Map<string, Held>();
  const gone = createGone(capacity);
  const now = (): Millis => clock().getTime();
  const isSilent = ({ usedAt }: Held): boolean => now() - usedAt >= KEY_LIFETIME_MS;

  function wipeAll(reportId: string): void {
    for (const key of reports.get(reportId)?.keys.values() ?? []) wipe(key);
    reports.delete(reportId);
  }

  function forgetSilent(): number {
    const silent = [...reports].filter(([, held]) => isSilent(held));
    for (const [reportId] of silent) wipeAll(reportId);
    return silent.length;
  }

  function find(reportId: string, keyId: string): DataKey | undefined {
    const held = reports.get(reportId);
    if (held && isSilent(held)) wipeAll(reportId);
    return reports.get(reportId)?.keys.get(keyId);
  }

  function hold(reportId: string, keyId: string, { key, usedAt }: { key: DataKey; usedAt: Millis }): void {
    forgetSilent();
    const { keys, usedAt: before } = reports.get(reportId) ?? { keys: new Map<string, DataKey>(), usedAt };
    const earlier = keys.get(keyId);
    if (earlier) wipe(earlier);
    keys.set(keyId, key);
    reports.delete(reportId);
    reports.set(reportId, { keys, usedAt: Math.max(before, usedAt) });
    const [oldest] = reports.keys();
    if (reports.size > capacity && oldest !== undefined) wipeAll(oldest);
  }

  function bury(reportId: string): void {
    wipeAll(reportId);
    gone.add(reportId);
  }

  function toTold(reportId: string, keyId: string): JsonObject | undefined {
    const key = find(reportId, keyId);
    const held = reports.get(reportId);
    return key && held && { reportId, keyId, key: writeSecretBytes(key), left: held.usedAt + KEY_LIFETIME_MS - now() };
  }

  function take(told: Told): void {
    if (typeof told.forget === 'string') bury(told.forget);
    const { reportId, keyId } = told;
    if (!isId(reportId) || !isId(keyId) || gone.has(reportId)) return;
    const left = leftOf(told, KEY_LIFETIME_MS);
    const key = readSecretBytes(told.key);
    const held = reports.get(reportId)?.keys;
    if (left === undefined || !key || (held && !held.has(keyId) && held.size >= MOST_KEYS_OF_ONE)) return;
    // What is known stays as it is: nobody else says what this process seals with.
    hold(reportId, keyId, { key: find(reportId, keyId)?.slice() ?? key, usedAt: now() - KEY_LIFETIME_MS + left });
  }

  function* all(): Iterable<JsonObject> {
    for (const [reportId, { keys }] of [...reports].reverse()) {
      for (const keyId of [...keys.keys()].reverse()) {
        const told = toTold(reportId, keyId);
        if (told) yield told;
      }
    }
  }

  const line = lines?.join('key', { take, all, find: (name) => toTold(...idsOf(name)) });

  return {
    has: (reportId, keyId) => find(reportId, keyId) !== undefined,
    copyOf: (reportId, keyId) => find(reportId, keyId)?.slice(),
    async learn(reportId, keyIds, lastUsedAt) {
      if (!line || now() - lastUsedAt >= KEY_LIFETIME_MS + CLOCKS_APART_MS) return;
      const missed = keyIds.filter((keyId) => !find(reportId, keyId));
      await Promise.all(missed.map((keyId) => line.learn(nameOf(reportId, keyId))));
    },
    keep(reportId, keyId, key) {
      hold(reportId, keyId, { key: key.slice(), usedAt: now() });
      line?.tell(() => toTold(reportId, keyId) ?? {});
    },
    forget(reportId) {
      bury(reportId);
      line?.tell(() => ({ forget: reportId }));
    },
    forgetSilent,
  };
}

export function wipe(key: Uint8Array): void {
  key.fill(0);
}

/** Neither has a blank in it. */
function nameOf(reportId: string, keyId: string): string {
  return `${reportId} ${keyId}`;
}

function idsOf(name: string): [reportId: string, keyId: string] {
  const [reportId = '', keyId = ''] = name.split(' ', 2);
  return [reportId, keyId];
}

const LONGEST_ID = 100;

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID;
}
