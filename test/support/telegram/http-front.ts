import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallLog, OpenCall } from './call-log.js';
import type { Faults, Met } from './faults.js';
import { methodOf } from './methods/index.js';
import type { Answer, Server } from './methods/method.js';
import type { Given } from './parameters.js';
import { notFound, Refusal, unauthorized } from './refusal.js';
import { readGiven } from './request-body.js';
import type { JsonRecord } from './types.js';

export interface FrontDependencies {
  readonly server: Server;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly token: () => string;
}

export interface Front {
  readonly port: number;
  open(): Promise<void>;
  /** Resets what is open. */
  shut(): Promise<void>;
}

/** `/bot<token>/METHOD_NAME` and `/file/bot<token>/<file_path>` (https://core.telegram.org/bots/api#making-requests). */
const PATH = /^\/(file\/)?bot(\d+:[\w-]{30,})\/(.+)$/;

export async function openFront(deps: FrontDependencies, port: number): Promise<Front> {
  const http = createServer((request, response) => {
    void serve(deps, request, response);
  });
  const at = await listen(http, port);
  return {
    port: at,
    async open() {
      await listen(http, at);
    },
    shut() {
      const ended = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      return ended;
    },
  };
}

function listen(http: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

async function serve(deps: FrontDependencies, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const [, file, token = '', rest = ''] = PATH.exec(url.pathname) ?? [];
  try {
    const given = await readGiven(request, url.searchParams);
    if (rest === '') throw notFound();
    const call = deps.calls.begin(file ? 'file' : methodOf(rest).name, token, given);
    response.on('close', () => deps.calls.end(call, response.writableFinished ? response.statusCode : 0));
    await answer(deps, { call, given, rest, response });
  } catch (error) {
    // A request that ends half-way has nobody left to be answered.
    if (error instanceof Refusal) sendRefusal(response, error);
    else response.destroy();
  }
}

interface Exchange {
  readonly call: OpenCall;
  readonly given: Given;
  readonly rest: string;
  readonly response: ServerResponse;
}

async function answer(deps: FrontDependencies, exchange: Exchange): Promise<void> {
  const met = deps.faults.meet(exchange.call);
  if (met?.rule.slowMs) await new Promise((resolve) => setTimeout(resolve, met.rule.slowMs));
  if (met && (await isEndedBefore(met, exchange.response))) return;
  const reply = await run(deps, exchange);
  if (met && (await isEndedAfter(met, exchange.response))) return;
  reply();
}

/** Faults that leave nothing done. */
async function isEndedBefore({ rule, released }: Met, response: ServerResponse): Promise<boolean> {
  if (rule.kind === 'hang-before' && !(await released)) response.destroy();
  if (rule.kind === 'reset-before') reset(response);
  if (rule.status !== undefined && !rule.isApplied) sendStatus(response, rule);
  return response.destroyed || response.writableEnded;
}

/** Faults of the answer alone. */
async function isEndedAfter({ rule, released }: Met, response: ServerResponse): Promise<boolean> {
  if (rule.kind === 'hang' && !(await released)) response.destroy();
  if (rule.kind === 'reset-after') reset(response);
  if (rule.kind === 'garbage') response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":tru');
  if (rule.status !== undefined) sendStatus(response, rule);
  return response.destroyed || response.writableEnded;
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
  response.destroy();
}

/** @returns what sends the answer. */
async function run(deps: FrontDependencies, { call, given, rest, response }: Exchange): Promise<() => void> {
  try {
    if (call.token !== deps.token()) throw unauthorized();
    if (call.method === 'file') return () => sendFile(deps, rest, response);
    const { result, description } = await perform(deps, call, given, response);
    call.wasApplied = true;
    return () => sendJson(response, 200, { ok: true, result, ...(description && { description }) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.description = error.description;
    if (error.status === 400) deps.server.flood.noteRefusal(call.method, call.chatId, error.description);
    return () => sendRefusal(response, error);
  }
}

async function perform(
  deps: FrontDependencies,
  call: OpenCall,
  given: Given,
  response: ServerResponse,
): Promise<Answer> {
  const { run: method } = methodOf(call.method);
  if (!method) throw notFound('method not found');
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  return await method(deps.server, given, hungUp.signal);
}

function sendFile({ server }: FrontDependencies, rest: string, response: ServerResponse): void {
  const path = decodeURIComponent(rest);
  const file = [...server.world.files.values()].find((kept) => kept.path === path);
  if (!file) {
    sendRefusal(response, notFound());
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.byteLength });
  response.end(file.bytes);
}

function sendStatus(response: ServerResponse, rule: Met['rule']): void {
  const status = rule.status ?? 500;
  if (response.writableEnded) return;
  // A gateway answers with a page of its own; Telegram with its JSON.
  if (status >= 500) {
    const page = `<html>\r\n<head><title>${status}</title></head>\r\n<body><center>nginx</center></body>\r\n</html>\r\n`;
    response.writeHead(status, { 'content-type': 'text/html' }).end(page);
    return;
  }
  const description =
    rule.description ?? (status === 429 ? `Too Many Requests: retry after ${rule.retryAfter ?? 1}` : 'Bad Request');
  const parameters = status === 429 ? { retry_after: rule.retryAfter ?? 1 } : undefined;
  sendRefusal(response, new Refusal(status, description, parameters));
}

function sendRefusal(response: ServerResponse, { status, description, parameters }: Refusal): void {
  const wait = parameters?.retry_after;
  if (typeof wait === 'number') response.setHeader('retry-after', wait);
  sendJson(response, status, { ok: false, error_code: status, description, ...(parameters && { parameters }) });
}

function sendJson(response: ServerResponse, status: number, body: JsonRecord): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
