import type { JudgedLine } from './judged-line.js';

export interface LabelScores {
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Shares in [0, 1]; 0 where there was nothing to share, but for precision and recall, which are then 1. */
export interface Report {
  readonly n: number;
  readonly accuracy: number;
  /** Mean over the labels that the lines carry. */
  readonly macroF1: number;
  readonly top2: number;
  readonly perIntent: Readonly<Record<string, LabelScores>>;
  /** The most frequent first. */
  readonly confusions: readonly { readonly expected: string; readonly predicted: string; readonly count: number }[];
  /** Of all lines, those answered without a question; of those, the ones answered right. */
  readonly answered: { readonly coverage: number; readonly precision: number };
  readonly disambiguated: { readonly rate: number; readonly top2: number };
  readonly none: { readonly answeredWrongly: number };
  /** Recall over the lines labelled `emergency`, false alarms over the others. */
  readonly emergency: { readonly shown: AlarmScores; readonly level2: AlarmScores };
  readonly latencyMs: { readonly p50: number; readonly p99: number };
}

interface AlarmScores {
  readonly recall: number;
  readonly falseAlarmRate: number;
}

export function reportOn(lines: readonly JudgedLine[]): Report {
  const perIntent = scoreLabels(lines);
  const f1s = Object.values(perIntent).map(({ f1 }) => f1);
  const times = lines.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    n: lines.length,
    accuracy: share(lines, isRight),
    macroF1: round(f1s.reduce((sum, f1) => sum + f1, 0) / Math.max(f1s.length, 1)),
    top2: share(lines, ({ expected, ranking }) => ranking.slice(0, 2).includes(expected)),
    perIntent,
    confusions: countConfusions(lines),
    ...scoreDecisions(lines),
    emergency: { shown: scoreAlarms(lines, 1), level2: scoreAlarms(lines, 2) },
    latencyMs: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}

function isRight({ expected, ranking }: JudgedLine): boolean {
  return ranking[0] === expected;
}

function scoreLabels(lines: readonly JudgedLine[]): Report['perIntent'] {
  const labels = [...new Set(lines.map(({ expected }) => expected))].sort();
  return Object.fromEntries(
    labels.map((label) => {
      const ofLabel = lines.filter(({ expected }) => expected === label);
      const asLabel = lines.filter(({ ranking }) => ranking[0] === label);
      const recall = share(ofLabel, isRight, 1);
      const precision = share(asLabel, isRight, 1);
      const f1 = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
      return [label, { n: ofLabel.length, precision, recall, f1: round(f1) }];
    }),
  );
}

function countConfusions(lines: readonly JudgedLine[]): Report['confusions'] {
  const counts = new Map<string, { expected: string; predicted: string; count: number }>();
  for (const line of lines) {
    if (isRight(line)) continue;
    const predicted = line.ranking[0] ?? 'None';
    const key = `${line.expected} ${predicted}`;
    const known = counts.get(key) ?? { expected: line.expected, predicted, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.expected < b.expected ? -1 : 1));
}

function scoreDecisions(lines: readonly JudgedLine[]): Pick<Report, 'answered' | 'disambiguated' | 'none'> {
  const isAnswered = ({ decision }: JudgedLine) => decision.kind === 'answer';
  const offered = lines.filter(({ decision }) => decision.kind === 'disambiguate');
  return {
    answered: {
      coverage: share(lines, isAnswered),
      precision: share(
        lines.filter(isAnswered),
        ({ decision, expected }) => decision.kind === 'answer' && decision.intent === expected,
        1,
      ),
    },
    disambiguated: {
      rate: share(lines, ({ decision }) => decision.kind === 'disambiguate'),
      top2: share(
        offered,
        ({ decision, expected }) =>
          decision.kind === 'disambiguate' && decision.intents.some((intent) => intent === expected),
        1,
      ),
    },
    none: {
      answeredWrongly: share(
        lines.filter(({ expected }) => expected === 'None'),
        isAnswered,
      ),
    },
  };
}

function scoreAlarms(lines: readonly JudgedLine[], from: 1 | 2): AlarmScores {
  const isShown = ({ level }: JudgedLine) => level >= from;
  const isDanger = ({ expected }: JudgedLine) => expected === 'emergency';
  return {
    recall: share(lines.filter(isDanger), isShown, 1),
    falseAlarmRate: share(
      lines.filter((line) => !isDanger(line)),
      isShown,
    ),
  };
}

function share<Item>(items: readonly Item[], fits: (item: Item) => boolean, ofNothing = 0): number {
  return items.length === 0 ? ofNothing : round(items.filter(fits).length / items.length);
}

function quantile(sorted: readonly number[], at: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
