/**
 * `npm run bench:scale`: the same server on the embedded database and, where MONGODB_TEST_URI names one, on MongoDB with one,
 * two and three processes behind a balancer; what calls of the storage cost as it grows; what connected pages cost. Ratios of
 * one run are what counts. MESSAGES=1000,10000 measures smaller databases.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openFleet } from '../support/many/fleet.js';
import { inOwnDatabase } from '../support/own-database.js';
import { makeDataDir } from '../support/server-process.js';
import { type LoadResult, quantile, runLoad } from './load.js';
import { CALLS, type Growth, measureGrowth } from './scale-growth.js';
import { measureWidgets } from './scale-widgets.js';

// Of the compiled file: test/results/bench/test/bench/scale.js.
const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');
const SERVER = join(ROOT, 'dist/src/main.js');
const ROUNDS = 3;
const RESIDENTS = 48;
const TURNS_EACH = 15;
const SIZES = (process.env.MESSAGES ?? '1000,10000,100000,1000000').split(',').map(Number);
const WIDGETS = (process.env.WIDGETS ?? '0,1000,2500,5000').split(',').map(Number);
const uri = process.env.MONGODB_TEST_URI;

await showShapes();
await showGrowth('SQLite', await measureGrowth(SIZES));
if (uri !== undefined) {
  await inOwnDatabase('growth', async (own) => showGrowth('MongoDB', await measureGrowth(SIZES, own)));
}
await showWidgets();

async function showShapes(): Promise<void> {
  const shapes: [string, () => Promise<LoadResult>][] = [
    ['SQLite, alone', measureAlone],
    ...(uri === undefined
      ? []
      : [1, 2, 3].map((processes): [string, () => Promise<LoadResult>] => [
          `MongoDB, ${processes} process${processes === 1 ? '' : 'es'}`,
          () => measureFleet(processes),
        ])),
  ];
  if (uri === undefined) console.log('SKIPPED without MONGODB_TEST_URI: everything on MongoDB.');
  const samples = new Map<string, LoadResult[]>();
  // In turn, so that what else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measure] of shapes) samples.set(name, [...(samples.get(name) ?? []), await measure()]);
  }
  const medianOf = (name: string, field: keyof LoadResult): number =>
    quantile(
      (samples.get(name) ?? []).map((sample) => sample[field]),
      0.5,
    );
  const [[first]] = shapes as [[string, unknown]];
  console.log(`Turns, ${RESIDENTS} residents at once, ${TURNS_EACH} each, median of ${ROUNDS} rounds:`);
  console.table(
    shapes.map(([name]) => ({
      shape: name,
      'turns/s': round(medianOf(name, 'turnsPerSecond')),
      'p50, ms': round(medianOf(name, 'p50Ms')),
      'p99, ms': round(medianOf(name, 'p99Ms')),
      'ratio of turns/s': round(medianOf(name, 'turnsPerSecond') / medianOf(first, 'turnsPerSecond')),
    })),
  );
}

async function measureAlone(): Promise<LoadResult> {
  const data = makeDataDir();
  const child = spawn(process.execPath, [SERVER], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: data.path, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (/localhost:\d+/.test(output) && output.endsWith('\n')) break;
  }
  const result = await runLoad(/http:\/\/localhost:\d+/.exec(output)?.[0] ?? '', RESIDENTS, TURNS_EACH);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  data.remove();
  return result;
}

async function measureFleet(processes: number): Promise<LoadResult> {
  const fleet = await openFleet({ processes, env: { LOG_LEVEL: 'silent' } });
  try {
    return await runLoad(fleet.url, RESIDENTS, TURNS_EACH);
  } finally {
    await fleet.close();
  }
}

async function showGrowth(engine: string, growth: readonly Growth[]): Promise<void> {
  const [least] = growth;
  const most = growth.at(-1);
  if (!least || !most) return;
  console.log(`${engine}, p50 of a call in ms, by messages stored:`);
  console.table(
    CALLS.map((call) => ({
      call,
      ...Object.fromEntries(growth.map(({ messages, costs }) => [messages.toLocaleString('en'), round(costs[call])])),
      'last to first': round(most.costs[call] / least.costs[call]),
    })),
  );
}

async function showWidgets(): Promise<void> {
  console.log('Pages of residents connected to one process (SQLite):');
  console.table(
    (await measureWidgets(SERVER, WIDGETS)).map(({ connected, rssMb, perConnectionKib, turnP50Ms }) => ({
      connected,
      'memory, MB': round(rssMb),
      'KiB each': round(perConnectionKib),
      'p50 of a turn meanwhile, ms': round(turnP50Ms),
    })),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
