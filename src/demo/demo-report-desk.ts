import type { OpeningPair } from '../sealing/index.js';
import { createReportHand, type ReportDetail, type Words } from './report-hand.js';

/** One call of the API below `/api/inbox`. @throws Error when it is refused. */
type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** What a fictitious delegate does with reports, sealed as their page would. */
export interface DemoReportDesk {
  ids(): Promise<readonly string[]>;
  /** Opens it, and has read all of it. */
  read(id: string): Promise<void>;
  write(id: string, words: Words): Promise<void>;
  assign(id: string, assigneeId: string): Promise<void>;
}

export function createDemoReportDesk(call: Call, me: string, own: OpeningPair): DemoReportDesk {
  const hand = createReportHand(me, own);
  const load = async (id: string): Promise<ReportDetail> => (await call('GET', `/reports/${id}`)) as ReportDetail;

  return {
    async ids() {
      const { reports } = (await call('GET', '/reports')) as { reports: readonly { readonly id: string }[] };
      return reports.map(({ id }) => id);
    },
    async read(id) {
      const detail = await load(id);
      const { isComplete } = await hand.read(detail);
      if (!isComplete) throw new Error('A report did not open');
      await call('PUT', `/reports/${id}/read`, { seq: detail.card.lastSeq });
    },
    async write(id, words) {
      await call('POST', `/reports/${id}/events`, await hand.seal(await load(id), words));
    },
    async assign(id, assigneeId) {
      await call('PUT', `/reports/${id}/assignee`, { assigneeId });
    },
  };
}
