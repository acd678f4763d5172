/** Residents whose page is open and who say nothing: what each costs one process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { makeDataDir } from '../support/server-process.js';
import { runLoad } from './load.js';

export interface WidgetsResult {
  readonly connected: number;
  readonly rssMb: number;
  /** Of the process, over what it was without them, in KiB. */
  readonly perConnectionKib: number;
  /** Of the turns of 8 others meanwhile. */
  readonly turnP50Ms: number;
}

const AT_ONCE = 50;
/** An address may open so many conversations in ten minutes only: each of these is another household's. */
const EACH_ADDRESS = 50;
const OTHERS = 8;
const TURNS_EACH = 10;
/** The memory of a process settles after its last work. */
const SETTLE_MS = 3_000;

/** @param server the built server's entry. */
export async function measureWidgets(server: string, counts: readonly number[]): Promise<readonly WidgetsResult[]> {
  const data = makeDataDir();
  const child = spawn(process.execPath, ['--expose-gc', server], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: data.path, LOG_LEVEL: 'silent', TRUST_PROXY: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sockets: WebSocket[] = [];
  try {
    const url = await announced(child);
    // What the first turns load is no cost of a connection.
    await runLoad(url, OTHERS, TURNS_EACH);
    await settle();
    const idleMb = rssMb(child);
    const results: WidgetsResult[] = [];
    for (const count of counts) {
      while (sockets.length < count) await connectSome(url, sockets, count);
      await settle();
      const usedMb = rssMb(child);
      const { p50Ms } = await runLoad(url, OTHERS, TURNS_EACH);
      results.push({
        connected: sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
        rssMb: usedMb,
        perConnectionKib: count === 0 ? 0 : ((usedMb - idleMb) * 1024) / count,
        turnP50Ms: p50Ms,
      });
    }
    return results;
  } finally {
    for (const socket of sockets) socket.terminate();
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    data.remove();
  }
}

async function connectSome(url: string, sockets: WebSocket[], most: number): Promise<void> {
  const count = Math.min(AT_ONCE, most - sockets.length);
  const from = sockets.length;
  sockets.push(...(await Promise.all(Array.from({ length: count }, (_, offset) => connect(url, from + offset)))));
}

async function connect(url: string, index: number): Promise<WebSocket> {
  const household = Math.floor(index / EACH_ADDRESS);
  const address = `198.51.${Math.floor(household / 250)}.${household % 250}`;
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const response = await fetch(`${url}/api/widget/session`, { method: 'POST', headers, body: '{}' });
  const { streamUrl } = (await response.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

async function announced(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    const [url] = /http:\/\/localhost:\d+/.exec(output) ?? [];
    if (url && output.endsWith('\n')) return url;
  }
  throw new Error('The server ended before it listened');
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** Linux only. */
function rssMb(child: ChildProcess): number {
  const status = readFileSync(join('/proc', `${child.pid}`, 'status'), 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
