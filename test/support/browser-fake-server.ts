import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { type WebSocket, WebSocketServer } from 'ws';

/** Just enough of the server for the widget, with a switch for every fault that a line can have. */
export interface FakeServer {
  readonly url: string;
  readonly faults: Faults;
  /** By conversation id. */
  readonly conversations: ReadonlyMap<string, FakeConversation>;
  /** The only conversation. @throws Error when there are none or several. */
  theConversation(): FakeConversation;
  /** Breaks every connection there is; new ones are taken unless a fault forbids it. */
  dropConnections(): void;
  say(conversationId: string, content: FakeContent): void;
  typing(conversationId: string, author: 'bot' | 'delegate'): void;
  /** What the bot does on « effacer mes données ». */
  eraseHistory(conversationId: string): void;
  remove(conversationId: string): void;
  /** Every token given so far is refused from now on, except for beginning a session with it. */
  expireTokens(): void;
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

export interface FakeContent {
  readonly text: string;
  readonly author?: 'bot' | 'delegate' | 'system';
  readonly name?: string;
  readonly actions?: readonly string[];
  readonly card?: {
    readonly title: string;
    readonly text?: string;
    readonly links: readonly (readonly [string, string])[];
  };
}

export interface FakeConversation {
  readonly id: string;
  readonly activities: Activity[];
  /** Every message that was posted, repeats included. */
  readonly posts: { readonly clientId: string; readonly text: string }[];
}

interface Activity {
  readonly seq: number;
  readonly [field: string]: unknown;
}

export type Answer = (text: string) => readonly FakeContent[];

const WELCOME: FakeContent = {
  text: 'Bonjour. Je suis un robot : je réponds aux questions sur la permanence.',
  actions: ['Horaires', 'Adresse', 'Signaler', 'Parler à un délégué'],
};

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
  const conversations = new Map<string, FakeConversation>();
  const sockets = new Map<WebSocket, string>();
  const tokens = new Map<string, string>();
  const expired = new Set<string>();
  const connections = new Set<Socket>();

  const app = express();
  const server = createServer(app);
  const webSockets = new WebSocketServer({ noServer: true });
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  function broadcast(id: string, activities: readonly Activity[], watermark?: number): void {
    if (faults.mutesSockets) return;
    for (const [socket, socketId] of sockets) {
      if (socketId === id)
        socket.send(JSON.stringify({ activities, ...(watermark && { watermark: String(watermark) }) }));
    }
  }

  function append(
    conversation: FakeConversation,
    fields: Record<string, unknown>,
    channelData: Record<string, unknown>,
  ): Activity {
    const seq = Number(conversation.activities.at(-1)?.seq ?? 0) + 1;
    const activity: Activity = {
      seq,
      id: `${conversation.id}|${seq}`,
      timestamp: new Date().toISOString(),
      ...fields,
      channelData: { ...channelData, 'webchat:sequence-id': seq },
    };
    conversation.activities.push(activity);
    broadcast(conversation.id, [activity], seq);
    return activity;
  }

  function say(id: string, { text, author = 'bot', name, actions = [], card }: FakeContent): void {
    const conversation = conversations.get(id);
    if (!conversation) return;
    append(
      conversation,
      {
        type: 'message',
        text,
        from: { id: author, role: 'bot', ...(name && { name }) },
        ...(actions.length > 0 && {
          suggestedActions: { actions: actions.map((title) => ({ type: 'imBack', title, value: title })) },
        }),
        ...(card && {
          attachments: [
            {
              contentType: 'application/vnd.microsoft.card.hero',
              content: {
                title: card.title,
                text: card.text,
                buttons: card.links.map(([title, value]) => ({ type: 'openUrl', title, value })),
              },
            },
          ],
        }),
      },
      { author },
    );
  }

  function newToken(id: string): string {
    const token = randomUUID();
    tokens.set(token, id);
    return token;
  }

  function authorised(request: Request, response: Response): FakeConversation | undefined {
    const token = request.get('authorization')?.replace('Bearer ', '') ?? '';
    const id = tokens.get(token);
    const conversation = conversations.get(id ?? '');
    const status = !id || expired.has(token) ? 403 : conversation ? 0 : 404;
    if (status === 0) return conversation;
    problem(response, status);
    return undefined;
  }

  app.use((request: Request, response: Response, next: NextFunction) => {
    if (faults.isUnreachable) {
      request.socket.destroy();
      return;
    }
    response.set({
      'access-control-allow-origin': request.get('origin') ?? '*',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-methods': 'GET, POST, DELETE',
    });
    if (request.method === 'OPTIONS') response.status(204).end();
    else if (faults.delayMs > 0) setTimeout(next, faults.delayMs);
    else next();
  });
  app.use(express.json());

  app.post('/api/widget/session', (request, response) => {
    if (faults.sessionStatus > 0) return problem(response, faults.sessionStatus);
    const known = conversations.get(tokens.get(String(request.body?.token)) ?? '');
    const id = known?.id ?? randomUUID();
    if (!known) {
      conversations.set(id, { id, activities: [], posts: [] });
      say(id, WELCOME);
    }
    response
      .status(known ? 200 : 201)
      .json({ conversationId: id, token: newToken(id), expires_in: 1800, isNew: !known });
  });
  app.delete('/api/widget/session', (request, response) => {
    const conversation = authorised(request, response);
    if (!conversation) return;
    remove(conversation.id);
    response.status(204).end();
  });
  app.post('/v3/directline/tokens/refresh', (request, response) => {
    const conversation = authorised(request, response);
    if (conversation)
      response.json({ conversationId: conversation.id, token: newToken(conversation.id), expires_in: 1800 });
  });
  app.get('/v3/directline/conversations/:id', (request, response) => {
    const conversation = authorised(request, response);
    if (!conversation) return;
    const after = Number(request.query.watermark ?? 0);
    const streamUrl = `${url.replace('http', 'ws')}stream?id=${conversation.id}&watermark=${after}`;
    response.json({ conversationId: conversation.id, token: newToken(conversation.id), expires_in: 1800, streamUrl });
  });
  app.get('/v3/directline/conversations/:id/activities', (request, response) => {
    const conversation = authorised(request, response);
    if (conversation) response.json(pageAfter(conversation, Number(request.query.watermark ?? 0)));
  });
  app.post('/v3/directline/conversations/:id/activities', (request, response) => {
    const conversation = authorised(request, response);
    if (!conversation) return;
    if (faults.refusals.times > 0) {
      faults.refusals.times -= 1;
      return problem(response, faults.refusals.status);
    }
    const text = String(request.body.text);
    const clientId = String(request.body.channelData.clientActivityID);
    conversation.posts.push({ clientId, text });
    if (conversation.posts.filter((post) => post.clientId === clientId).length === 1) {
      append(
        conversation,
        { type: 'message', text, from: { id: 'resident', role: 'user' } },
        { author: 'resident', clientActivityID: clientId },
      );
      for (const content of answer(text)) say(conversation.id, content);
    }
    if (faults.lostAcknowledgements > 0) {
      faults.lostAcknowledgements -= 1;
      request.socket.destroy();
      return;
    }
    response.json({ id: clientId });
  });
  app.use(express.static(webRoot));

  server.on('upgrade', (request, socket, head) => {
    if (faults.isUnreachable || faults.blocksSockets) return void socket.destroy();
    const query = new URL(request.url ?? '', url).searchParams;
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const conversation = conversations.get(query.get('id') ?? '');
      if (!conversation) return webSocket.close();
      sockets.set(webSocket, conversation.id);
      webSocket.on('close', () => sockets.delete(webSocket));
      const page = pageAfter(conversation, Number(query.get('watermark')));
      if (page.activities.length > 0 && !faults.mutesSockets) webSocket.send(JSON.stringify(page));
    });
  });

  function remove(id: string): void {
    conversations.delete(id);
    for (const [socket, socketId] of sockets) if (socketId === id) socket.close();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  return {
    url,
    faults,
    conversations,
    theConversation() {
      const [only, ...others] = conversations.values();
      if (!only || others.length > 0) throw new Error(`${conversations.size} conversations instead of one`);
      return only;
    },
    dropConnections() {
      for (const socket of sockets.keys()) socket.terminate();
      for (const connection of connections) connection.destroy();
    },
    say,
    typing: (id, author) => broadcast(id, [{ seq: 0, type: 'typing', from: { role: 'bot' }, channelData: { author } }]),
    eraseHistory(id) {
      const conversation = conversations.get(id);
      if (!conversation) return;
      const erased = append(
        conversation,
        { type: 'event', name: 'conversation.erased', from: { role: 'bot' } },
        { author: 'system' },
      );
      conversation.activities.splice(0, conversation.activities.indexOf(erased));
      say(id, { text: 'C’est effacé.' });
    },
    remove,
    expireTokens() {
      for (const token of tokens.keys()) expired.add(token);
    },
    close: () => closeServer(server, connections),
  };
}

function pageAfter(conversation: FakeConversation, after: number): { activities: Activity[]; watermark: string } {
  return {
    activities: conversation.activities.filter(({ seq }) => seq > after),
    watermark: String(Math.max(after, Number(conversation.activities.at(-1)?.seq ?? 0))),
  };
}

function problem(response: Response, status: number): void {
  const detail = 'Refusé.';
  response.status(status).json({ status, code: 'refused', detail, error: { code: 'refused', message: detail } });
}

/** Ends the server with every connection that it still has. */
export async function closeServer(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const connection of connections) connection.destroy();
  server.closeAllConnections();
  await closed;
}
