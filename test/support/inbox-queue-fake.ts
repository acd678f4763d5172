import { EventEmitter, on, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { createInboxPageRouter, INBOX_PATH } from '../../src/inbox/page-router.js';
import type { LiveEvent } from '../../src/web/inbox/live/wire.js';
import { closeServer } from './browser-fake-server.js';
import { JEAN, ME } from './inbox-queue-builders.js';
import { conversationCalls, type Refusal } from './inbox-queue-calls.js';
import { colleagues, createWorld, type World } from './inbox-queue-world.js';

/** The page of the delegates under its real policy, before an API and an event stream that the test holds. */
export interface FakeInbox {
  readonly url: string;
  readonly world: World;
  readonly faults: InboxFaults;
  /** Every call so far: who, method, path below /api/inbox, body. */
  readonly calls: readonly FakeCall[];
  /** Conversations that pages follow now. */
  followed(): readonly string[];
  /** Somebody writes, and the page shows it. */
  typing(id: string, by: 'resident' | typeof JEAN): void;
  /** Streams stay open and bring nothing, until `unmute`. */
  mute(): void;
  unmute(): void;
  /** Resolves once `isSo`, looked at after each call; rejects after ten seconds. */
  until(isSo: () => boolean): Promise<void>;
  /** Ends every stream and connection there is. */
  dropConnections(): void;
  /** As the server does when a session is locked or has ended. */
  endSession(reason: 'locked' | 'ended'): void;
  close(): Promise<void>;
}

export interface InboxFaults {
  /** Nothing is answered: connections are destroyed. */
  isUnreachable: boolean;
  /** Replies are stored, and their answer is lost: so many times. */
  lostAnswers: number;
  isLocked: boolean;
  /** Replies are refused as those of a locked session: so many times. */
  refusedReplies: number;
}

export interface FakeCall {
  readonly by: string;
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Stream {
  readonly response: ServerResponse;
  readonly delegate: string;
  readonly conversation?: string;
}

const API = '/api/inbox';

/** @param webRoot the folder that holds `inbox/` as it is built. */
export async function startFakeInbox(webRoot: string): Promise<FakeInbox> {
  const world = createWorld();
  const faults: InboxFaults = { isUnreachable: false, lostAnswers: 0, isLocked: false, refusedReplies: 0 };
  const calls: FakeCall[] = [];
  const streams = new Set<Stream>();
  const connections = new Set<Socket>();

  let isMuted = false;
  const changes = new EventEmitter();

  world.onEvent = (event, conversationId) => {
    changes.emit('change');
    if (isMuted) return;
    for (const stream of streams) {
      if (conversationId === undefined || stream.conversation === conversationId) send(stream, event);
      if (stream.conversation !== undefined && event.name !== 'detail') sendDetail(stream);
    }
  };

  function sendDetail(stream: Stream): void {
    const id = stream.conversation ?? '';
    if (!world.conversations.has(id)) return;
    send(stream, { name: 'detail', data: { detail: world.detailFor(id, stream.delegate) } });
  }

  function follow(request: Request, response: Response): void {
    const delegate = delegateOf(request);
    const conversation = request.query.conversation === undefined ? undefined : String(request.query.conversation);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const stream: Stream = { response, delegate, ...(conversation !== undefined && { conversation }) };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    begin(stream, Number(request.query.after ?? 0));
  }

  function begin(stream: Stream, after: number): void {
    if (faults.isLocked) {
      send(stream, { name: 'waiting', data: { waiting: 1, emergencies: 0 } });
      return;
    }
    const cards = [...world.conversations.values()].map(({ card }) => card).filter(({ list }) => list === 'queue');
    const readSeqs = Object.fromEntries(
      [...world.reads].flatMap(([key, seq]) => {
        const [delegate, id] = key.split(' ');
        return delegate === stream.delegate && id !== undefined ? [[id, seq]] : [];
      }),
    );
    send(stream, { name: 'queue', data: { cards, team: colleagues(world.people), readSeqs, now: Date.now() } });
    const known = world.conversations.get(stream.conversation ?? '');
    const messages = known?.messages.filter(({ seq }) => seq > after) ?? [];
    if (known && messages.length > 0) {
      send(stream, { name: 'messages', data: { conversationId: known.card.id, messages } });
    }
    sendDetail(stream);
  }

  const api = Router();
  api.use(express.json(), (request: Request, response: Response, next: NextFunction) => {
    const { method, path } = request;
    response.on('finish', () => changes.emit('change'));
    calls.push({ by: delegateOf(request), method, path, body: (request.body ?? {}) as FakeCall['body'] });
    next();
  });
  api.get('/events', follow);
  api.get('/session', (request, response) => void response.json(sessionOf(delegateOf(request), faults.isLocked)));
  api.get('/alarm', (_request, response) => void response.json(ALARM));
  api.use(
    conversationCalls({
      world,
      delegateOf,
      refuse,
      losesAnswer: () => faults.lostAnswers-- > 0,
      refusesReply: () => faults.refusedReplies-- > 0,
    }),
  );
  api.use((_request, response) => refuse(response, { status: 404, code: 'NotFound', detail: 'Rien ici.' }));

  const app = express();
  app.use((request, _response, next) => (faults.isUnreachable ? void request.socket.destroy() : next()));
  app.use(API, api);
  app.use(INBOX_PATH, createInboxPageRouter({ webDir: pathToFileURL(`${webRoot}/`) }));
  const server = createServer(app);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    faults,
    calls,
    followed: () => [...streams].flatMap(({ conversation }) => conversation ?? []),
    typing(id, by) {
      const who = by === 'resident' ? { author: by } : { author: 'delegate' as const, name: by.displayName };
      world.onEvent?.({ name: 'typing', data: { conversationId: id, ...who } }, id);
    },
    mute() {
      isMuted = true;
    },
    unmute() {
      isMuted = false;
      for (const { response } of streams) response.end();
    },
    async until(isSo) {
      const signal = AbortSignal.timeout(10_000);
      if (isSo()) return;
      for await (const _ of on(changes, 'change', { signal })) if (isSo()) return;
    },
    dropConnections() {
      for (const connection of connections) connection.destroy();
    },
    endSession(reason) {
      faults.isLocked = reason === 'locked';
      for (const stream of streams) {
        send(stream, { name: 'session-over', data: { reason } });
        stream.response.end();
      }
    },
    close: () => closeServer(server, connections),
  };
}

function send({ response }: Stream, { name, data }: LiveEvent): void {
  response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Whose browser it is: Marie's, unless its cookie says Jean. */
function delegateOf(request: Request): string {
  return request.get('cookie')?.includes(`delegue=${JEAN.id}`) ? JEAN.id : ME.id;
}

function refuse(response: Response, { status, code, detail }: Refusal): void {
  response.status(status).type('application/problem+json');
  response.send(
    JSON.stringify({ type: 'about:blank', title: code, status, code, detail, error: { code, message: detail } }),
  );
}

const KEY = 'A'.repeat(43);
const ALARM = { pushKey: KEY, subscriptions: [], email: 'ready', pushAfterSeconds: 60, emailAfterMinutes: 5 };

function sessionOf(delegate: string, isLocked: boolean): object {
  const { id, displayName } = delegate === JEAN.id ? JEAN : ME;
  return {
    account: { id, login: id, displayName, role: 'delegate', isAvailable: true },
    keys: {
      salt: 'A'.repeat(22),
      kdf: { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 },
      publicKey: KEY,
      wrappedPrivateKey: KEY,
      fingerprint: '12345 67890',
    },
    isLocked,
    idleLockMinutes: 30,
    secondFactor: 'on',
    permissions: ['conversations', 'search', 'export-transcript', 'alarm'],
    isDemo: false,
  };
}
