import type { KeyPlace } from '../../../domain/report-sealing.js';
import { isSealingFault } from '../../../sealing/index.js';
import { ApiProblem } from '../api/problem.js';
import type { MissingKeys, ReportAccess } from '../api/types.js';

/** As many as the server takes at once leave the page still for too long. */
const AT_ONCE = 40;

/** Who gets access: the key is the one that was compared, and no other is sealed to. */
export interface Recipient {
  readonly id: string;
  readonly publicKey: string;
}

export interface GiveDependencies {
  /** What the colleague lacks and the giver can open, some at a time. @throws ApiProblem. */
  readonly readMissing: (id: string, signal: AbortSignal) => Promise<MissingKeys>;
  /** @throws ApiProblem; `KeysChanged` when the colleague has other keys by now. */
  readonly grant: (
    to: Recipient,
    grants: readonly Grant[],
    signal: AbortSignal,
  ) => Promise<{ readonly access: ReportAccess }>;
  /** Opens a data key with the giver's key and seals it to another. @throws SealingFault. */
  readonly reseal: (sealed: string, place: KeyPlace, publicKey: string) => Promise<string>;
}

type MissingKey = MissingKeys['keys'][number];

export interface Grant extends KeyPlace {
  readonly sealed: string;
}

export interface GiveOptions {
  readonly signal: AbortSignal;
  /** How many reports have been given so far in this run. */
  readonly onProgress: (reports: number) => void;
}

export interface GivenAccess {
  readonly kind: 'given';
  /** As it is now; absent when there was nothing to give. */
  readonly access?: ReportAccess;
  /** Keys that the giver's key does not open. */
  readonly unreadable: number;
}

export type Given =
  | GivenAccess
  /** The colleague has other keys than those compared: nothing more was given. */
  | { readonly kind: 'changed' };

/**
 * Gives a colleague every key that they lack and the giver can open, a few at a time. What has been given stays given: after
 * a cut or a stop, a new run goes on with what is left.
 * @throws ApiProblem as the server refused, DOMException `AbortError` when it was stopped.
 */
export async function giveAccess(deps: GiveDependencies, to: Recipient, options: GiveOptions): Promise<Given> {
  const tried = new Set<string>();
  const giver = createGiver(deps, to, options);
  for (;;) {
    const { reader, keys, isMore } = await deps.readMissing(to.id, options.signal);
    if (reader.publicKey !== to.publicKey) return { kind: 'changed' };
    const fresh = keys.filter((key) => !tried.has(nameOf(key)));
    for (const part of inParts(fresh)) {
      for (const key of part) tried.add(nameOf(key));
      if (!(await giver.give(part))) return { kind: 'changed' };
    }
    // Keys that do not open are named again each time: they must not keep this going for ever.
    if (!isMore || fresh.length === 0) return giver.given();
  }
}

/** Counts what has been given in one run. */
function createGiver(deps: GiveDependencies, to: Recipient, { signal, onProgress }: GiveOptions) {
  const reports = new Set<string>();
  let access: ReportAccess | undefined;
  let unreadable = 0;
  return {
    /** False when the colleague has other keys by now. */
    async give(keys: readonly MissingKey[]): Promise<boolean> {
      const { grants, faults } = await resealAll(deps, keys, { to, signal });
      unreadable += faults;
      if (grants.length === 0) return true;
      const granted = await deps.grant(to, grants, signal).catch(nothingIfChanged);
      if (!granted) return false;
      access = granted.access;
      for (const { reportId } of grants) reports.add(reportId);
      onProgress(reports.size);
      return true;
    },
    given: (): Given => ({ kind: 'given', ...(access && { access }), unreadable }),
  };
}

async function resealAll(
  { reseal }: GiveDependencies,
  keys: readonly MissingKey[],
  { to, signal }: { readonly to: Recipient; readonly signal: AbortSignal },
): Promise<{ readonly grants: readonly Grant[]; readonly faults: number }> {
  const grants: Grant[] = [];
  for (const { reportId, keyId, sealed } of keys) {
    signal.throwIfAborted();
    const place = { reportId, keyId };
    try {
      grants.push({ ...place, sealed: await reseal(sealed, place, to.publicKey) });
    } catch (fault) {
      // A key of the colleague that nothing can be sealed to is no matter of this report.
      if (!isSealingFault(fault) || fault.code === 'unfit-key') throw fault;
    }
  }
  return { grants, faults: keys.length - grants.length };
}

function nothingIfChanged(fault: unknown): undefined {
  if (fault instanceof ApiProblem && fault.code === 'KeysChanged') return undefined;
  throw fault;
}

function inParts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / AT_ONCE);
  return Array.from({ length: count }, (_, part) => items.slice(part * AT_ONCE, (part + 1) * AT_ONCE));
}

function nameOf({ reportId, keyId }: KeyPlace): string {
  return `${reportId}/${keyId}`;
}
