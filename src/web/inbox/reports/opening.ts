import type { DataKey, EventBody } from '../../../domain/report-sealing.js';
import { isSealingFault, type Opening, type OpeningPair, openDataKey, openEvents } from '../../../sealing/index.js';
import type { ReportEvent, ReportKey } from '../api/types.js';

/** Why a data key is not there: a colleague has to grant it, nobody of the team has it, or what was granted does not open. */
export type KeyFault = 'no-key' | 'lost' | 'broken-key';

/** Why something sealed stays closed. `altered`: it is not what was sealed there. */
export type OpeningFault = KeyFault | 'altered';

/** An event with what it says, or with why that cannot be read. */
export type OpenedItem =
  | { readonly event: ReportEvent; readonly state: 'open'; readonly body: EventBody }
  | { readonly event: ReportEvent; readonly state: 'closed'; readonly fault: OpeningFault }
  /** An answer that its author replaced before sending. */
  | { readonly event: ReportEvent; readonly state: 'replaced' };

export interface ToOpen {
  readonly reportId: string;
  readonly keys: readonly ReportKey[];
  readonly events: readonly ReportEvent[];
}

export interface OpenedEvents {
  readonly items: readonly OpenedItem[];
  /** For `verifyChain`. */
  readonly openings: readonly Opening[];
}

/** Opens sealed things with the reader's own key: each by itself, so that one that does not open loses nothing else. */
export type Open = (what: ToOpen) => Promise<OpenedEvents>;

export function createOpen(own: OpeningPair): Open {
  return async ({ reportId, keys, events }) => {
    const used = new Set(events.map(({ keyId }) => keyId));
    const dataKeys = new Map<string, DataKey>();
    const faults = new Map<string, KeyFault>();
    for (const key of keys.filter(({ id }) => used.has(id))) {
      const opened = await openKey(own, reportId, key);
      if (typeof opened === 'string') faults.set(key.id, opened);
      else dataKeys.set(key.id, opened);
    }
    try {
      const openings = await openEvents(reportId, events, dataKeys);
      return { openings, items: events.map((event, index) => itemOf(event, openings[index], faults)) };
    } finally {
      for (const key of dataKeys.values()) key.fill(0);
    }
  };
}

/** A data key that is sealed to the reader, or why it cannot be had. */
export async function openKey(
  own: OpeningPair,
  reportId: string,
  { id, sealed, readers }: ReportKey,
): Promise<DataKey | KeyFault> {
  if (sealed === undefined) return readers.length > 0 ? 'no-key' : 'lost';
  try {
    return await openDataKey(sealed, { reportId, keyId: id }, own);
  } catch (error) {
    if (!isSealingFault(error)) throw error;
    return 'broken-key';
  }
}

function itemOf(event: ReportEvent, opening: Opening | undefined, faults: ReadonlyMap<string, KeyFault>): OpenedItem {
  const opened = opening?.opened ?? 'cannot-open';
  if (opened === 'replaced') return { event, state: 'replaced' };
  if (opened === 'no-key') return { event, state: 'closed', fault: faults.get(event.keyId) ?? 'lost' };
  if (opened === 'cannot-open') return { event, state: 'closed', fault: 'altered' };
  return { event, state: 'open', body: opened.body };
}
