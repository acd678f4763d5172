import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../../src/http/messages.js';
import type { Call, Result } from '../../src/inbox/handler.js';
import { OPERATIONS, type Operation, type OperationName } from '../../src/inbox/operations.js';
import { createInboxPageRouter } from '../../src/inbox/page-router.js';
import { closeServer } from './browser-fake-server.js';
import { createFakeAccounts, type FakeAccounts, type FakeSession } from './inbox-browser-fake-accounts.js';
import { createFakeHandlers } from './inbox-browser-fake-handlers.js';

/** One call, its body already checked against the wire. */
export interface FakeCall<Name extends OperationName = OperationName>
  extends Pick<Call<Name>, 'params' | 'body' | 'query'> {
  readonly token: string;
  /** Present but for calls that anyone may make. */
  readonly session: FakeSession;
  readonly setToken: (token: string) => void;
  readonly origin: string;
}

export type FakeHandlers = {
  readonly [Name in OperationName]?: (call: FakeCall<Name>) => Result<Name> | Promise<Result<Name>>;
};

/** What a handler throws to refuse. */
export class FakeRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** Enough of the server for the page: the real page's router and policy, the wire's own schemas, accounts in memory. */
export interface FakeApi extends FakeAccounts {
  /** Without a slash at its end. */
  readonly url: string;
  /** Every call so far, in order. */
  readonly calls: readonly { readonly name: OperationName; readonly text: string }[];
  /** Bodies that a stream of events sends, and to all that are open. */
  tell(event: string, data: unknown): void;
  close(): Promise<void>;
}

const COOKIE = 'fake-session';

/** @param more handlers that a suite adds, or puts in the place of these. */
export async function startFakeApi(folder: string, more: FakeHandlers = {}): Promise<FakeApi> {
  const state = createFakeAccounts();
  const handlers = { ...createFakeHandlers(state), ...more } as Partial<Record<OperationName, AnyHandler>>;
  const calls: { name: OperationName; text: string }[] = [];
  const streams = new Set<{ response: Response; session: FakeSession }>();
  const app = express();
  app.use(express.json({ limit: '64kb' }));
  app.get('/api/inbox/events', (request, response) => {
    const session = state.sessions.get(tokenOf(request));
    if (!session) return refuse(response, 'NotLoggedIn');
    openStream(response, session);
    const stream = { response, session };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
  });
  for (const [name, operation] of Object.entries(OPERATIONS) as [OperationName, Operation][]) {
    const handler = handlers[name];
    if (!handler) continue;
    app.all(`/api/inbox${operation.path.replace(/\{(\w+)\}/g, ':$1')}`, (request, response, next) => {
      if (request.method !== operation.method) return next();
      calls.push({ name, text: JSON.stringify(request.body ?? null) });
      void answer({ state, operation, handler }, request, response);
    });
  }
  app.use('/api', (_, response) => refuse(response, 'NotFound'));
  app.use('/inbox', createInboxPageRouter({ webDir: pathToFileURL(`${folder}/`) }));

  const connections = new Set<Socket>();
  const server = createServer(app);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    tell(event, data) {
      for (const { response } of streams) send(response, event, data);
    },
    close: () => closeServer(server, connections),
  };
}

/** As the table is walked: the operation's own schema has checked the body. */
type AnyHandler = (call: unknown) => unknown;

interface Answering {
  readonly state: FakeAccounts;
  readonly operation: Operation;
  readonly handler: AnyHandler;
}

async function answer({ state, operation, handler }: Answering, request: Request, response: Response): Promise<void> {
  try {
    if (request.get('X-Permanence') !== 'inbox' && request.get('X-Permanence') !== 'background') {
      throw new FakeRefusal('CrossSiteRequest');
    }
    const token = tokenOf(request);
    const session = state.sessions.get(token);
    if (operation.access !== 'anyone') admit(state, operation, session);
    const body = operation.body?.safeParse(request.body);
    if (body && !body.success) throw new FakeRefusal('InvalidBody');
    const result = await handler({
      params: request.params as Record<string, string>,
      body: body?.data,
      query: operation.query?.parse(request.query),
      token,
      session: session as FakeSession,
      setToken: (next: string) => response.cookie(COOKIE, next, { httpOnly: true, sameSite: 'strict', path: '/' }),
      origin: `http://${request.get('host')}`,
    });
    if (!(operation.response instanceof z.ZodType)) throw new Error('Files are not part of this server');
    response.json(operation.response.parse(result));
  } catch (fault) {
    refuse(response, fault instanceof FakeRefusal ? fault.code : 'InternalError');
  }
}

function admit(state: FakeAccounts, { access }: Operation, session: FakeSession | undefined): void {
  if (!session || session.account.isDisabled) throw new FakeRefusal('NotLoggedIn');
  if (access === 'locked') return;
  if (session.isLocked) throw new FakeRefusal('SessionLocked');
  const { permissions, secondFactor } = state.view(session);
  if (secondFactor === 'required') throw new FakeRefusal('SecondFactorRequired');
  if (access !== 'session' && !permissions.includes(access)) throw new FakeRefusal('NotAllowed');
}

function openStream(response: Response, session: FakeSession): void {
  response.type('text/event-stream').flushHeaders();
  if (session.isLocked) send(response, 'waiting', { waiting: 0, emergencies: 0 });
  else send(response, 'queue', { cards: [], team: [], readSeqs: {}, now: Date.now() });
}

function send(response: Response, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function tokenOf(request: Request): string {
  return new RegExp(`${COOKIE}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1] ?? '';
}

function refuse(response: Response, code: RefusalCode): void {
  const { status, detail } = REFUSALS[code];
  response.status(status).type('application/problem+json').send(JSON.stringify({ status, code, detail }));
}
