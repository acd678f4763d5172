import { REPORT_CATEGORIES, type ReportCategory } from '../../../domain/report-answers.js';

/** What is counted of a report. */
export interface Counted {
  /** `YYYY-MM`, of Paris. */
  readonly month: string;
  /** Absent when it could not be opened. */
  readonly category?: ReportCategory;
}

export interface FigureRow {
  readonly byCategory: Readonly<Record<ReportCategory, number>>;
  /** Those whose category is not known, since they do not open. */
  readonly unopened: number;
  readonly total: number;
}

export interface Figures {
  /** The newest first; months without any report between two others are there as well. */
  readonly months: readonly (FigureRow & { readonly month: string })[];
  readonly all: FigureRow;
}

export function countFigures(reports: readonly Counted[]): Figures {
  const byMonth = Map.groupBy(reports, ({ month }) => month);
  const months = monthsBetween([...byMonth.keys()]).map((month) => ({ month, ...rowOf(byMonth.get(month) ?? []) }));
  return { months, all: rowOf(reports) };
}

/** Semicolons, and a mark of the encoding: as spreadsheets in France read it. Numbers and our own words only. */
export function figuresAsCsv(
  { months, all }: Figures,
  words: {
    readonly month: string;
    readonly categories: Readonly<Record<ReportCategory, string>>;
    readonly unopened: string;
    readonly total: string;
  },
): string {
  const head = [words.month, ...REPORT_CATEGORIES.map((one) => words.categories[one]), words.unopened, words.total];
  const lineOf = (name: string, row: FigureRow) => [
    name,
    ...REPORT_CATEGORIES.map((one) => `${row.byCategory[one]}`),
    `${row.unopened}`,
    `${row.total}`,
  ];
  const lines = [head, ...months.map((row) => lineOf(row.month, row)), lineOf(words.total, all)];
  return `\ufeff${lines.map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
}

function rowOf(reports: readonly Counted[]): FigureRow {
  const count = (category: ReportCategory) => reports.filter((report) => report.category === category).length;
  return {
    byCategory: Object.fromEntries(REPORT_CATEGORIES.map((one) => [one, count(one)])) as FigureRow['byCategory'],
    unopened: reports.filter(({ category }) => category === undefined).length,
    total: reports.length,
  };
}

function monthsBetween(months: readonly string[]): readonly string[] {
  const [first, last] = [months.toSorted()[0], months.toSorted().at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let month = last; month >= first; month = monthBefore(month)) all.push(month);
  return all;
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
