import type { DataKey, EventBody } from '../../../domain/report-sealing.js';
import { isSealingFault, openDataKey, placeOfEvent, reportSealing } from '../../../sealing/index.js';
import type { ReportEvent, ReportKey } from '../api/types.js';
import type { OwnKey } from '../reports-key/index.js';

/**
 * Why something sealed stays closed. `no-key`: a colleague has to grant its key. `lost`: nobody of the team can open it any
 * more. `broken-key`: the key that was granted does not open. `altered`: it is not what was sealed there.
 */
export type OpeningFault = 'no-key' | 'lost' | 'broken-key' | 'altered';

/** An event with what it says, or with why that cannot be read. */
export type OpenedItem =
  | { readonly event: ReportEvent; readonly state: 'open'; readonly body: EventBody; readonly previous: string }
  | { readonly event: ReportEvent; readonly state: 'closed'; readonly fault: OpeningFault }
  /** An answer that its author replaced before sending. */
  | { readonly event: ReportEvent; readonly state: 'replaced' };

export interface ToOpen {
  readonly reportId: string;
  readonly keys: readonly ReportKey[];
  readonly events: readonly ReportEvent[];
}

/** Opens sealed things with the reader's own key: each by itself, so that one that does not open loses nothing else. */
export type Open = (what: ToOpen) => Promise<readonly OpenedItem[]>;

type KeyOpening = DataKey | OpeningFault;

export function createOpen(own: OwnKey): Open {
  return async ({ reportId, keys, events }) => {
    const needed = keys.filter(({ id }) => events.some(({ keyId, sealed }) => keyId === id && sealed !== null));
    const opened = new Map<string, KeyOpening>();
    for (const key of needed) opened.set(key.id, await openKeyOf(own, reportId, key));
    try {
      return await Promise.all(events.map((event) => openOne(reportId, event, opened.get(event.keyId) ?? 'lost')));
    } finally {
      for (const key of opened.values()) if (typeof key !== 'string') key.fill(0);
    }
  };
}

async function openKeyOf(own: OwnKey, reportId: string, { id, sealed, readers }: ReportKey): Promise<KeyOpening> {
  if (sealed === undefined) return readers.length > 0 ? 'no-key' : 'lost';
  return openDataKey(sealed, { reportId, keyId: id }, own).catch(unlessSealing('broken-key'));
}

async function openOne(reportId: string, event: ReportEvent, key: KeyOpening): Promise<OpenedItem> {
  if (event.sealed === null) return { event, state: 'replaced' };
  if (typeof key === 'string') return { event, state: 'closed', fault: key };
  const opened = await reportSealing
    .openEvent(key, placeOfEvent(reportId, event), event.sealed)
    .catch(unlessSealing('altered'));
  return opened === 'altered' ? { event, state: 'closed', fault: opened } : { event, state: 'open', ...opened };
}

/** What does not open is told of in its place; anything else is a fault of the page. */
function unlessSealing<Fault extends OpeningFault>(fault: Fault): (error: unknown) => Fault {
  return (error) => {
    if (!isSealingFault(error)) throw error;
    return fault;
  };
}
