/**
 * `npm run bench`: the server beside a bare echo bot, in turn, in one run. What is compared are the ratios: the
 * absolute figures are this machine's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setupTokenIn } from '../support/desk-client.js';
import { makeDataDir } from '../support/server-process.js';
import { type LiveChatResult, runLiveChat } from './live-chat.js';
import { type LoadResult, quantile, runLoad } from './load.js';
import { runReceiptLookups } from './receipt-lookup.js';
import { runTelegram } from './telegram.js';

// Of the compiled file: test/results/bench/test/bench/run.js.
const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');
const SERVERS = {
  permanence: join(ROOT, 'dist/src/main.js'),
  echo: join(import.meta.dirname, 'echo-server.js'),
} as const;
type Name = keyof typeof SERVERS;

const ROUNDS = 5;
const RESIDENTS = 16;
/** Under the burst that the channel lets through at once, so that no pacing is measured. */
const TURNS_EACH = 25;

interface Sample extends LoadResult {
  readonly startMs: number;
  readonly idleRssMb: number;
  readonly loadedRssMb: number;
}

const samples: Record<Name, Sample[]> = { permanence: [], echo: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const name of ['echo', 'permanence'] as const) samples[name].push(await measure(name));
}

const median = (name: Name, field: keyof Sample): number =>
  quantile(
    samples[name].map((sample) => sample[field]),
    0.5,
  );
const rows = (['turnsPerSecond', 'p50Ms', 'p99Ms', 'startMs', 'idleRssMb', 'loadedRssMb'] as const).map((field) => ({
  figure: field,
  permanence: round(median('permanence', field)),
  echo: round(median('echo', field)),
  ratio: round(median('permanence', field) / median('echo', field)),
}));
const widget = gzipBytes('dist/web/widget.js');
const webchat = gzipBytes('node_modules/botframework-webchat/dist/webchat-minimal.js');

console.log(`Median of ${ROUNDS} rounds, ${RESIDENTS} residents at once, ${TURNS_EACH} turns each:`);
console.table(rows);
console.table([{ figure: 'script, gzip bytes', widget, 'webchat-minimal': webchat, ratio: round(widget / webchat) }]);

const fewer = await measureLiveChat({ conversations: 10, delegates: 2, spreadMs: 4_000 });
const many = await measureLiveChat({ conversations: 200, delegates: 10, spreadMs: 20_000 });
console.log('Live conversations on one process, from one screen to the other:');
console.table(
  (['toDelegate', 'toResident'] as const).flatMap((way) =>
    (['p50Ms', 'p99Ms'] as const).map((figure) => ({
      figure: `${way}, ${figure}`,
      '10 with 2 delegates': round(fewer[way][figure]),
      '200 with 10 delegates': round(many[way][figure]),
      ratio: round(many[way][figure] / fewer[way][figure]),
    })),
  ),
);
console.log(`Messages: ${fewer.messages} and ${many.messages}; lost: ${fewer.lost} and ${many.lost}.`);

const [alone, crowd] = [await runTelegram(startForTelegram, 10), await runTelegram(startForTelegram, 500)];
const direct = median('permanence', 'turnsPerSecond');
console.log('Telegram, all chats writing at once; 30 messages a second is what it permits:');
console.table(
  (['p50Ms', 'p99Ms'] as const).map((figure) => ({
    figure: `to the answer, ${figure}`,
    '10 chats': round(alone[figure]),
    '500 chats': round(crowd[figure]),
    ratio: round(crowd[figure] / alone[figure]),
  })),
);
console.log(
  `500 chats: sent at ${round(crowd.sentPerSecond / 30)} of what is permitted, taken in at ${round(crowd.storedPerSecond / direct)} of Direct Line’s turns; lost, doubled or too fast: ${crowd.faults}.`,
);

const lookups = [
  ['the work', await runReceiptLookups(false)],
  ['as answered', await runReceiptLookups(true)],
] as const;
console.log('A report by its receipt, and a receipt that is nobody’s:');
console.table(
  lookups.flatMap(([what, { right, wrong }]) =>
    (['p50Ms', 'p99Ms'] as const).map((figure) => ({
      figure: `${what}, ${figure}`,
      right: round(right[figure]),
      wrong: round(wrong[figure]),
      ratio: round(right[figure] / wrong[figure]),
    })),
  ),
);

async function measureLiveChat(size: Parameters<typeof runLiveChat>[2]): Promise<LiveChatResult> {
  const data = makeDataDir();
  const child = spawn(process.execPath, [SERVERS.permanence], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: data.path, LOG_LEVEL: 'silent', TRUST_PROXY: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await announcement(child);
  const result = await runLiveChat(urlIn(output), setupTokenIn(output), size);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  data.remove();
  return result;
}

async function startForTelegram(env: Readonly<Record<string, string>>): Promise<{ stop(): Promise<void> }> {
  const data = makeDataDir();
  const child = spawn(process.execPath, [SERVERS.permanence], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: data.path, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await announcement(child);
  return {
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
      data.remove();
    },
  };
}

async function measure(name: Name): Promise<Sample> {
  const data = makeDataDir();
  const started = performance.now();
  const child = spawn(process.execPath, [SERVERS[name]], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: data.path, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = urlIn(await announcement(child));
  const startMs = performance.now() - started;
  const idleRssMb = rssMb(child);
  const load = await runLoad(url, RESIDENTS, TURNS_EACH);
  const loadedRssMb = rssMb(child);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  data.remove();
  return { ...load, startMs, idleRssMb, loadedRssMb };
}

/** What the server prints once it listens. */
async function announcement(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    if (urlIn(output) && output.endsWith('\n')) return output;
  }
  throw new Error(`The server ended before it listened: ${output}`);
}

function urlIn(output: string): string {
  return output.match(/http:\/\/localhost:\d+/)?.[0] ?? '';
}

/** Linux only: elsewhere NaN. */
function rssMb(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function gzipBytes(file: string): number {
  return gzipSync(readFileSync(join(ROOT, file)), { level: 9 }).length;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
