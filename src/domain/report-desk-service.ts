import type { DelegateId, Millis } from './desk-state.js';
import { isUnread, lastWordAt, type Report } from './report.js';
import { withDelegateEvent } from './report-delegate-event.js';
import type { BeforeStoring, DelegateEvent, KeyGrant, ReportDesk } from './report-desk.js';
import { withNotice } from './report-notice.js';
import { type ReportParts, reportGone } from './report-parts.js';
import { isAmong, isSame } from './report-readers.js';
import { createRevocation } from './report-revocation.js';

const HOUR_MS = 60 * 60 * 1000;

export function createReportDesk(parts: ReportParts, subscribe: ReportDesk['subscribe']): ReportDesk {
  const { store, readers, now } = parts;

  async function change(
    id: string,
    plan: (report: Report, at: Millis) => Report | undefined | Promise<Report | undefined>,
    beforeStoring?: BeforeStoring,
  ) {
    return parts.change(id, async (report, at) => {
      const planned = await plan(sent(report), at);
      if (planned) await beforeStoring?.(planned);
      return planned;
    });
  }

  async function append(
    id: string,
    author: DelegateId,
    event: DelegateEvent,
    beforeStoring?: BeforeStoring,
  ): Promise<Report> {
    const plan = async (loaded: Report, at: Millis) =>
      withDelegateEvent(loaded, {
        event,
        author,
        team: await readers(),
        digest: await parts.sealing.digestOf(event.sealed),
        at,
      });
    const { report, isStored } = await change(id, plan, beforeStoring);
    if (isStored && event.toReporter !== undefined) await tell(report);
    return report;
  }

  /** What was answered stands, whether or not its author can be told of it. */
  async function tell({ id, notifies }: Report): Promise<void> {
    if (notifies === undefined || !parts.tellAuthor) return;
    try {
      const isTold = await parts.tellAuthor(notifies);
      if (!isTold)
        await change(id, (found) => (found.notifies === notifies ? withNotice(found, undefined) : undefined));
    } catch (error) {
      parts.onTellingFailed?.(error);
    }
  }

  return {
    readers,
    list: (options) => store.listSent(options),
    async load(id) {
      const report = await store.load(id);
      if (!report) throw reportGone();
      return sent(report);
    },
    markRead: async (id, delegateId, seq) =>
      (await change(id, (report, at) => withReading(report, { delegateId, seq, at }))).report,
    append,
    assign: async (id, assigneeId, beforeStoring) =>
      (await change(id, (report) => withAssignee(report, assigneeId), beforeStoring)).report,
    async grant(id, grants) {
      const team = await readers();
      const fit = grants.filter(({ sealedTo }) => isAmong(sealedTo, team));
      return (await change(id, (report) => withGrants(report, fit))).report;
    },
    revokeFormerReaders: createRevocation(parts),
    async listOverdue() {
      const before = now() - parts.settings.unreadHours * HOUR_MS;
      return (await store.listSent()).filter((report) => isUnread(report) && lastWordAt(report) <= before);
    },
    subscribe,
  };
}

function sent(report: Report): Report {
  if (report.status === 'draft') throw reportGone();
  return report;
}

function withReading(report: Report, reading: Report['readings'][number]): Report | undefined {
  const seq = Math.min(reading.seq, report.events.at(-1)?.seq ?? 0);
  const present = report.readings.find(({ delegateId }) => delegateId === reading.delegateId);
  if (present && present.seq >= seq) return undefined;
  return { ...report, readings: [...report.readings.filter((each) => each !== present), { ...reading, seq }] };
}

function withAssignee(
  { assigneeId: present, ...report }: Report,
  assigneeId: DelegateId | undefined,
): Report | undefined {
  if (present === assigneeId) return undefined;
  return { ...report, ...(assigneeId !== undefined && { assigneeId }) };
}

/** One grant of each key to each reader: what somebody can open already is not replaced. */
function withGrants(report: Report, grants: readonly KeyGrant[]): Report | undefined {
  const keys = report.keys.map((key) => {
    const added = grants
      .filter(({ keyId, sealedTo }) => keyId === key.id && !isAmong(sealedTo, key.sealedTo))
      .map(({ sealedTo }) => sealedTo)
      .filter((each, index, all) => all.findIndex((other) => isSame(each, other)) === index);
    return added.length > 0 ? { ...key, sealedTo: [...key.sealedTo, ...added] } : key;
  });
  return keys.some((key, index) => key !== report.keys[index]) ? { ...report, keys } : undefined;
}
