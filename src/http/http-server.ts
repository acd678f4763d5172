import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';

/** Slower clients than this are cut; a turn takes milliseconds. */
const REQUEST_LIMIT_MS = 30_000;
const HEADERS_LIMIT_MS = 15_000;
/** Longer than the idle time of common balancers, so that it is they who close. */
const KEEP_ALIVE_MS = 75_000;
/** While closing, how often connections that have become idle are ended. */
const IDLE_SWEEP_MS = 50;
/** While closing, requests that take longer are cut: what the rest of the process has to store is worth more. */
const CLOSING_MS = 5_000;

export interface HttpServer {
  readonly port: number;
  /** How many are open. */
  connections(): Promise<number>;
  /** No new connection; resolves when the requests under way have been answered, or were cut after five seconds. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly listener: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** A request that could not be parsed; answers and ends the socket. */
  readonly onClientError: (error: Error, socket: Duplex) => void;
  readonly port: number;
  readonly host?: string;
  readonly closingMs?: number;
}

/** @throws the system's error when it cannot listen there (`EADDRINUSE` …). */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { listener, port, host, closingMs = CLOSING_MS, ...events } = options;
  const server = createServer({ requestTimeout: REQUEST_LIMIT_MS, headersTimeout: HEADERS_LIMIT_MS }, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const silent = noteSilent(server);
  server.on('upgrade', events.onUpgrade).on('clientError', events.onClientError);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, ...(host !== undefined && { host }) }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: promisify(server.getConnections.bind(server)),
    close: () => closeServer(server, silent, closingMs),
  };
}

/**
 * Connections without any request so far. Browsers and balancers open some in advance, and the server itself takes them for
 * busy, as long as their first headers may take.
 */
function noteSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  const forget = ({ socket }: IncomingMessage): void => void silent.delete(socket);
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', forget).on('upgrade', forget);
  return silent;
}

function closeServer(server: Server, silent: ReadonlySet<Socket>, closingMs: number): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), closingMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
    for (const socket of silent) socket.destroy();
  });
}
