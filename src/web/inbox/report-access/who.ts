import type { ReportAccess } from '../api/types.js';

export type AccessReader = ReportAccess['readers'][number];

/** The delegate at this page; absent when their keys are not among the readers'. */
export function selfIn({ readers }: ReportAccess, ownId: string): AccessReader | undefined {
  return readers.find(({ id }) => id === ownId);
}

/** Oneself first, then those who lack most. */
export function inOrder({ readers }: ReportAccess, ownId: string): readonly AccessReader[] {
  const rank = ({ id }: AccessReader): number => (id === ownId ? 0 : 1);
  return [...readers].sort((a, b) => rank(a) - rank(b) || b.lacks - a.lacks);
}

/**
 * Colleagues whom this delegate can surely help: whoever opens no report wholly is not asked to. They may still try, since
 * they may hold a part of one.
 */
export function waitingColleagues(access: ReportAccess, ownId: string): readonly AccessReader[] {
  if ((selfIn(access, ownId)?.canRead ?? 0) === 0) return [];
  return access.readers.filter(({ id, lacks }) => id !== ownId && lacks > 0);
}

/** Reports that nobody could open any more. */
export interface Loss {
  readonly count: number;
  /** Otherwise at most so many: only the server could count them. */
  readonly isExact: boolean;
}

/** What would be lost without this delegate's key of now: at most those reports that every other reader lacks. */
export function lossWithout({ readers }: ReportAccess, id: string): Loss {
  const leaving = readers.find((reader) => reader.id === id);
  if (!leaving) return { count: 0, isExact: true };
  const lacking = readers.filter((reader) => reader.id !== id).map(({ lacks }) => lacks);
  const count = Math.min(leaving.canRead + leaving.lacks, ...lacking);
  return { count, isExact: count === 0 || lacking.length < 2 };
}
