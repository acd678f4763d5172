/**
 * Looks at how well messages are understood. Each command prints one JSON object; docs/NLU.md explains the figures.
 *
 *   npm run -s nlu -- eval FILE.jsonl --json [--baseline] [--noise heavy]
 *   npm run -s nlu -- classify "texte" --json
 *   npm run -s nlu -- cv --json [--by author]
 *   npm run -s nlu -- bench --train A.jsonl --test B.jsonl --json [--noise heavy]
 *   npm run -s nlu -- lint --json
 *
 * Exit codes: 0 done; 1 the corpus is at fault, or a file cannot be read; 2 wrong use.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ContentError } from '../content/read-json.js';
import { createNlu } from '../nlu/create-nlu.js';
import { judgeByBaseline } from '../nlu/evaluation/baseline.js';
import { judgeByBench } from '../nlu/evaluation/bench.js';
import { explain } from '../nlu/evaluation/explain.js';
import { judgeByFolds } from '../nlu/evaluation/judge-by-folds.js';
import { judgeLines, type TestLine } from '../nlu/evaluation/judged-line.js';
import { lintCorpus } from '../nlu/evaluation/lint.js';
import { reportOn } from '../nlu/evaluation/report.js';
import { loadCorpus } from '../nlu/load-corpus.js';
import { loadLexicons } from '../nlu/load-lexicons.js';
import { createNormaliser } from '../nlu/normalise.js';
import { loadTeacher } from '../nlu/train.js';

const ROOT = new URL('../../../', import.meta.url);
const SOURCES = { corpusDir: new URL('corpus/fr/', ROOT), modelFile: new URL('dist/model/fr.json', ROOT) };
const NOISE_SEED = 7;
const EX_USAGE = 2;

const lineSchema = z.object({ text: z.string(), intent: z.string() });

class UsageError extends Error {}

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    baseline: { type: 'boolean' },
    noise: { type: 'string' },
    by: { type: 'string' },
    train: { type: 'string' },
    test: { type: 'string' },
  },
});
const [command = '', argument] = positionals;

const COMMANDS: Readonly<Record<string, () => object | Promise<object>>> = {
  async eval() {
    const lines = spoil(readLines(argument));
    const report = reportOn(await judgeLines(await createNlu(SOURCES), lines));
    if (!options.baseline) return report;
    return { ...report, baseline: reportOn(await judgeByBaseline(readCorpus(), lines)) };
  },
  async classify() {
    if (argument === undefined) throw new UsageError('classify attend un texte');
    return explain(argument, await createNlu(SOURCES), createNormaliser(loadLexicons(SOURCES.corpusDir).normaliser));
  },
  async cv() {
    const by = options.by === 'author' ? 'author' : 'phrasing';
    return { by, ...reportOn(await judgeByFolds(readCorpus(), by, SOURCES.corpusDir, spoil)) };
  },
  bench() {
    const test = spoil(readLines(options.test));
    return reportOn(judgeByBench(readLines(options.train), test, loadTeacher(SOURCES.corpusDir)));
  },
  lint() {
    return lintCorpus(readCorpus(), createNormaliser(loadLexicons(SOURCES.corpusDir).normaliser));
  },
};

try {
  const run = COMMANDS[command];
  if (!run) throw new UsageError(`commande inconnue « ${command} » : ${Object.keys(COMMANDS).join(', ')}`);
  console.log(JSON.stringify(await run(), null, options.json ? undefined : 2));
} catch (error) {
  if (error instanceof ContentError) {
    console.error(`À corriger :\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`);
    process.exitCode = 1;
  } else if (error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = EX_USAGE;
  } else throw error;
}

function readCorpus() {
  return loadCorpus(SOURCES.corpusDir, createNormaliser(loadLexicons(SOURCES.corpusDir).normaliser));
}

/** The file's lines stay out of messages: only their numbers are told. */
function readLines(file: string | undefined): readonly TestLine[] {
  if (file === undefined) throw new UsageError(`${command} attend un fichier .jsonl`);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ContentError([`${file} : illisible (${(error as NodeJS.ErrnoException).code})`]);
  }
  const rows = content.split('\n').map((row, at) => ({ row, at }));
  return rows.filter(({ row }) => row.trim() !== '').map(({ row, at }) => readLine(row, `${file}, ligne ${at + 1}`));
}

function readLine(row: string, place: string): TestLine {
  try {
    return lineSchema.parse(JSON.parse(row));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    throw new ContentError([`${place} : attendu {"text": …, "intent": …}`]);
  }
}

function spoil(lines: readonly TestLine[]): readonly TestLine[] {
  if (options.noise === undefined) return lines;
  if (options.noise !== 'heavy') throw new UsageError('--noise attend « heavy »');
  const { degrade } = loadTeacher(SOURCES.corpusDir);
  return lines.map(({ text, intent }) => ({ text: degrade(text, NOISE_SEED), intent }));
}
