import type { DelegateId } from '../domain/desk-state.js';
import type { Report, ReportKey, SealedDataKey } from '../domain/report.js';
import type { Reader } from '../domain/report-desk.js';

/** Of a report, all that says who can open it. */
export type Keyed = Pick<Report, 'keys'>;

/** The data key as sealed to the key that this delegate has now; what was sealed to an earlier one is of no use to them. */
export function sealedFor({ sealedTo }: ReportKey, { delegateId, publicKey }: Reader): SealedDataKey | undefined {
  return sealedTo.find((sealed) => sealed.delegateId === delegateId && sealed.publicKey === publicKey);
}

/** Everybody of now who can open this key. */
export function openersOf(key: ReportKey, readers: readonly Reader[]): readonly DelegateId[] {
  return readers.filter((reader) => sealedFor(key, reader)).map(({ delegateId }) => delegateId);
}

/** The keys that this delegate lacks and that somebody of now could give them. */
export function lackedBy(reader: Reader, { keys }: Keyed, readers: readonly Reader[]): readonly ReportKey[] {
  return keys.filter((key) => !sealedFor(key, reader) && openersOf(key, readers).length > 0);
}

/** Nobody of now can open any of it. */
export function isLost({ keys }: Keyed, readers: readonly Reader[]): boolean {
  return keys.every((key) => openersOf(key, readers).length === 0);
}
