import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket, connect as toServer } from 'node:net';

/** What lies between people and the server: a TCP proxy that can be cut. */
export interface Network {
  /** The server's address by way of this network. */
  readonly url: string;
  /** Every connection breaks, and new ones are refused. */
  cut(): void;
  /** Nothing arrives any more, on either side, and nobody is told: as when a laptop is closed or a cable is pulled. */
  silence(): void;
  /** What was silent breaks off; new connections go through. */
  restore(): void;
  close(): Promise<void>;
}

export async function openNetwork(serverPort: number): Promise<Network> {
  let state: 'open' | 'cut' | 'silent' = 'open';
  const sockets = new Set<Socket>();

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  }

  const proxy = createServer({ noDelay: true }, (client) => {
    if (state === 'cut') return void client.destroy();
    keep(client);
    // A connection that begins in silence is accepted, and hears nothing.
    if (state === 'silent') return void client.on('error', () => client.destroy());
    join(client, keep(toServer({ port: serverPort, host: 'localhost', noDelay: true })));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  function breakAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    cut() {
      state = 'cut';
      breakAll();
    },
    silence() {
      state = 'silent';
      for (const socket of sockets) socket.removeAllListeners('data').pause();
    },
    restore() {
      if (state === 'silent') breakAll();
      state = 'open';
    },
    async close() {
      breakAll();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function join(client: Socket, server: Socket): void {
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on('data', (bytes: Buffer) => to.write(bytes));
    from.on('end', () => to.end());
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }
}
