import { containerBootstrap } from '@nlpjs/core';
import { Nlp } from '@nlpjs/nlp';
import type { Example } from '../classifier.js';
import type { JudgedLine, TestLine } from './judged-line.js';

/** From this score on, stock nlp.js answers; it has no « did you mean ». */
const ANSWERS_FROM = 0.5;

/** @nlpjs/nlp as it comes, with its French package, trained on the same examples: what all this is to be better than. */
export async function judgeByBaseline(
  examples: readonly Example[],
  lines: readonly TestLine[],
): Promise<readonly JudgedLine[]> {
  const nlp = await trainBaseline(examples);
  const judged: JudgedLine[] = [];
  for (const line of lines) judged.push(await judge(nlp, line));
  return judged;
}

/** @throws Error when @nlpjs/lang-fr, which only this comparison needs, is not installed */
async function trainBaseline(examples: readonly Example[]): Promise<Nlp> {
  const { LangFr } = await import('@nlpjs/lang-fr');
  const container = containerBootstrap();
  container.use(LangFr);
  const nlp = new Nlp({
    container,
    languages: ['fr'],
    autoLoad: false,
    autoSave: false,
    forceNER: false,
    calculateSentiment: false,
    threshold: ANSWERS_FROM,
    nlu: { log: false },
  });
  for (const { text, label } of examples) nlp.addDocument('fr', text, label);
  await nlp.train();
  return nlp;
}

async function judge(nlp: Nlp, { text, intent }: TestLine): Promise<JudgedLine> {
  const startedAt = performance.now();
  const { classifications } = await nlp.process('fr', text || ' ');
  const milliseconds = performance.now() - startedAt;
  const ranking = [...classifications].sort((a, b) => b.score - a.score);
  const first = ranking[0];
  const isAnswer = first !== undefined && first.intent !== 'None' && first.score >= ANSWERS_FROM;
  return {
    expected: intent,
    ranking: ranking.map((one) => one.intent),
    decision: isAnswer ? { kind: 'answer', intent: first.intent } : { kind: 'unsure' },
    level: isAnswer && first.intent === 'emergency' ? 2 : 0,
    milliseconds,
  };
}
