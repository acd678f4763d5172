import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket, connect as toServer } from 'node:net';

/** Stands before a server that must not be stopped, as others use it: shut, it is as if the server were gone. */
export interface Gate {
  /** `host:port`, the same all the time. */
  readonly host: string;
  /** `gone`: what is connected breaks, what connects is hung up on. `silent`: nothing is answered, and nobody is told. */
  shut(how?: 'gone' | 'silent'): void;
  /** What was silent breaks off; what connects goes through. */
  open(): void;
  close(): Promise<void>;
}

export async function openGate({ hostname, port }: { hostname: string; port: number }): Promise<Gate> {
  let state: 'open' | 'gone' | 'silent' = 'open';
  const sockets = new Set<Socket>();

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  }

  function breakAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  const server = createServer({ noDelay: true }, (client) => {
    if (state === 'gone') return void client.on('error', () => client.destroy()).destroy();
    keep(client);
    if (state === 'open') joinSockets(client, keep(toServer({ host: hostname, port, noDelay: true })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut(how = 'gone') {
      state = how;
      if (how === 'gone') breakAll();
      else for (const socket of sockets) socket.removeAllListeners('data').pause();
    },
    open() {
      if (state === 'silent') breakAll();
      state = 'open';
    },
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What one end says or suffers, the other hears of. Errors are for the caller to listen to. */
export function joinSockets(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('data', (bytes: Buffer) => to.write(bytes));
    from.on('end', () => to.end());
    from.on('close', () => to.destroy());
  }
}
