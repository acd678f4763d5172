import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The same in a compiled copy, which lies deeper: all of them are run from the package's folder.
const ROOT = process.cwd();
const ANNOUNCED_URL = /http:\/\/localhost:(\d+)/;

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** Everything printed so far. */
  output(): string;
  /** Sends the signal and resolves with the exit code, or the name of the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>;
}

export interface ServerOptions {
  readonly dataDir: string;
  /** 0, the default: any free port. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built server as a process of its own, started as an operator does. Resolves once it announces its address. */
export async function startServerProcess({ dataDir, port = 0, env = {} }: ServerOptions): Promise<ServerProcess> {
  const run = runServer({ DATA_DIR: dataDir, PORT: String(port), ...env });
  const announced = await run.until(ANNOUNCED_URL);
  const [url, portText] = announced as RegExpMatchArray & [string, string];
  return {
    url,
    port: Number(portText),
    output: run.output,
    async stop(signal = 'SIGTERM') {
      run.child.kill(signal);
      return run.exit;
    },
  };
}

export interface ServerRun {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves with the first match in the output; rejects when the process ends without one. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  readonly exit: Promise<number | string | null>;
}

/** Runs the built server with these variables and no others of ours. */
export function runServer(env: Readonly<Record<string, string>>): ServerRun {
  const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/src/main.js')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of waiting) look();
    });
  }
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null);

  return {
    child,
    output: () => output,
    exit,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = output.match(pattern);
          if (!match) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        exit.then((code) => reject(new Error(`The server ended (${code}) before it printed ${pattern}:\n${output}`)));
      }),
  };
}

export function makeDataDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'permanence-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
