import { faultOf } from './http/error-handler.js';

/** Work that comes round by itself. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
  /** Run once more when the server stops. */
  readonly isRunOnStop?: boolean;
}

export interface Jobs {
  /** Begins no more; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/**
 * Each job waits for its own last run to end. One that fails is logged, and runs again at its next time.
 * @param isHeld false: none begins, as another process does them.
 */
export function startJobs(
  jobs: readonly Job[],
  log: { error(fields: Readonly<Record<string, string | number>>, message: string): void },
  isHeld: () => boolean = () => true,
): Jobs {
  const running = new Map<string, Promise<void>>();

  async function run({ name, run: work }: Job): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ job: name, ...faultOf(error) }, 'A job failed; it will run again');
    } finally {
      running.delete(name);
    }
  }

  const timers = jobs.map((job) =>
    setInterval(() => {
      if (isHeld() && !running.has(job.name)) running.set(job.name, run(job));
    }, job.everyMs).unref(),
  );

  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
      await Promise.all(jobs.filter(({ isRunOnStop }) => isRunOnStop).map(run));
    },
  };
}
