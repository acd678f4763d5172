import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { WebSocketServer } from 'ws';
import { type Answer, createFakeDesk, type FakeConversation, type FakeDesk } from './browser-fake-desk.js';

/** Just enough of the server for the widget, with a switch for every fault that a line can have. */
export interface FakeServer
  extends Pick<
    FakeDesk,
    'conversations' | 'say' | 'typing' | 'handoff' | 'queue' | 'eraseHistory' | 'remove' | 'expireTokens'
  > {
  readonly url: string;
  readonly faults: Faults;
  /** The only conversation. @throws Error when there are none or several. */
  theConversation(): FakeConversation;
  /** Breaks every connection there is; new ones are taken unless a fault forbids it. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface Faults {
  /** Nothing is answered: connections are destroyed. */
  isUnreachable: boolean;
  /** Sockets are refused, as some proxies do. */
  blocksSockets: boolean;
  /** Sockets are taken and stay silent. */
  mutesSockets: boolean;
  /** Messages are stored, and their answer is lost: so many times. */
  lostAcknowledgements: number;
  /** Messages are refused with this status: so many times. */
  refusals: { status: number; times: number };
  /** Sessions are refused with this status; 0 for none. */
  sessionStatus: number;
  delayMs: number;
}

interface Parts {
  readonly desk: FakeDesk;
  readonly faults: Faults;
}

const echo: Answer = (text) => [{ text: `Reçu : ${text}` }];

export async function startFakeServer(webRoot: string, answer: Answer = echo): Promise<FakeServer> {
  const faults: Faults = {
    isUnreachable: false,
    blocksSockets: false,
    mutesSockets: false,
    lostAcknowledgements: 0,
    refusals: { status: 0, times: 0 },
    sessionStatus: 0,
    delayMs: 0,
  };
  const desk = createFakeDesk(answer, () => faults.mutesSockets);
  const parts: Parts = { desk, faults };
  const connections = new Set<Socket>();
  const app = express();
  app.use(troubles(faults), express.json());
  app.use('/api/widget/session', sessionRoutes(parts));
  app.use('/v3/directline', directLineRoutes(parts));
  app.use(express.static(webRoot, { extensions: ['html'] }));
  const server = createServer(app);
  server.on('upgrade', streams(parts));
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    ...desk,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    faults,
    theConversation() {
      const [only, ...others] = desk.conversations.values();
      if (!only || others.length > 0) throw new Error(`${desk.conversations.size} conversations instead of one`);
      return only;
    },
    dropConnections() {
      for (const socket of desk.sockets.keys()) socket.terminate();
      for (const connection of connections) connection.destroy();
    },
    close: () => closeServer(server, connections),
  };
}

/** Ends the server with every connection that it still has. */
export async function closeServer(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const connection of connections) connection.destroy();
  server.closeAllConnections();
  await closed;
}

/** What may happen to any call; and every origin is allowed. */
function troubles(faults: Faults) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (faults.isUnreachable) return void request.socket.destroy();
    response.set({
      'access-control-allow-origin': request.get('origin') ?? '*',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-methods': 'GET, POST, DELETE',
    });
    if (request.method === 'OPTIONS') response.status(204).end();
    else setTimeout(next, faults.delayMs);
  };
}

function sessionRoutes({ desk, faults }: Parts): Router {
  const router = Router();
  router.post('/', (request, response) => {
    if (faults.sessionStatus > 0) return refuse(response, faults.sessionStatus);
    const known = desk.conversations.get(desk.ownerOf(String(request.body?.token)) ?? '');
    const { id } = known ?? desk.open();
    response.status(known ? 200 : 201).json({ ...session(desk, id), isNew: !known });
  });
  router.delete('/', (request, response) => {
    const conversation = authorise(desk, request, response);
    if (!conversation) return;
    desk.remove(conversation.id);
    response.status(204).end();
  });
  return router;
}

function directLineRoutes({ desk, faults }: Parts): Router {
  const router = Router();
  router.post('/tokens/refresh', (request, response) => {
    const conversation = authorise(desk, request, response);
    if (conversation) response.json(session(desk, conversation.id));
  });
  router.get('/conversations/:id', (request, response) => {
    const conversation = authorise(desk, request, response);
    if (!conversation) return;
    const query = new URLSearchParams({ id: conversation.id, watermark: String(request.query.watermark ?? 0) });
    response.json({ ...session(desk, conversation.id), streamUrl: `ws://${request.get('host')}/stream?${query}` });
  });
  router.get('/conversations/:id/activities', (request, response) => {
    const conversation = authorise(desk, request, response);
    if (!conversation) return;
    const { queue } = conversation;
    response.json({ ...desk.pageAfter(conversation, Number(request.query.watermark ?? 0)), ...(queue && { queue }) });
  });
  router.post('/conversations/:id/activities', (request, response) => {
    const conversation = authorise(desk, request, response);
    if (!conversation) return;
    if (request.body.type === 'typing') {
      conversation.typings.push(Date.now());
      return void response.json({ id: 'typing' });
    }
    if (faults.refusals.times-- > 0) return refuse(response, faults.refusals.status);
    const clientId = String(request.body.channelData.clientActivityID);
    desk.post(conversation, { clientId, text: String(request.body.text) });
    if (faults.lostAcknowledgements-- > 0) return void request.socket.destroy();
    response.json({ id: clientId });
  });
  return router;
}

function streams({ desk, faults }: Parts) {
  const server = new WebSocketServer({ noServer: true });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (faults.isUnreachable || faults.blocksSockets) return void socket.destroy();
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const conversation = desk.conversations.get(query.get('id') ?? '');
      if (!conversation) return webSocket.close();
      desk.sockets.set(webSocket, conversation.id);
      webSocket.on('close', () => desk.sockets.delete(webSocket));
      const page = desk.pageAfter(conversation, Number(query.get('watermark')));
      if (page.activities.length > 0 && !faults.mutesSockets) webSocket.send(JSON.stringify(page));
    });
  };
}

function session(desk: FakeDesk, id: string): object {
  return { conversationId: id, token: desk.newToken(id), expires_in: 1800 };
}

/** The token's conversation; undefined once the call has been refused. */
function authorise(desk: FakeDesk, request: Request, response: Response): FakeConversation | undefined {
  const token = request.get('authorization')?.replace('Bearer ', '') ?? '';
  const id = desk.ownerOf(token);
  if (!id || desk.hasExpired(token)) return refuse(response, 403);
  return desk.conversations.get(id) ?? refuse(response, 404);
}

function refuse(response: Response, status: number): undefined {
  const detail = 'Refusé.';
  response.status(status).json({ status, code: 'refused', detail, error: { code: 'refused', message: detail } });
}
