import { createReportHand, type ReportDetail, type ReportHand, type Words } from '../../src/demo/report-hand.js';
import { type DeskClient, enrolDeskClient } from './desk-client.js';
import { makePair } from './report-sealing-builders.js';

/** A delegate who reads and answers reports over plain HTTP, with keys of their own. */
export interface ReportClient extends DeskClient {
  readonly id: string;
  /** The unread first. */
  reportIds(): Promise<readonly string[]>;
  read(reportId: string): ReturnType<ReportHand['read']>;
  /** Seals words to the report as it is, and again when a colleague's came first. */
  write(reportId: string, words: Words): Promise<void>;
}

/** Makes an account by a link's token. */
export async function enrolReportClient(baseUrl: () => string, login: string, token: string): Promise<ReportClient> {
  const own = await makePair();
  const client = await enrolDeskClient(baseUrl, login, token, own.publicKey);
  const hand = createReportHand(client.id, own);

  async function get<Value>(path: string): Promise<Value> {
    const { status, body } = await client.insist('GET', path);
    if (status !== 200) throw new Error(`Refused: ${status} ${body.code}`);
    return body as Value;
  }
  const load = (reportId: string): Promise<ReportDetail> => get(`/reports/${reportId}`);

  return {
    ...client,
    async reportIds() {
      const { reports } = await get<{ reports: readonly { id: string }[] }>('/reports');
      return reports.map(({ id }) => id);
    },
    read: async (reportId) => hand.read(await load(reportId)),
    async write(reportId, words) {
      for (;;) {
        const event = await hand.seal(await load(reportId), words);
        const { status, body } = await client.insist('POST', `/reports/${reportId}/events`, event);
        if (status === 200) return;
        if (body.code !== 'ReportChanged') throw new Error(`Refused: ${status} ${body.code}`);
      }
    },
  };
}
