import type { Account } from './account.js';
import type { ReportKey, SealedDataKey } from './report.js';
import type { Reader } from './report-desk.js';
import type { DataKey, KeyPlace, ReportSealing } from './report-sealing.js';

/** Active accounts, each under its public key of now. */
export function readersOf(accounts: readonly Account[]): readonly Reader[] {
  return accounts
    .filter(({ isDisabled }) => !isDisabled)
    .map(({ id, credentials }) => ({ delegateId: id, publicKey: credentials.publicKey }));
}

export function isSame(one: Reader, other: Reader): boolean {
  return one.delegateId === other.delegateId && one.publicKey === other.publicKey;
}

export function isAmong(reader: Reader, readers: readonly Reader[]): boolean {
  return readers.some((other) => isSame(reader, other));
}

/** New things may be sealed under it: whoever opens it is of the team of now. */
export function isOpenToTeamOnly({ isRetired, sealedTo }: ReportKey, team: readonly Reader[]): boolean {
  return !isRetired && sealedTo.every((reader) => isAmong(reader, team));
}

/** Sealed to each of the team of now, once, and to nobody else. */
export function isSealedToWholeTeam(sealedTo: readonly Reader[], team: readonly Reader[]): boolean {
  return (
    sealedTo.length === team.length &&
    team.every((reader) => isAmong(reader, sealedTo)) &&
    sealedTo.every((reader) => isAmong(reader, team))
  );
}

/**
 * One whose public key is none is left out, and a colleague may open the report for them: nobody's keys keep residents
 * from being heard by the others.
 */
export async function sealToEach(
  sealing: Pick<ReportSealing, 'sealDataKey'>,
  key: DataKey,
  { place, readers }: { readonly place: KeyPlace; readonly readers: readonly Reader[] },
): Promise<readonly SealedDataKey[]> {
  const attempts = await Promise.allSettled(
    readers.map(async ({ delegateId, publicKey }) => {
      const sealed = await sealing.sealDataKey(key, place, publicKey);
      return { delegateId, publicKey, sealed };
    }),
  );
  return attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
}
