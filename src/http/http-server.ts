import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Slower clients than this are cut; a turn takes milliseconds. */
const REQUEST_LIMIT_MS = 30_000;
const HEADERS_LIMIT_MS = 15_000;
/** Longer than the idle time of common balancers, so that it is they who close. */
const KEEP_ALIVE_MS = 75_000;
/** While closing, how often connections that have become idle are ended. */
const IDLE_SWEEP_MS = 50;

export interface HttpServer {
  readonly port: number;
  /** No new connection; resolves when the requests under way have been answered. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly listener: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** A request that could not be parsed; answers and ends the socket. */
  readonly onClientError: (error: Error, socket: Duplex) => void;
  readonly port: number;
  readonly host?: string;
}

/** @throws the system's error when it cannot listen there (`EADDRINUSE` …). */
export async function openHttpServer({ listener, port, host, ...events }: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({ requestTimeout: REQUEST_LIMIT_MS, headersTimeout: HEADERS_LIMIT_MS }, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('upgrade', events.onUpgrade).on('clientError', events.onClientError);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, ...(host !== undefined && { host }) }, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
