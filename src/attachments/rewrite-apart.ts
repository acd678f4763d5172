import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LIMITS } from './limits.js';
import type { Rewritten } from './rewrite.js';

export interface ApartOptions {
  /** What the process runs; that of this folder when absent. */
  readonly entry?: URL;
  /** For node itself, before the entry. */
  readonly nodeArguments?: readonly string[];
  readonly limits?: { readonly time: number; readonly memory: number };
}

export interface RewriteApart {
  /**
   * Writes a file anew in a process of its own, and resolves when that is gone. One that crashes it, or makes it take too much time or
   * memory, is refused as `damaged`; where no process can be had, it is `unavailable`.
   */
  run(file: Uint8Array): Promise<Rewritten>;
  /** Ends what is under way. */
  close(): void;
}

const MEMORY_CHECK_MS = 50;
/** Of JavaScript alone; pictures lie outside it. */
const HEAP_MB = 512;

export function createRewriteApart({
  entry = new URL('./child.js', import.meta.url),
  nodeArguments = [],
  limits = LIMITS,
}: ApartOptions = {}): RewriteApart {
  const running = new Set<ChildProcess>();

  /** Undefined where the system gives no process at once (ENOMEM); where it has no descriptors left, 'error' follows. */
  function open(): ChildProcess | undefined {
    try {
      return fork(fileURLToPath(entry), [], {
        execArgv: [`--max-old-space-size=${HEAP_MB}`, ...nodeArguments],
        // Neither the server's environment nor its output are this process's business.
        env: {},
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
    } catch {
      return undefined;
    }
  }

  return {
    async run(file) {
      const child = open();
      if (!child) return { refused: 'unavailable' };
      running.add(child);
      const endWatching = watch(child, limits);
      let answer: Rewritten = { refused: 'damaged' };
      return new Promise<Rewritten>((resolve) => {
        child.once('message', (message) => {
          answer = message as Rewritten;
          child.kill('SIGKILL');
        });
        child.once('error', () => resolve({ refused: 'unavailable' }));
        child.once('exit', () => resolve(answer));
        if (child.connected) child.send(file, (error) => error && child.kill('SIGKILL'));
      }).finally(() => {
        endWatching();
        running.delete(child);
      });
    },
    close() {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

/** Ends a process that goes on for too long, or takes too much. */
function watch(child: ChildProcess, limits: { readonly time: number; readonly memory: number }): () => void {
  const kill = (): void => void child.kill('SIGKILL');
  const overTime = setTimeout(kill, limits.time);
  const looking = setInterval(async () => {
    if ((await memoryOf(child)) > limits.memory) kill();
  }, MEMORY_CHECK_MS);
  return () => {
    clearTimeout(overTime);
    clearInterval(looking);
  };
}

/** Resident memory in bytes (Linux, proc(5)); 0 where it cannot be told: then pixels, pages and time are the bounds. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
