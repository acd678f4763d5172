import type { Report } from '../../src/domain/report.js';
import type { ReportAnswer, ReportStep } from '../../src/domain/report-answers.js';
import type { DataKey } from '../../src/domain/report-sealing.js';
import { type Opening, openEvents, reportSealing, verifyChain } from '../../src/sealing/index.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { openKey, type TeamMember } from './report-team.js';

export interface Membership {
  readonly isIn: boolean;
  /** How often they have come or gone. */
  readonly changes: number;
}

export interface Said {
  readonly answers: readonly ReportAnswer[];
  readonly cause: string;
  /** Who was in the team before it was said. */
  readonly team: readonly Membership[];
}

export interface Ended {
  readonly report: Report;
  /** What was given out for it, in any order. */
  readonly refs: readonly string[];
  readonly said: readonly Said[];
  readonly members: readonly TeamMember[];
  /** Who is in the team now. */
  readonly team: readonly Membership[];
}

/** What should not be, in words. */
export async function faultsOf(storage: Storage, ended: Ended): Promise<readonly string[]> {
  const readings = await Promise.all(ended.members.map((_, who) => faultsOfReader(ended, who)));
  return [...(await faultsOfReceipt(storage, ended)), ...readings.flat()];
}

async function faultsOfReceipt(storage: Storage, { report, refs }: Ended): Promise<readonly string[]> {
  const receipt = await storage.reports.loadReceipt(refs[0] ?? '');
  const author = receipt && (await reportSealing.keysOfReceipt(receipt.code));
  return reasons({
    'it was not sent': report.status !== 'received',
    'several receipts were given': new Set(refs).size !== 1,
    'the receipt is not that of the report': report.receiptRef !== refs[0],
    'the receipt is gone, or opens nothing': author?.publicKey !== report.reporterKey,
    'it leads back': /"cause"|"conversationId"/.test(JSON.stringify(report)),
    'there are two of it': (await storage.reports.listSent()).length !== 1,
  });
}

async function faultsOfReader({ report, said, members, team }: Ended, who: number): Promise<readonly string[]> {
  const [member, is] = [members[who], team[who]];
  if (!member || !is) return ['a delegate is missing'];
  const openings = await openEvents(report.id, report.events, await keysOf(report, member));
  const { events, isComplete } = verifyChain(report.events, openings);
  const wrong = events.filter((finding) => finding !== 'ok' && finding !== 'replaced' && finding !== 'no-key');
  return [
    ...wrong.map((finding) => `${member.id} finds something ${finding}`),
    ...reasons({ [`${member.id} finds it incomplete`]: is.isIn && is.changes === 0 && !isComplete }),
    ...[...lastSaid(said)].flatMap(([step, { answer, team: before }]) => {
      const index = report.events.findLastIndex((event) => event.step === step);
      const hasStayed = before[who]?.changes === is.changes;
      return reasons({
        [`${step} is lost`]: index < 0,
        [`${member.id} cannot read ${step} as it was last said`]:
          hasStayed && is.isIn && !isReading(openings[index], answer),
        [`${member.id} reads ${step}, and was not there`]:
          hasStayed && !is.isIn && typeof openings[index]?.opened === 'object',
      });
    }),
  ];
}

async function keysOf(report: Report, member: TeamMember): Promise<ReadonlyMap<string, DataKey>> {
  const keys = new Map<string, DataKey>();
  for (const { id } of report.keys) {
    const key = await openKey(report, id, member);
    if (key) keys.set(id, key);
  }
  return keys;
}

function isReading(opening: Opening | undefined, answer: ReportAnswer): boolean {
  return typeof opening?.opened === 'object' && JSON.stringify(opening.opened.body) === JSON.stringify(answer);
}

function lastSaid(said: readonly Said[]) {
  return new Map<ReportStep, { answer: ReportAnswer; team: readonly Membership[] }>(
    said.flatMap(({ answers, team }) => answers.map((answer) => [answer.step, { answer, team }] as const)),
  );
}

function reasons(found: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(found).flatMap(([reason, isSo]) => (isSo ? [reason] : []));
}
