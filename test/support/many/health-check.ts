import type { Socket } from 'node:net';

/** What balancers know of the servers behind them. */
export interface HealthCheck {
  isWell(port: number): boolean;
  /** The connection is cut when the server is found to be ill. */
  attach(port: number, socket: Socket): void;
  close(): void;
}

const EVERY_MS = 1_000;
/** A server that is busy is not ill; one that is stopped in its tracks is found out. */
const ANSWER_MS = 5_000;

/** Asks `/healthz` of each again and again. Servers are well until it shows that they are not. */
export function watchHealth(ports: readonly number[]): HealthCheck {
  const ill = new Set<number>();
  const sockets = new Map(ports.map((port) => [port, new Set<Socket>()]));
  const over = new AbortController();

  async function look(port: number): Promise<void> {
    const isWell = await answers(port, over.signal);
    if (over.signal.aborted) return;
    if (isWell) ill.delete(port);
    else {
      ill.add(port);
      for (const socket of sockets.get(port) ?? []) socket.destroy();
    }
  }

  async function keepLooking(port: number): Promise<void> {
    while (!over.signal.aborted) {
      await look(port);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        over.signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
      });
    }
  }

  for (const port of ports) void keepLooking(port);
  return {
    isWell: (port) => !ill.has(port),
    attach(port, socket) {
      const group = sockets.get(port);
      group?.add(socket);
      socket.on('close', () => group?.delete(socket));
    },
    close: () => over.abort(),
  };
}

async function answers(port: number, over: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([over, AbortSignal.timeout(ANSWER_MS)]);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.ok === true;
}
