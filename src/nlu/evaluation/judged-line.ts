import type { Nlu } from '../create-nlu.js';
import type { EmergencyAssessment } from '../intent-recognizer.js';

/** A line of a test file. The labels may be others than ours. */
export interface TestLine {
  readonly text: string;
  readonly intent: string;
}

/** A decision on labels of any kind. */
export type JudgedDecision =
  | { readonly kind: 'answer'; readonly intent: string }
  | { readonly kind: 'disambiguate'; readonly intents: readonly string[] }
  | { readonly kind: 'unsure' };

/** What the whole recogniser made of a line; it keeps nothing of the text. */
export interface JudgedLine {
  readonly expected: string;
  /** Likeliest first. */
  readonly ranking: readonly string[];
  readonly decision: JudgedDecision;
  readonly level: 0 | EmergencyAssessment['level'];
  readonly milliseconds: number;
}

/** Calls that are made before the clock counts, so that the compiler's work is not measured. */
const WARM_UP = 200;

const NOW = new Date('2026-11-23T09:00:00Z');

/** In the order of a turn: the emergency guard comes first, so a danger under way is answered as one whatever else is said. */
export async function judgeLines(nlu: Nlu, lines: readonly TestLine[]): Promise<readonly JudgedLine[]> {
  for (const { text } of lines.slice(0, WARM_UP)) await nlu.recognizer.recognise(text, NOW);
  const judged: JudgedLine[] = [];
  for (const line of lines) judged.push(await judgeLine(nlu, line));
  return judged;
}

async function judgeLine({ recognizer, emergency }: Nlu, { text, intent }: TestLine): Promise<JudgedLine> {
  const startedAt = performance.now();
  const recognition = await recognizer.recognise(text, NOW);
  const milliseconds = performance.now() - startedAt;
  const level = (await emergency.assess(text))?.level ?? 0;
  const labels = recognition.ranking.map(({ label }) => label);
  const isGuarded = level === 2;
  return {
    expected: intent,
    ranking: isGuarded ? ['emergency', ...labels.filter((label) => label !== 'emergency')] : labels,
    decision: isGuarded ? { kind: 'answer', intent: 'emergency' } : recognition.decision,
    level,
    milliseconds,
  };
}
