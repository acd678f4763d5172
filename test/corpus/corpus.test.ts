import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createNlu } from '../../src/nlu/create-nlu.js';
import type { EmergencyDetector, IntentRecognizer } from '../../src/nlu/intent-recognizer.js';
import { LABELS } from '../../src/nlu/labels.js';

/**
 * Measured on 23 November 2026: 144 of 147 right, 2 wrong answers, 40 of 40 dangers, no false alarm. These sets helped to
 * build the rules: they guard against getting worse, and say little about messages that nobody here has seen.
 */
const FLOOR = { accuracy: 0.95, wrongAnswers: 0.03, dangers: 0.97, falseAlarms: 0.025 };

const ROOT = new URL('../../', import.meta.url);
const NOW = new Date('2026-11-23T09:00:00Z');

type Line = { readonly text: string; readonly intent?: string };

const readLines = (name: string): readonly Line[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

let recognizer: IntentRecognizer;
let emergency: EmergencyDetector;
beforeAll(async () => {
  const sources = { corpusDir: new URL('corpus/fr/', ROOT), modelFile: new URL('dist/model/fr.json', ROOT) };
  ({ recognizer, emergency } = await createNlu(sources));
});

async function failing(
  lines: readonly Line[],
  isFailing: (line: Line) => Promise<boolean>,
): Promise<readonly string[]> {
  const flags = await Promise.all(lines.map(isFailing));
  return lines.filter((_, index) => flags[index]).map(({ text }) => text);
}

describe('messages that the corpus does not hold', () => {
  const lines = readLines('dev.jsonl');

  test('five at least for each label', () => {
    for (const label of LABELS) expect(lines.filter(({ intent }) => intent === label).length).toBeGreaterThanOrEqual(5);
  });

  test('are ranked right', async () => {
    const wrong = await failing(lines, async ({ text, intent }) => {
      const { ranking } = await recognizer.recognise(text, NOW);
      return ranking[0]?.label !== intent;
    });
    if (wrong.length / lines.length > 1 - FLOOR.accuracy) expect(wrong).toEqual([]);
    expect(wrong.length / lines.length).toBeLessThanOrEqual(1 - FLOOR.accuracy);
  });

  test('are seldom answered beside the point', async () => {
    const wrong = await failing(lines, async ({ text, intent }) => {
      const { decision } = await recognizer.recognise(text, NOW);
      return decision.kind === 'answer' && decision.intent !== intent;
    });
    expect(wrong.length / lines.length).toBeLessThanOrEqual(FLOOR.wrongAnswers);
  });
});

describe('emergencies', () => {
  test('are seen', async () => {
    const positives = readLines('emergency-positives.jsonl');
    const missed = await failing(positives, async ({ text }) => (await emergency.assess(text)) === undefined);
    expect(positives.length).toBeGreaterThanOrEqual(40);
    expect(1 - missed.length / positives.length).toBeGreaterThanOrEqual(FLOOR.dangers);
  });

  test('are not seen where there are none', async () => {
    const negatives = readLines('emergency-negatives.jsonl');
    const alarms = await failing(negatives, async ({ text }) => (await emergency.assess(text)) !== undefined);
    expect(negatives.length).toBeGreaterThanOrEqual(40);
    expect(alarms.length / negatives.length).toBeLessThanOrEqual(FLOOR.falseAlarms);
  });

  test.each(['bonsoir', 'je veux signaler du bruit', "c'est ouvert demain ?"])('never in « %s »', async (text) => {
    expect(await emergency.assess(text)).toBeUndefined();
  });
});
