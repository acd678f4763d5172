import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web site of somebody else on a port of its own: another origin than the server's. */
export interface Site {
  readonly port: number;
  /** Its address by the name `localhost`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteFile {
  readonly type: 'text/html; charset=utf-8' | 'text/javascript';
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param files by path. */
export async function startSite(files: Readonly<Record<string, SiteFile>>): Promise<Site> {
  const server = createServer(({ url = '/' }, response) => {
    const file = files[new URL(url, 'http://site').pathname];
    if (file) response.writeHead(200, { 'content-type': file.type, ...file.headers }).end(file.body);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
