/**
 * The project's whole test command: types, lint, import rules, build, then every jest suite.
 *
 *   npm test                 what this machine has the components for, in some minutes; says what it skipped and why
 *   npm run test:all         all that CI tries, the delegates' pages in Chromium among it: more than ten minutes
 *   npm run test:chaos       the long kill run only (200 rounds)
 *   npm run test:soak        three processes under traffic for five minutes, killed and cut off (MANY_SECONDS for longer)
 *   npm run test:interleavings   ten thousand plays of a handoff on MongoDB and Redis (MANY_PLAYS for fewer): ten minutes and more
 *
 * Its last line is `N passed, N failed, N skipped`, counted from jest's own report.
 * With CI=true a missing component is a failure, not a skip.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface JestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'test', 'results');
/** Minutes of their own; each kind has others that are always run. */
const LONG_SUITES = [
  // Whole journeys in Chromium; servers that are killed, restarted and cut off; the delegates' pages, and most of the residents'.
  '/test/e2e/',
  '/test/browser/(inbox-|connection|layout|live-chat|poster|privacy|right-to-left|web-chat|widget-report)',
  // Attacks that take a day of the server's clock, or a browser.
  '/test/security/(hostile|outgoing|report-canary|report-codes|report-tampering|sessions|telegram-)',
  // Faults of Telegram, of databases and servers while it hands in, one by one; the whole server against fake Bot APIs.
  '/test/integration/telegram/(faults-|smoke|test-api)',
  // The operator's commands, run and killed as programs; a Redis, a database and another process that go and come back.
  '/test/integration/(operator/|realtime/redis-|telegram/processes)',
  '/test/unit/storage/mongoose-(failover|renewed)',
  // Of the kills, those of turns are enough for an ordinary run.
  '/test/chaos/(desk|many|report|telegram)-',
  // Processes that are made to run out of time, memory and descriptors; passwords that are derived at full strength.
  '/test/unit/(attachments/apart|web-inbox/crypto-vectors)',
];
/** Kills in a row: of the long run, of CI, and of an ordinary `npm test`. */
const CHAOS_ROUNDS = { long: '200', all: '25', short: '2' };

/** Of `test:soak`: how long people talk, and how long Redis and the database are away. */
const SOAK = { MANY_SECONDS: '300', MANY_CUT_SECONDS: '30' };
/** Of `test:interleavings`. */
const PLAYS = { MANY_PLAYS: '10000' };

const COMPONENTS = [
  {
    name: 'Chromium',
    isThere: () => findChromium() !== undefined,
    skips: 'the browser tests',
    remedy: 'apt-get install chromium, or CHROMIUM_PATH=/path/to/chromium',
  },
  {
    name: 'a MongoDB-compatible database',
    isThere: () => Boolean(process.env.MONGODB_TEST_URI),
    skips: 'the MongoDB half of the storage contract, and all that takes several processes',
    remedy: 'MONGODB_TEST_URI=mongodb://127.0.0.1:27017/?directConnection=true npm test',
  },
  {
    // Tests stop it, kill it and start it again: a Redis that others use too cannot stand in for it everywhere.
    name: 'redis-server on the PATH',
    isThere: () => findOnPath('redis-server') !== undefined,
    skips: process.env.REDIS_TEST_URL
      ? 'several processes whose Redis is lost or restarted'
      : 'the line between processes, shared counters, and all that takes several processes',
    remedy: process.env.REDIS_TEST_URL
      ? 'apt-get install redis-server'
      : 'apt-get install redis-server, or, for some of them, REDIS_TEST_URL=redis://127.0.0.1:6379 npm test',
  },
];

const isLongChaos = process.argv.includes('--chaos');
const isSoak = process.argv.includes('--soak');
const isInterleaving = process.argv.includes('--interleavings');
const isAlone = isLongChaos || isSoak || isInterleaving;
const isThorough = Boolean(process.env.CI) || process.argv.includes('--all') || isAlone;
mkdirSync(RESULTS, { recursive: true });
const missing = COMPONENTS.filter((component) => !component.isThere());
for (const { name, skips, remedy } of missing) console.log(`SKIPPED without ${name}: ${skips}. To run them: ${remedy}`);
if (!isThorough)
  console.log(
    `SKIPPED as they are long: the delegates’ pages in Chromium, and many of the residents’; servers that are killed or cut
off, in a browser; attacks through pages, canaries of a whole day; training on the whole corpus again; faults, kills and
crowds on Telegram; kills at the desk and in reports; several processes under traffic, and their Redis lost; the operator’s
backup, restore and move; a MongoDB that fails over.
LESS OFTEN than in CI: random cases (a fifth to a quarter), kills (${CHAOS_ROUNDS.short} of ${CHAOS_ROUNDS.all}), messages that must leave no trace (a fifth),
sizes and colours of pages (one of up to six), transcripts on each channel (a sixth). To run all of it: npm run test:all`,
  );
if (missing.length > 0 && process.env.CI) fail(`CI lacks ${missing.map(({ name }) => name).join(' and ')}`);

if (!isAlone) {
  step('types', 'node_modules/typescript/bin/tsc', '--noEmit');
  step('types of the web pages', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/web');
  step('types of the delegates’ page', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/web/inbox');
  step('lint and format', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.');
  step(
    'import rules',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    'src',
    'dialogs',
  );
}
step('build', 'src/cli/build.ts', '--if-needed');
runJest();

function step(name: string, script: string, ...args: string[]): void {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) fail(`${name}: failed`);
  console.log(`${name}: ok (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

function runJest(): void {
  const report = join(RESULTS, 'jest.json');
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      '--config',
      'test/jest.config.js',
      '--json',
      `--outputFile=${report}`,
      ...(isThorough ? [] : ['--testPathIgnorePatterns', ...LONG_SUITES]),
      ...(isLongChaos ? ['test/chaos'] : []),
      ...(isSoak ? ['test/chaos/many-'] : []),
      ...(isInterleaving ? ['test/property/many-'] : []),
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        CHAOS_ROUNDS: chaosRounds(),
        ...(isSoak && SOAK),
        ...(isInterleaving && PLAYS),
        ...(isThorough && { TEST_DEPTH: 'all' }),
        ...process.env,
      },
    },
  );
  if (!existsSync(report)) fail('jest wrote no report');
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (status !== 0 && failed === 0) console.log('jest ended with a fault of its own, shown above');
  finish(result.numPassedTests, Math.max(failed, status === 0 ? 0 : 1), result.numPendingTests + result.numTodoTests);
}

function chaosRounds(): string {
  if (isLongChaos) return CHAOS_ROUNDS.long;
  return isThorough ? CHAOS_ROUNDS.all : CHAOS_ROUNDS.short;
}

function fail(reason: string): never {
  console.log(reason);
  finish(0, 1, 0);
}

function finish(passed: number, failed: number, skipped: number): never {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  return named && existsSync(named) ? named : findOnPath('chromium');
}

function findOnPath(program: string): string | undefined {
  const places = (process.env.PATH ?? '').split(':').map((folder) => join(folder, program));
  return places.find((path) => existsSync(path));
}
