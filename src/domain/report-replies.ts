import type { Report, ReportEvent } from './report.js';
import { placeOf } from './report-events.js';
import type { FollowUpEntry } from './report-intake.js';
import type { EventPlace, ReporterKeys, ReportSealing } from './report-sealing.js';

/** Opens what delegates wrote to the author of a report; for no report it opens as much. */
export type OpenReplies = (author: ReporterKeys, report: Report | undefined) => Promise<readonly FollowUpEntry[]>;

type Decoy = readonly [place: EventPlace, sealed: string];

const DECOY_PLACE: EventPlace = { reportId: 'decoy', keyId: 'decoy', seq: 1, kind: 'reply', at: 0 };

export function createOpenReplies(sealing: ReportSealing): OpenReplies {
  let decoy: Promise<Decoy> | undefined;

  return async (author, report) => {
    decoy ??= makeDecoy(sealing);
    const [place, sealed] = await decoy;
    const [entries] = await Promise.all([
      Promise.all(report ? report.events.map((event) => toEntry(author, report, event)) : []),
      openOrNothing(author, place, sealed),
    ]);
    return entries.filter((entry) => entry !== undefined);
  };
}

/** Sealed to a receipt that nobody has: opening it is work, and never succeeds. */
async function makeDecoy(sealing: ReportSealing): Promise<Decoy> {
  const { publicKey } = await sealing.keysOfReceipt(sealing.makeReceipt());
  return [DECOY_PLACE, await sealing.sealToReporter(publicKey, DECOY_PLACE, { text: '' })];
}

/** Notes, and what the author wrote, are not for this; a change of status without a sentence shows when it is the last. */
async function toEntry(author: ReporterKeys, report: Report, event: ReportEvent): Promise<FollowUpEntry | undefined> {
  const { at, kind, toReporter } = event;
  if (kind === 'addition') return { at, kind };
  if (kind !== 'reply' && kind !== 'status') return undefined;
  if (toReporter === undefined) return isLastStatus(report, event) ? toStatus(report, event) : undefined;
  const body = await openOrNothing(author, placeOf(report.id, event), toReporter);
  return {
    at,
    kind,
    ...(!body && isLastStatus(report, event) && toStatus(report, event)),
    ...(body && 'status' in body && { status: body.status }),
    ...(body && 'text' in body && body.text !== undefined && { text: body.text }),
  };
}

/** What was altered does not open: its place is shown, without words, and the rest is not lost with it. */
function openOrNothing(author: ReporterKeys, place: EventPlace, sealed: string) {
  return author.open(place, sealed).catch(() => undefined);
}

/** One who adds to a closed report opens it again: it is as it was received. Any other status stands through additions. */
function isLastStatus({ events, status }: Report, { seq }: ReportEvent): boolean {
  const changes = ({ kind }: ReportEvent): boolean =>
    kind === 'status' || (kind === 'addition' && status === 'received');
  return events.findLast(changes)?.seq === seq;
}

function toStatus({ status }: Report, { at }: ReportEvent): FollowUpEntry | undefined {
  return status === 'draft' ? undefined : { at, kind: 'status', status };
}
