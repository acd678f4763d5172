import type { Example, Ranking } from './classifier.js';
import { decide } from './decide.js';
import type { Label } from './intent-recognizer.js';
import type { DecisionThresholds } from './lexicon-schemas.js';
import { scores, softmax, vectorise } from './linear/linear-model.js';
import { trainLinear } from './linear/train-linear.js';

/** What the figures must hold, on lines that the model has not seen. */
const GOALS = {
  folds: 5,
  /** Of the answers given without asking, the share that must be right. */
  rightAnswers: 0.9,
  /** Of the questions « this or that ? », the share where one of the two must be right. */
  rightOffers: 0.7,
  /** Of the lines that are no emergency, the share that the model alone may take for one. */
  falseAlarms: 0.005,
} as const;

/** Under this, a guess is not worth a question, even if it would often be right. */
const FEWEST_CHANCES = 0.2;

/** Scores of one unseen line, before they become probabilities. */
export interface UnseenLine {
  readonly label: Label;
  readonly labels: readonly Label[];
  readonly scored: Float64Array;
}

/** Each line scored by a model that was trained without it. Deterministic; takes some ten seconds. */
export function crossValidate(examples: readonly Example[]): readonly UnseenLine[] {
  return Array.from({ length: GOALS.folds }, (_, fold) => {
    const isHeldOut = (index: number) => index % GOALS.folds === fold;
    const model = trainLinear(examples.filter((__, index) => !isHeldOut(index)));
    return examples
      .filter((__, index) => isHeldOut(index))
      .map(({ text, label }) => ({ label, labels: model.labels, scored: scores(vectorise(text, model), model) }));
  }).flat();
}

/** The temperature of least log loss, then the lowest thresholds that reach the goals. */
export function fitDecision(lines: readonly UnseenLine[]): Omit<DecisionThresholds, 'fittedOn'> {
  const temperature = lowest(range(0.3, 2, 0.05), (candidate) => logLoss(lines, candidate));
  const ranked = lines.map((line) => ({ label: line.label, ranking: rank(line, temperature) }));
  const answerAbove = firstOf(range(0.3, 0.95, 0.01), (above) => shareRight(ranked, above, 1) >= GOALS.rightAnswers);
  const disambiguateAbove = firstOf(
    range(FEWEST_CHANCES, answerAbove, 0.01),
    (above) => shareRight(ranked, answerAbove, above) >= GOALS.rightOffers,
  );
  const others = ranked.filter(({ label }) => label !== 'emergency');
  const emergencyAbove = firstOf(range(0.2, 0.99, 0.01), (above) => {
    const alarms = others.filter(({ ranking }) => probabilityOf(ranking, 'emergency') >= above);
    return alarms.length / others.length <= GOALS.falseAlarms;
  });
  return { temperature, answerAbove, disambiguateAbove, emergencyAbove };
}

type RankedLine = { readonly label: Label; readonly ranking: Ranking };

export function rank({ labels, scored }: UnseenLine, temperature: number): Ranking {
  const probabilities = softmax(scored, temperature);
  return labels
    .map((label, at) => ({ label, probability: probabilities[at] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}

/** Answers when `disambiguateAbove` is 1, offers otherwise; 1 when there are none. */
function shareRight(ranked: readonly RankedLine[], answerAbove: number, disambiguateAbove: number): number {
  const isAboutAnswers = disambiguateAbove === 1;
  const right = ranked.flatMap(({ label, ranking }) => {
    const decision = decide(ranking, { answerAbove, disambiguateAbove });
    if (isAboutAnswers) return decision.kind === 'answer' ? [decision.intent === label] : [];
    return decision.kind === 'disambiguate' ? [decision.intents.some((intent) => intent === label)] : [];
  });
  return right.length === 0 ? 1 : right.filter(Boolean).length / right.length;
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
  return Math.round(value * 100) / 100;
}

function lowest(candidates: readonly number[], cost: (candidate: number) => number): number {
  const costs = candidates.map(cost);
  return candidates[costs.indexOf(Math.min(...costs))] ?? 1;
}

function firstOf(candidates: readonly number[], fits: (candidate: number) => boolean): number {
  return candidates.find(fits) ?? candidates.at(-1) ?? 1;
}
