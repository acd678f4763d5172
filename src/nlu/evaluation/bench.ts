import { LEARNING, learn, type Teacher } from '../learn.js';
import { predict } from '../linear/linear-model.js';
import type { JudgedLine, TestLine } from './judged-line.js';

/**
 * The shipped features and training on any labelled lines; only the model is not cut to the size of a file. Nothing here
 * knows our labels.
 */
export function judgeByBench(
  train: readonly TestLine[],
  test: readonly TestLine[],
  teacher: Teacher,
): readonly JudgedLine[] {
  const labels = [...new Set(train.map(({ intent }) => intent))].sort();
  const model = learn(
    train.map(({ text, intent }) => ({ text, label: intent })),
    labels,
    teacher,
    { ...LEARNING, mostFeatures: Number.POSITIVE_INFINITY },
  );
  return test.map(({ text, intent }) => {
    const startedAt = performance.now();
    const probabilities = predict(teacher.analyse(text), model);
    const milliseconds = performance.now() - startedAt;
    const order = [...labels.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
    const ranking = order.map((at) => labels[at] ?? '');
    return {
      expected: intent,
      ranking,
      decision: { kind: 'answer', intent: ranking[0] ?? '' },
      level: 0,
      milliseconds,
    };
  });
}
