import { randomUUID } from 'node:crypto';
import type { ReportFollowUp } from '../../src/domain/report-intake.js';
import { reportSealing } from '../../src/sealing/index.js';
import { makeReportWorld, sendReport } from '../support/report-world.js';
import { quantile } from './load.js';

const REPORTS = 50;
const ROUNDS = 300;

export interface LookupTimes {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LookupResult {
  readonly right: LookupTimes;
  readonly wrong: LookupTimes;
}

/**
 * How long the server takes to find a report by its receipt, and to find that there is none; right and wrong receipts by
 * turns, with reports among others.
 * @param isPaced with the pause that every lookup takes at least; without it the work itself is seen.
 */
export async function runReceiptLookups(isPaced: boolean): Promise<LookupResult> {
  const world = await makeReportWorld();
  const reports = world.start(
    isPaced ? { pause: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } : {},
  );
  const receipts: string[] = [];
  for (let index = 0; index < REPORTS; index++) receipts.push((await sendReport(reports, randomUUID())).receipt);
  const times: { right: number[]; wrong: number[] } = { right: [], wrong: [] };
  const rounds = isPaced ? ROUNDS / 10 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const receipt = receipts[round % REPORTS] ?? '';
    const guesses = [
      ['right', receipt],
      ['wrong', reportSealing.makeReceipt()],
    ] as const;
    for (const [kind, guess] of round % 2 === 0 ? guesses : guesses.toReversed()) {
      times[kind].push(await timeOf(reports.followUp, guess));
    }
  }
  await world.storage.close();
  return { right: summary(times.right), wrong: summary(times.wrong) };
}

async function timeOf(followUp: ReportFollowUp, receipt: string): Promise<number> {
  const start = performance.now();
  await followUp.find(receipt, randomUUID());
  return performance.now() - start;
}

function summary(times: readonly number[]): LookupTimes {
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
}
