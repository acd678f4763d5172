import type { Ranking } from './classifier.js';
import { rank, type UnseenLine } from './cross-validate.js';
import { decide } from './decide.js';
import { decideLevel } from './emergency-detector.js';
import type { EmergencyRules, RuleVerdict } from './emergency-rules.js';
import type { Label } from './intent-recognizer.js';
import type { DecisionThresholds, EmergencyThresholds } from './lexicon-schemas.js';

/**
 * What the figures must hold, on the lines of an author whom the model has not read. The shipped model learns from all
 * authors and does better, so these lie below what is wanted of it.
 */
const GOALS = {
  /** Of the answers given without asking, the share that must be right. */
  rightAnswers: 0.93,
  /** Of the lines that mean nothing for us, the share that may be answered all the same. */
  answeredNone: 0.11,
  /** Of the questions « this or that ? », the share where one of the two must be right. */
  rightOffers: 0.7,
  /** Of the lines that are no emergency, the share that may be taken for a danger under way. */
  falseAlarms: 0.0035,
  /** … and that may have the numbers shown under the answer. */
  shownForNothing: 0.04,
} as const;

/** The rules were written from lines of the same corpus and look better on it than they are: the model always has a say. */
const LEAST_ABSURD = 0.01;

/** Under this, a guess is not worth a question, even if it would often be right. */
const FEWEST_CHANCES = 0.2;

/** The temperature of least log loss, then the lowest thresholds that reach the goals. */
export function fitDecision(lines: readonly UnseenLine[], judge: EmergencyRules): Omit<DecisionThresholds, 'fittedOn'> {
  const temperature = lowest(range(0.1, 2, 0.02), (candidate) => logLoss(lines, candidate));
  const ranked = lines.map((line) => ({
    label: line.label,
    ranking: rank(line, temperature),
    found: judge(line.text).found,
  }));
  const answerAbove = firstOf(range(0.3, 0.95, 0.01), (above) => isSafe(ranked, above));
  const disambiguateAbove = firstOf(
    range(FEWEST_CHANCES, answerAbove, 0.01),
    (above) => shareRightOffers(ranked, answerAbove, above) >= GOALS.rightOffers,
  );
  return { temperature, answerAbove, disambiguateAbove, emergency: fitEmergency(ranked) };
}

interface RankedLine {
  readonly label: Label;
  readonly ranking: Ranking;
  readonly found: RuleVerdict['found'];
}

function isSafe(ranked: readonly RankedLine[], answerAbove: number): boolean {
  const answers = ranked.flatMap(({ label, ranking }) => {
    const decision = decide(ranking, { answerAbove, disambiguateAbove: 1 });
    return decision.kind === 'answer' ? [{ label, isRight: decision.intent === label }] : [];
  });
  const nones = ranked.filter(({ label }) => label === 'None').length;
  const answeredNones = answers.filter(({ label }) => label === 'None').length;
  const right = answers.filter(({ isRight }) => isRight).length;
  return right >= GOALS.rightAnswers * answers.length && answeredNones <= GOALS.answeredNone * nones;
}

function shareRightOffers(ranked: readonly RankedLine[], answerAbove: number, disambiguateAbove: number): number {
  const right = ranked.flatMap(({ label, ranking }) => {
    const decision = decide(ranking, { answerAbove, disambiguateAbove });
    return decision.kind === 'disambiguate' ? [decision.intents.some((intent) => intent === label)] : [];
  });
  return right.length === 0 ? 1 : right.filter(Boolean).length / right.length;
}

/** Each threshold as low as the false alarms allow: a missed danger is the worse error. */
function fitEmergency(ranked: readonly RankedLine[]): EmergencyThresholds {
  const others = ranked.filter(({ label }) => label !== 'emergency');
  const shareAt = (level: 1 | 2, thresholds: EmergencyThresholds) =>
    others.filter(({ found, ranking }) => decideLevel(found, dangerOf(ranking), thresholds) >= level).length /
    others.length;
  const absurdUnder = firstOf(range(LEAST_ABSURD, 0.3, 0.005), (candidate) => {
    const thresholds = { absurdUnder: candidate, sureAbove: 1, riskAbove: 1 };
    return shareAt(2, thresholds) <= GOALS.falseAlarms / 2;
  });
  const sureAbove = firstOf(range(0.2, 0.99, 0.01), (candidate) => {
    return shareAt(2, { absurdUnder, sureAbove: candidate, riskAbove: 1 }) <= GOALS.falseAlarms;
  });
  const riskAbove = firstOf(range(0.02, sureAbove, 0.005), (candidate) => {
    return shareAt(1, { absurdUnder, sureAbove, riskAbove: candidate }) <= GOALS.shownForNothing;
  });
  return { sureAbove, riskAbove, absurdUnder };
}

function dangerOf(ranking: Ranking): number {
  return probabilityOf(ranking, 'emergency');
}

function logLoss(lines: readonly UnseenLine[], temperature: number): number {
  const losses = lines.map((line) => -Math.log(Math.max(probabilityOf(rank(line, temperature), line.label), 1e-9)));
  return losses.reduce((sum, loss) => sum + loss, 0) / lines.length;
}

function probabilityOf(ranking: Ranking, wanted: Label): number {
  return ranking.find(({ label }) => label === wanted)?.probability ?? 0;
}

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, index) => round(from + index * step));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function lowest(candidates: readonly number[], cost: (candidate: number) => number): number {
  const costs = candidates.map(cost);
  return candidates[costs.indexOf(Math.min(...costs))] ?? 1;
}

function firstOf(candidates: readonly number[], fits: (candidate: number) => boolean): number {
  return candidates.find(fits) ?? candidates.at(-1) ?? 1;
}
