import { backoffMs } from '../../shared/backoff.js';
import type { Timers } from '../../shared/timers.js';
import { addOutgoing, type Delivery, isInConfidence, type Log, type Outgoing, setDelivery } from '../model/log.js';
import { type Api, ApiError } from './api.js';
import type { Sessions } from './sessions.js';

/**
 * Sends what the reader writes, in order, each exactly once: a message keeps its client id until the server has
 * acknowledged it, over retries, cuts and reloads, and the server takes two of one id for the same.
 */
export interface Outbox {
  add(text: string): void;
  /** Sends a failed message again, under its own id. */
  resend(clientId: string): void;
  /** Sends what waits, while the line is up. */
  flush(): Promise<void>;
}

export interface OutboxDependencies {
  readonly api: Api;
  readonly sessions: Sessions;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: () => Log;
  readonly change: (log: Log) => void;
  readonly isLive: () => boolean;
  /** Looks whether the line still carries anything. */
  readonly check: () => void;
  /** The token is refused: the line must be taken up again with another. */
  readonly reconnect: () => void;
  readonly gone: () => void;
}

const TRIES = 3;
/** The echo comes by the stream; one that stays away tells of a line that sends and no longer receives. */
const ECHO_MS = 8_000;

export function createOutbox(deps: OutboxDependencies): Outbox {
  const { api, sessions, timers } = deps;
  let isFlushing = false;

  const find = (clientId: string): Outgoing | undefined =>
    deps.log().outgoing.find((outgoing) => outgoing.clientId === clientId);

  function mark(clientId: string, delivery: Delivery): void {
    if (find(clientId)) deps.change(setDelivery(deps.log(), clientId, delivery));
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    try {
      for (let next = firstQueued(); next && deps.isLive(); next = firstQueued()) await deliver(next);
    } finally {
      isFlushing = false;
    }
  }

  const firstQueued = (): Outgoing | undefined => deps.log().outgoing.find(({ delivery }) => delivery === 'queued');

  async function deliver({ clientId, text }: Outgoing): Promise<void> {
    mark(clientId, 'sending');
    let error = await attempt(clientId, text);
    for (let tries = 1; error && isPassing(error) && tries < TRIES; tries++) {
      if (error.status === 0) deps.check();
      await timers.wait(backoffMs(tries - 1, deps.random()));
      // Its echo may have come meanwhile, whatever became of the answer.
      if (!find(clientId) || !deps.isLive()) break;
      error = await attempt(clientId, text);
    }
    if (find(clientId)) settle(clientId, error);
  }

  async function attempt(clientId: string, text: string): Promise<ApiError | undefined> {
    const session = sessions.current();
    if (!session) return new ApiError(401);
    try {
      await api.post(session, { clientId, text });
      return undefined;
    } catch (error) {
      return error instanceof ApiError ? error : new ApiError(0);
    }
  }

  function settle(clientId: string, error: ApiError | undefined): void {
    if (!error) acknowledged(clientId);
    else if (isPassing(error)) mark(clientId, deps.isLive() ? 'failed' : 'queued');
    else refused(clientId, error);
  }

  function acknowledged(clientId: string): void {
    mark(clientId, 'sent');
    void timers.wait(ECHO_MS).then(() => {
      if (find(clientId)?.delivery === 'sent') deps.check();
    });
  }

  function refused(clientId: string, { status }: ApiError): void {
    if (status === 404) {
      deps.gone();
    } else if (status === 401 || status === 403) {
      sessions.distrust();
      mark(clientId, 'queued');
      deps.reconnect();
    } else {
      mark(clientId, 'failed');
    }
  }

  return {
    add(text) {
      const log = deps.log();
      const isSecret = isInConfidence(log);
      deps.change(addOutgoing(log, { clientId: deps.newId(), text, at: timers.now(), delivery: 'queued', isSecret }));
      void flush();
    },
    resend(clientId) {
      mark(clientId, 'queued');
      void flush();
    },
    flush,
  };
}

/** No answer, too many at once, or a server in trouble: worth another try. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
