import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createNlu, type Nlu } from '../../src/nlu/create-nlu.js';
import { judgeLines, type TestLine } from '../../src/nlu/evaluation/judged-line.js';
import { type Report, reportOn } from '../../src/nlu/evaluation/report.js';
import { createHeavyNoise, loadNoise } from '../../src/nlu/noise.js';
import { CORPUS_DIR, MODEL_FILE } from '../unit/nlu/support.js';

/**
 * The lines of these sets were written apart, and neither the corpus nor the rules were made from them. Floors lie a little
 * under what docs/NLU.md tells was measured. Failures show counts only, so that nobody tunes on a line.
 */
const readLines = (name: string): readonly TestLine[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const SEED = 7;
const DEV = readLines('dev.jsonl');

let nlu: Nlu;
let dev: Report;
beforeAll(async () => {
  nlu = await createNlu({ corpusDir: CORPUS_DIR, modelFile: MODEL_FILE });
  dev = await report(DEV);
});

async function report(lines: readonly TestLine[]): Promise<Report> {
  return reportOn(await judgeLines(nlu, lines));
}

describe('messages that nobody learnt from', () => {
  test('fifteen at least for each label', () => {
    const { perIntent } = dev;
    expect(Object.keys(perIntent)).toHaveLength(23);
    for (const { n } of Object.values(perIntent)) expect(n).toBeGreaterThanOrEqual(15);
  });

  test('are understood', () => {
    const { accuracy, macroF1, answered, none } = dev;
    expect(accuracy).toBeGreaterThanOrEqual(0.945);
    expect(macroF1).toBeGreaterThanOrEqual(0.945);
    expect(answered.coverage).toBeGreaterThanOrEqual(0.8);
    expect(answered.precision).toBeGreaterThanOrEqual(0.97);
    expect(none.answeredWrongly).toBeLessThanOrEqual(0.08);
  });

  test('are understood when they are written in haste', async () => {
    const degrade = createHeavyNoise(loadNoise(CORPUS_DIR));
    const { accuracy } = await report(DEV.map(({ text, intent }) => ({ text: degrade(text, SEED), intent })));
    expect(accuracy).toBeGreaterThanOrEqual(0.915);
  });
});

describe('emergencies', () => {
  test('are seen', async () => {
    const { emergency } = await report(readLines('emergency.jsonl'));
    expect(emergency.shown.recall).toBeGreaterThanOrEqual(0.97);
    expect(emergency.level2.recall).toBeGreaterThanOrEqual(0.87);
  });

  test('are seldom seen where there are none', async () => {
    expect((await report(readLines('hard-negatives.jsonl'))).emergency.level2.falseAlarmRate).toBeLessThanOrEqual(0.08);
    expect(dev.emergency.level2.falseAlarmRate).toBeLessThanOrEqual(0.005);
  });
});
