import { runServer, type ServerRun } from '../server-process.js';

/** One server of several, at one port through all its lives. */
export interface Member {
  readonly port: number;
  /** By this server alone, past the balancer. */
  readonly url: string;
  isRunning(): boolean;
  /** Everything that it printed in all its lives. */
  output(): string;
  /** Ends it without a word. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it as an operator does; resolves with its exit code. */
  stop(): Promise<number | string | null>;
  /** Starts it again, unless it runs; resolves once it announces its address. */
  start(): Promise<void>;
  /** Stops it in its tracks: it keeps its connections and does nothing. */
  pause(): void;
  resume(): void;
  readiness(): Promise<Readiness>;
}

/** What `/readyz` says. */
export interface Readiness {
  readonly status: string;
  readonly processes?: string;
  readonly telegram?: string;
}

const ANNOUNCED = /http:\/\/localhost:(\d+)/;
const PROBLEM_MS = 3_000;

export async function startMember(env: Readonly<Record<string, string>>): Promise<Member> {
  const first = runServer({ ...env, PORT: '0' });
  const port = Number((await first.until(ANNOUNCED))[1]);
  const earlier: string[] = [];
  let run: ServerRun | undefined = first;

  async function end(signal: NodeJS.Signals): Promise<number | string | null> {
    const ending = run;
    if (!ending) return null;
    ending.child.kill(signal);
    // A stopped one hears of it only when it goes on.
    ending.child.kill('SIGCONT');
    const code = await ending.exit;
    earlier.push(ending.output());
    run = undefined;
    return code;
  }

  const url = `http://localhost:${port}`;
  return {
    port,
    url,
    isRunning: () => run !== undefined,
    output: () => [...earlier, run?.output() ?? ''].join('\n'),
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    async start() {
      if (run) return;
      run = runServer({ ...env, PORT: String(port) });
      await run.until(ANNOUNCED);
    },
    pause: () => void run?.child.kill('SIGSTOP'),
    resume: () => void run?.child.kill('SIGCONT'),
    async readiness() {
      try {
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PROBLEM_MS) });
        return (await answer.json()) as Readiness;
      } catch {
        return { status: 'away' };
      }
    },
  };
}
