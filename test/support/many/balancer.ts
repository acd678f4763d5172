import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { joinSockets } from './gate.js';
import { type HealthCheck, watchHealth } from './health-check.js';

/** A plain reverse proxy: each request and each upgrade goes to the next server, whoever it comes from. */
export interface Balancer {
  readonly url: string;
  /** How many requests and upgrades each server has got so far, by port. */
  readonly served: ReadonlyMap<number, number>;
  close(): Promise<void>;
}

export interface BalancerOptions {
  /** Ports on this machine, in the order of their turns; servers that are down may be among them. */
  readonly ports: readonly number[];
  /** What servers think that clients call: their Origin is changed to it, as if they did. */
  readonly publicUrl?: string;
}

export async function openBalancer({ ports, publicUrl }: BalancerOptions): Promise<Balancer> {
  const served = new Map<number, number>();
  const health = watchHealth(ports);
  const dial = createDialler(ports, health, served);

  const server = createServer({ noDelay: true }, (incoming, outgoing) => {
    void dial().then((socket) => pass(incoming, outgoing, socket, publicUrl));
  });
  server.on('upgrade', (incoming, client, head) => {
    client.on('error', () => client.destroy());
    void dial().then((socket) => passUpgrade(incoming, client, head, socket));
  });
  // `closeAllConnections` passes over those that were upgraded.
  const clients = new Set<Duplex>();
  server.on('connection', (client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
  });
  // As long as a stream may be quiet.
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    served,
    async close() {
      health.close();
      server.close();
      for (const client of clients) client.destroy();
      await once(server, 'close');
    },
  };
}

/** Connects to the next server; one that refuses is passed over. Undefined when all do. */
function createDialler(
  ports: readonly number[],
  health: HealthCheck,
  served: Map<number, number>,
): () => Promise<Socket | undefined> {
  let turn = 0;
  return async () => {
    const first = turn++;
    const inTurn = ports.map((_, index) => ports[(first + index) % ports.length] ?? 0);
    // Where all look ill, all are tried.
    const well = inTurn.filter((port) => health.isWell(port));
    for (const port of [...well, ...inTurn.filter((one) => !well.includes(one))]) {
      const socket = await connectTo(port);
      if (!socket) continue;
      served.set(port, (served.get(port) ?? 0) + 1);
      health.attach(port, socket);
      return socket;
    }
    return undefined;
  };
}

async function connectTo(port: number): Promise<Socket | undefined> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  try {
    await once(socket, 'connect');
    return socket.on('error', () => socket.destroy());
  } catch {
    socket.destroy();
    return undefined;
  }
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  socket: Socket | undefined,
  publicUrl: string | undefined,
): void {
  if (!socket) {
    refuse(outgoing, 503);
    return;
  }
  const { method, url: path } = incoming;
  const headers = { ...forwarded(incoming, publicUrl), connection: 'close' };
  const onward = request({ createConnection: () => socket, method, path, headers });
  onward.on('response', (answer) => {
    const { connection, 'keep-alive': keepAlive, ...kept } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, kept).flushHeaders();
    answer.on('error', () => outgoing.destroy()).pipe(outgoing);
    // An answer that was broken off must not look whole.
    answer.on('close', () => answer.complete || outgoing.destroy());
  });
  onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : refuse(outgoing, 502)));
  outgoing.on('error', () => onward.destroy()).on('close', () => onward.destroy());
  incoming.on('error', () => onward.destroy()).pipe(onward);
}

function passUpgrade(incoming: IncomingMessage, client: Duplex, head: Buffer, socket: Socket | undefined): void {
  if (!socket) return void client.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
  const headers = Object.entries(forwarded(incoming, undefined)).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}: ${one}\r\n`),
  );
  socket.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
  socket.write(head);
  joinSockets(client as Socket, socket);
}

/** A test may say where a client calls from. */
function forwarded({ headers, socket }: IncomingMessage, publicUrl: string | undefined): IncomingHttpHeaders {
  return {
    ...headers,
    'x-forwarded-for': headers['x-forwarded-for'] ?? socket.remoteAddress,
    ...(publicUrl !== undefined && headers.origin?.startsWith('http://localhost:') && { origin: publicUrl }),
  };
}

function refuse(outgoing: ServerResponse, status: number): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { 'content-type': 'application/problem+json' }).end('{"code":"NoServer"}');
}
