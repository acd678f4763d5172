import type { Presence } from '../domain/desk.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { faultOf } from '../http/error-handler.js';
import { HEARTBEAT } from './live-connection.js';
import type { LiveLimits } from './live-limits.js';
import { createLivePicture, type LivePicture, type PictureDependencies } from './live-picture.js';
import type { LiveStreams } from './live-streams.js';

/** What channels tell of the pages of residents. */
export interface ResidentNews {
  /** Called when a page comes or goes, and when more has reached it. Returns the function that ends it. */
  subscribe(listener: (conversationId: string) => void): () => void;
}

export interface RunningDependencies extends PictureDependencies {
  readonly presence: Pick<Presence, 'isConnected' | 'subscribe'>;
  readonly wakeUps: Pick<WakeUps, 'subscribeAll'>;
  readonly residents: ResidentNews;
}

/** The picture while pages are open, with all that keeps it true; nothing runs and nothing is kept without pages. */
export interface LiveRunning {
  start(): LivePicture;
  current(): LivePicture | undefined;
  /** Logs what fails, by its name only. */
  guarded(task: () => Promise<void>): Promise<void>;
  stopWhenUnused(): void;
  stop(): void;
}

export function createLiveRunning(
  deps: RunningDependencies,
  streams: LiveStreams,
  limits: LiveLimits,
  checkSessions: (sessionId?: string) => Promise<void>,
): LiveRunning {
  let picture: LivePicture | undefined;
  let endings: readonly (() => void)[] = [];
  let lingering: NodeJS.Timeout | undefined;

  function begin(): LivePicture {
    const begun = createLivePicture(deps, streams, limits);
    endings = [
      deps.wakeUps.subscribeAll(begun.receive),
      deps.presence.subscribe(() => begun.teamChanged()),
      deps.residents.subscribe(begun.residentMoved),
      every(limits.heartbeatMs, () => {
        for (const stream of [...streams.all]) {
          if (stream.quietFor() > limits.quietMs) stream.cut();
          else stream.send(HEARTBEAT);
        }
        void running.guarded(checkSessions);
      }),
      every(limits.reconcileMs, () => void begun.reconcile()),
      begun.stop,
    ];
    return begun;
  }

  const running: LiveRunning = {
    start() {
      clearTimeout(lingering);
      picture ??= begin();
      return picture;
    },
    current: () => picture,
    async guarded(task) {
      try {
        await task();
      } catch (error) {
        deps.log.warn(faultOf(error), 'Live streams: a session could not be checked');
      }
    },
    stopWhenUnused() {
      clearTimeout(lingering);
      lingering = setTimeout(() => {
        if (streams.isEmpty()) running.stop();
      }, limits.lingerMs).unref();
    },
    stop() {
      clearTimeout(lingering);
      for (const end of endings) end();
      endings = [];
      picture = undefined;
    },
  };
  return running;
}

function every(ms: number, task: () => void): () => void {
  const timer = setInterval(task, ms).unref();
  return () => clearInterval(timer);
}
