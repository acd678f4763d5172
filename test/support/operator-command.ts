import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const HOOKS = join(ROOT, 'test', 'support', 'storage-child-hooks.ts');

export interface CommandRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | string | null; readonly out: string; readonly err: string }>;
  /** Resolves once it prints this, or ends. */
  printed(text: string): Promise<void>;
}

/** One of the operator's commands as a process of its own, with these variables and no others of ours. */
export function startCommand(
  name: 'backup' | 'restore' | 'move',
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  shellPrefix?: string,
): CommandRun {
  const script = join(ROOT, 'src', 'cli', `${name}.ts`);
  const command = [process.execPath, '--no-warnings', '--import', HOOKS, script, ...args];
  // Under a shell, which sets limits that Node cannot set for itself.
  const [file = '', ...rest] = shellPrefix ? ['/bin/sh', '-c', `${shellPrefix}; exec "$@"`, 'sh', ...command] : command;
  const child = spawn(file, rest, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text;
    child.emit('looked');
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code ?? signal, ...texts }));
  return {
    child,
    ended,
    async printed(text) {
      while (!texts.err.includes(text)) {
        const next = await Promise.race([once(child, 'looked').then(() => true), ended.then(() => false)]);
        if (!next) return;
      }
    },
  };
}

export function envOf(place: { dataDir: string; dataKey?: string; mongodbUri?: string }) {
  return { DATA_DIR: place.dataDir, DATA_KEY: place.dataKey, MONGODB_URI: place.mongodbUri };
}
