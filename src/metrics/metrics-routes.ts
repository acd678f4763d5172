import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler, Router } from 'express';
import { answerNotFound, createErrorHandler } from '../http/error-handler.js';

export const METRICS_PATH = '/metrics';

export interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
}

type ErrorLog = Parameters<typeof createErrorHandler>[0];

/** The figures in Prometheus' text format. Without the right token there is nothing here. */
export function createMetricsRouter(source: MetricsSource, token: string | undefined): Router {
  const router = Router();
  router.get(METRICS_PATH, askToken(token), async (_, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type(source.contentType)
      .send(await source.text());
  });
  return router;
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  readonly port: number;
  /** Absent: on the loopback address only, for anybody on this machine. */
  readonly token?: string | undefined;
  /** With a token; every address when absent. */
  readonly host?: string | undefined;
  readonly log: ErrorLog;
}

const LOOPBACK = '127.0.0.1';

/** On a port of its own. @throws the system's error when it cannot listen there. */
export async function openMetricsServer(
  source: MetricsSource,
  { port, token, host, log }: MetricsServerOptions,
): Promise<MetricsServer> {
  const app = express().disable('x-powered-by');
  app.use(createMetricsRouter(source, token), answerNotFound, createErrorHandler(log));
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, app);
  const address = token === undefined ? LOOPBACK : host;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, ...(address !== undefined && { host: address }) }, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function askToken(token: string | undefined): RequestHandler {
  if (token === undefined) return (_request, _response, next) => next();
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (request, _response, next) =>
    next(timingSafeEqual(digest(request.get('authorization') ?? ''), expected) ? undefined : 'route');
}
