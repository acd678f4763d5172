import { indentedLines, inlineText, visibleText } from '../../../domain/visible-text.js';
import { dayAndTime } from '../app/dates.js';
import { FAULTS, ITEMS, STATUSES, STEPS } from '../strings-reports.js';
import { wordsOfAnswer } from './answer-words.js';
import type { OpenedReport } from './use-report.js';
import { answersOf, followUpOf, isOutOfPlace, type ReportItem } from './whole-report.js';

/** A part of a report on paper: a heading and what is under it. */
export interface Block {
  readonly id: string;
  readonly kind: 'answer' | 'addition' | 'reply' | 'note' | 'status';
  readonly title: string;
  readonly text: string;
}

/**
 * A report as a text to keep or to share: what its author said, then what followed. Its texts are of visible characters
 * with one kind of line end: a place in them is the same wherever it is counted, and nothing unseen parts a word.
 */
export function blocksOf(
  { whole }: Pick<OpenedReport, 'whole'>,
  { withNotes }: { readonly withNotes: boolean },
): readonly Block[] {
  const answers = answersOf(whole).map(({ item, step, answer }): Block => {
    const text = answer ? wordsOfAnswer(answer).join('\n') : faultOf(item);
    return { id: `${item.event.seq}`, kind: 'answer', title: STEPS[step], text: withDoubt(item, text) };
  });
  return [...answers, ...followUpOf(whole).flatMap((item) => blocksOfItem(item))]
    .filter(({ kind }) => withNotes || kind !== 'note')
    .map((block) => ({ ...block, text: visibleText(block.text) }));
}

function blocksOfItem(item: ReportItem): readonly Block[] {
  const { kind, at, by, seq } = item.event;
  if (kind === 'answer' || kind === 'submitted') return [];
  const name = by?.displayName ?? ITEMS.unknownDelegate;
  const title = ITEMS.titles[kind](name, dayAndTime(at));
  return [{ id: `${seq}`, kind, title, text: withDoubt(item, textOf(item)) }];
}

/** What an addition, a reply, a note or a status says. */
function textOf(item: ReportItem): string {
  if (item.state !== 'open') return faultOf(item);
  const { body } = item;
  if ('status' in body) {
    return [ITEMS.statusNow(STATUSES[body.status]), ...(body.text === undefined ? [] : [body.text])].join('\n');
  }
  return 'text' in body && !('step' in body) ? body.text : '';
}

function faultOf(item: ReportItem): string {
  return item.state === 'closed' ? `[${FAULTS[item.fault]}]` : '';
}

/** Paper does not hide that something is not right. */
function withDoubt(item: ReportItem, text: string): string {
  const missing = item.missingBefore > 0 ? [`[${ITEMS.missing(item.missingBefore)}]`] : [];
  return [...missing, ...(isOutOfPlace(item) ? [`[${ITEMS.outOfPlace}]`] : []), text].join('\n');
}

export interface Heading {
  readonly title: string;
  /** Where it stands, and by whom and when this was made. */
  readonly lines: readonly string[];
}

export function headingOf({ detail: { card } }: Pick<OpenedReport, 'detail'>, by: string, now: number): Heading {
  return {
    title: ITEMS.documentTitle(nameOf(card)),
    lines: [
      ITEMS.documentReceived(dayAndTime(card.submittedAt)),
      ITEMS.documentStatus(STATUSES[card.status]),
      ITEMS.documentId(card.id),
      ITEMS.documentMade(by, dayAndTime(now)),
    ],
  };
}

/** « B7K2 »: how delegates name a report to each other. */
export function nameOf({ id, pseudonym }: { readonly id: string; readonly pseudonym?: string | undefined }): string {
  return pseudonym ?? id.slice(0, 4).toUpperCase();
}

/** Windows programs older than 2019 take UTF-8 without this mark for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The whole as plain text, with the line ends that every editor of a PC reads. What was said is indented: no author can
 * write a reply of the delegates'.
 */
export function plainText({ title, lines }: Heading, blocks: readonly Block[]): string {
  const parts = [
    [title, ...lines].map(inlineText),
    ...blocks.map((block) => [inlineText(block.title), ...indentedLines(block.text)]),
  ];
  const text = parts.map((part) => part.join('\n')).join('\n\n');
  return `${BYTE_ORDER_MARK}${text}\n`.replaceAll('\n', '\r\n');
}
