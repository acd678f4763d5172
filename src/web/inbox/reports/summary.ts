import type { ReportAnswer, ReportCategory } from '../../../domain/report-answers.js';
import type { ReportCard } from '../api/types.js';
import { NOT_SAID } from '../strings-reports.js';
import type { OpenedItem, OpeningFault } from './opening.js';

/** What the list shows of a report once it is opened. */
export interface Summary {
  readonly category?: ReportCategory;
  readonly where?: string;
  readonly when?: string;
  /** The first reason for which some of it stays closed. */
  readonly fault?: OpeningFault;
}

export function summaryOf(items: readonly OpenedItem[]): Summary {
  let summary: Summary = {};
  for (const item of items) {
    if (item.state === 'closed') summary = { fault: item.fault, ...summary };
    if (item.state === 'open' && 'step' in item.body) summary = { ...summary, ...partOf(item.body) };
  }
  return summary;
}

function partOf(answer: ReportAnswer): Summary {
  if (answer.step === 'category') return { category: answer.category };
  if (answer.step === 'where') return { where: 'text' in answer ? answer.text : NOT_SAID };
  if (answer.step === 'when')
    return { when: 'moment' in answer ? (answer.moment.words ?? answer.moment.text) : NOT_SAID };
  return {};
}

/** Changes when there is something else to open, or another key to open it with. */
export function signatureOf({ summary, keys }: ReportCard): string {
  const granted = keys.map(({ id, sealed, readers }) => `${id} ${sealed ?? readers.length}`);
  return [...summary.map(({ digest }) => digest), ...granted].join('|');
}
