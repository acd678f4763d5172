import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a test of one process after another, or at once, tells Redis to do. */
export interface RedisServer {
  /** The same through restarts. */
  readonly url: string;
  readonly port: number;
  /** Ends it as an operator does. Resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it as a crash does. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it if it runs, and starts it again: empty, at the same address. Resolves when it answers. */
  restart(): Promise<void>;
  /** It keeps its connections and answers nothing, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it for good and removes its directory. */
  close(): Promise<void>;
}

export interface RedisOptions {
  /** Further settings, as on the command line: `['--maxclients', '10']`. */
  readonly settings?: readonly string[];
}

const READY = 'Ready to accept connections';
const PORT_TRIES = 5;
const PROGRAM = findProgram();

/** Whether `startRedisServer` can. Tests that cannot do without say so in the name under which they are skipped. */
export const canStartRedis = PROGRAM !== undefined;
export const NEEDS_REDIS_SERVER = 'needs redis-server on the PATH';

/** Whether `openRedis` can. */
export const canOpenRedis = canStartRedis || Boolean(process.env.REDIS_TEST_URL);
export const NEEDS_REDIS = 'needs redis-server on the PATH, or REDIS_TEST_URL';

/** A Redis for tests that leave it running: one of their own, or else that of REDIS_TEST_URL, with what others keep there. */
export async function openRedis(): Promise<Pick<RedisServer, 'url' | 'close'>> {
  const url = process.env.REDIS_TEST_URL;
  if (canStartRedis || !url) return startRedisServer();
  return { url, close: () => Promise.resolve() };
}

/** A Redis of the test's own, which keeps nothing on disk, at a free port of the loopback address. */
export async function startRedisServer({ settings = [] }: RedisOptions = {}): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), 'permanence-redis-'));
  let { child, port } = await startAtFreePort(dir, settings);
  // A test that fails before its end, or is ended, leaves no server behind.
  const endAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', endAtExit);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill(signal);
    // A paused one hears of an ending only when it goes on.
    child.kill('SIGCONT');
    await ended;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGKILL');
      child = await start(port, dir, settings);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async close() {
      await end('SIGKILL');
      process.off('exit', endAtExit);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function startAtFreePort(
  dir: string,
  settings: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  for (let tried = 1; ; tried += 1) {
    const port = await findFreePort();
    try {
      return { child: await start(port, dir, settings), port };
    } catch (error) {
      // Somebody else took the port meanwhile.
      if (tried === PORT_TRIES) throw error;
    }
  }
}

/** Resolves when it answers; rejects, with what it printed, when it ends before. */
async function start(port: number, dir: string, settings: readonly string[]): Promise<ChildProcess> {
  if (PROGRAM === undefined) throw new Error(`No redis-server: the test ${NEEDS_REDIS_SERVER}`);
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  const child = spawn(PROGRAM, [...own, ...settings], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (text: string): void => {
      output += text;
      if (output.includes(READY)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`redis-server ended before it was ready:\n${output}`)));
  });
  return child;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function findProgram(): string | undefined {
  const places = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'redis-server'));
  return [...places, '/usr/bin/redis-server'].find((path) => existsSync(path));
}
